import { assert, assertEquals } from "@std/assert";
import { main } from "../../lib/cli/sweep.ts";
import { parseAnyCsv } from "../../lib/input/csv.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

const CONFIG = {
  name: "rates",
  scenario: "small",
  method: "td3",
  seeds: "0-1",
  evaluationEpisodes: 1,
  space: { "td3.actorLearningRate": { logUniform: [1e-4, 1e-1] } },
  search: { halving: { configs: 4, episodes: 20, leastEpisodes: 10, eta: 2 } },
};

const PRUNED = 2;
const COMPLETE = 1;
const FAILED = 3;

/** What a journal says of a candidate in the end. */
interface Candidate {
  state: number;
  values: number[] | null;
  readonly steps: Record<number, number>;
}

async function readJournal(data: string): Promise<Candidate[]> {
  const path = `${data}/sweeps/rates/optuna_journal.log`;
  const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
  const candidates: Candidate[] = [];
  for (const line of lines.map((one) => JSON.parse(one))) {
    const { op_code, trial_id } = line;
    if (op_code === 4) {
      candidates.push({ state: line.state, values: null, steps: {} });
    } else if (op_code === 6) {
      candidates[trial_id].state = line.state;
      candidates[trial_id].values = line.values;
    } else if (op_code === 7) {
      candidates[trial_id].steps[line.step] = line.intermediate_value;
    }
  }
  return candidates;
}

async function withSearch(
  use: (data: string, args: string[]) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const file = `${folder}/rates.json`;
    await Deno.writeTextFile(file, JSON.stringify(CONFIG));
    await use(folder, ["tune", file, "--data", folder, "-j", "2"]);
  });
}

Deno.test("a search's journal says what its ranking does", async () => {
  await withSearch(async (data, args) => {
    assertEquals((await captureMain(main, args)).code, 0);
    const candidates = await readJournal(data);
    const text = await Deno.readTextFile(`${data}/sweeps/rates/ranking.csv`);
    const rows = parseAnyCsv(text, { act: "read it", path: "ranking.csv" });
    assertEquals(rows.length, 4);
    for (const { candidate, episodes, episodeReturn } of rows) {
      const { state, values, steps } = candidates[Number(candidate)];
      assertEquals(state, episodes === 20 ? COMPLETE : PRUNED);
      assertEquals(values, [episodeReturn]);
      assertEquals(steps[Number(episodes)], episodeReturn);
      assertEquals(
        Object.keys(steps),
        episodes === 20 ? ["10", "20"] : ["10"],
      );
    }
    // Run again, it says the same.
    assertEquals((await captureMain(main, args)).code, 0);
    assertEquals(await readJournal(data), candidates);
    const names = [...Deno.readDirSync(`${data}/sweeps/rates`)]
      .map(({ name }) => name);
    assert(!names.some((name) => name.endsWith(".tmp")), names.join());
  });
});

Deno.test("a config whose trial failed has failed in the journal, until it succeeds", async () => {
  await withSearch(async (data, args) => {
    const command = () =>
      new Deno.Command(Deno.execPath(), {
        args: ["eval", "Deno.exit(1)"],
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      });
    const failing = await captureMain(
      (given) => main(given, { command }),
      args,
    );
    assertEquals(failing.code, 1);
    const states = (await readJournal(data)).map(({ state }) => state);
    assertEquals(states, [FAILED, FAILED, FAILED, FAILED]);
    assertEquals((await captureMain(main, args)).code, 0);
    const later = (await readJournal(data)).map(({ state }) => state);
    assertEquals(later.toSorted(), [COMPLETE, COMPLETE, PRUNED, PRUNED]);
  });
});

Deno.test("a journal that cannot be written is told once; the search goes on", async () => {
  await withSearch(async (data, args) => {
    const path = `${data}/sweeps/rates/optuna_journal.log`;
    await Deno.mkdir(`${path}/taken`, { recursive: true });
    const { code, stdout, stderr } = await captureMain(main, args);
    assertEquals(code, 1);
    assert(stdout.includes("Best configs on validation traces"), stdout);
    assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    assert(stderr.startsWith(`Cannot write ${path}: `), stderr);
  });
});
