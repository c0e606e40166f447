import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { type CellOutput, OutputRecorder } from "../../lib/kernel/outputs.ts";
import { StoppableKernel } from "../../lib/kernel/stoppable_kernel.ts";
import { openStudy, type SweepConfig } from "../../lib/studies/mod.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

const LIB = new URL("../../lib/", import.meta.url);

/** A method that fails in its first slot. */
const FAILS = `export default {
  name: "fails",
  label: "Fails",
  create: () => ({ decide: () => { throw new RangeError("out of luck"); } }),
};`;

const STUDY: SweepConfig = {
  name: "tiny",
  scenario: "small",
  methods: ["td3", "random"],
  seeds: "0-1",
  episodes: 20,
  evaluateEvery: 10,
  evaluationEpisodes: 1,
  testEpisodes: 2,
  hyperparameters: {
    "*.hiddenSizes": [8],
    "*.batchSize": 8,
    "*.minReplaySize": 16,
  },
};

/** What a cell has shown in the end, and all that it showed on the way. */
interface RanCell {
  readonly outputs: readonly CellOutput[];
  readonly texts: readonly string[];
  readonly status: string;
}

/** Runs a cell; `onText` is called with every text that is shown. */
type Run = (
  code: string,
  onText?: (text: string) => void,
) => Promise<RanCell>;

/** A kernel in which `tiny(changes)` opens the study, with results in `data`. */
async function withKernel(
  use: (
    run: Run,
    kernel: StoppableKernel,
    data: string,
  ) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const data = `${folder}/data`;
    const kernel = await StoppableKernel.start({ folder: fileURLToPath(LIB) });
    const run: Run = async (code, onText) => {
      const cell = new OutputRecorder().openCell();
      const texts: string[] = [];
      const { status } = await kernel.execute(code, {
        onOutput: ({ type, content }) => {
          cell.handle(type, content);
          const { data } = content as { data?: Record<string, string> };
          const text = data?.["text/plain"];
          if (text === undefined) return;
          texts.push(text);
          onText?.(text);
        },
      });
      return { outputs: cell.outputs, texts, status };
    };
    try {
      await run(`import "${LIB}notebook/mod.ts";
import { openStudy } from "${LIB}mod.ts";
const tiny = (changes = {}) =>
  openStudy({ ...${JSON.stringify(STUDY)}, ...changes }, { data: "${data}" });
undefined`);
      await use(run, kernel, data);
    } finally {
      await kernel.stop();
    }
  });
}

/** What is saved of a cell, but for its number. */
function saved({ outputs }: RanCell): string {
  return JSON.stringify(
    outputs,
    (key, value) => key === "execution_count" ? undefined : value,
  );
}

function textOf(output: CellOutput): string {
  assert("data" in output, JSON.stringify(output));
  return String(output.data["text/plain"]);
}

/** Processes whose command lines name a folder. */
async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-A", "-ww", "-o", "pid=,args="],
  }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(folder) && !line.includes("<defunct>"));
}

Deno.test("a study that runs in a cell shows how far it is, and saves the same bytes in every run", async () => {
  await withKernel(async (run, _kernel, data) => {
    const code = "await (await tiny()).run();";
    const first = await run(code);
    assertEquals(first.status, "ok", JSON.stringify(first.outputs));
    assertMatch(
      first.texts.join("\n"),
      /^Study tiny: 0 of 4 done, \d running.*; left: /,
    );
    const [line, figure, rows, ...rest] = first.outputs;
    assertEquals(rest, []);
    assertEquals(textOf(line), "Study tiny: 4 of 4 trials finished");
    assertStringIncludes(
      textOf(figure),
      "Figure: Learning curves\nLearning curves. Lines of the episode return",
    );
    assert("data" in figure && "image/png" in figure.data);
    assertEquals(rows.output_type, "execute_result");
    assertMatch(textOf(rows), /^Rows of finished trials: 4\n/);
    // All are finished: nothing runs.
    assertEquals(saved(await run(code)), saved(first));
    await Deno.remove(data, { recursive: true });
    assertEquals(saved(await run(code)), saved(first));
  });
});

Deno.test("the figure grows by the metric that is asked for, against what varies", async () => {
  await withKernel(async (run) => {
    const { outputs } = await run(
      `await (await tiny({ grid: { users: [2, 3] } })).run({ metric: "hitRate" });`,
    );
    assertStringIncludes(
      textOf(outputs[1]),
      "Figure: Hit rate against the number of users\n",
    );
  });
});

Deno.test("Stop ends the workers, says what is kept, and the next run comes to the same rows", async () => {
  // Long enough that a busy machine draws the figure before the trial is over.
  const long = { seeds: "0", episodes: 4000, evaluateEvery: 4000 };
  const changes = { methods: ["td3"], ...long };
  await withKernel(async (run, kernel, data) => {
    const code = `const study = await tiny(${JSON.stringify(changes)});
await study.run();
await study.rows()`;
    let stop: Promise<string> | undefined;
    const stopped = await run(code, (text) => {
      // The figure is drawn after the first episodes.
      if (text.includes("so far")) stop ??= kernel.interrupt();
    });
    assertEquals(await stop, "left");
    assertEquals(await processesOf(data), []);
    assertEquals(stopped.status, "error");
    const error = stopped.outputs.at(-1)!;
    assert(error.output_type === "error", JSON.stringify(error));
    const kept =
      "kept: 0 of 1 trials finished, checkpoints of 1 more; running the cell again continues";
    assertEquals(
      [error.ename, error.evalue, error.traceback],
      ["Stopped", kept, [`Stopped: ${kept}`]],
    );
    const again = await run(code);
    assertEquals(again.status, "ok", JSON.stringify(again.outputs));
    const table = async (folder: string) =>
      await Deno.readTextFile(`${folder}/sweeps/tiny/rows.csv`);
    const whole = `${data}-whole`;
    const study = await openStudy({ ...STUDY, ...changes }, { data: whole });
    await study.run();
    assertEquals(await table(data), await table(whole));
  });
});

Deno.test("trials that fail are a table with messages and logs at the end of the cell", async () => {
  await withKernel(async (run, _kernel, data) => {
    const file = `${data}.ts`;
    await Deno.writeTextFile(file, FAILS);
    const methods = JSON.stringify(["random", file]);
    const { status, outputs } = await run(
      `await (await tiny({ methods: ${methods} })).run(); undefined`,
    );
    assertEquals(status, "ok", JSON.stringify(outputs));
    const [line, failures, ...rest] = outputs;
    assertEquals(rest, []);
    assertEquals(
      textOf(line),
      "Study tiny: 2 of 4 trials finished, 2 failed",
    );
    const text = textOf(failures);
    assertMatch(
      text,
      /^Failed trials: 2\ntrial +message +log *\nfails seed 0 +out of luck .*\nfails seed 1 /,
    );
    const [log] = text.match(/\S+\.log/)!;
    assertStringIncludes(log, data);
    assertMatch(await Deno.readTextFile(log), /--- failed: /);
  });
});
