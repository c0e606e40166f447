import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readResults } from "../trials/fixtures.ts";
import { readJournal } from "../stress/journal.ts";
import { TINY, withSweep } from "./sweep_fixtures.ts";

const SCRIPT = fileURLToPath(
  new URL("../stress/sweep_process.ts", import.meta.url),
);

Deno.test("Ctrl-C stops a sweep, whose trials then continue from where they were", async () => {
  const config = {
    ...TINY,
    methods: ["td3" as const],
    seeds: "0-1",
    episodes: 200,
  };
  await withSweep(async ({ data, file, sweep }) => {
    const journal = `${data}-journal`;
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--no-lock", "-R", "-W", "--allow-run"],
        ...["--allow-ffi", SCRIPT, journal, file, "--data", data, "-j", "1"],
      ],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const running = () =>
      readJournal(journal).find(({ event }) => event === "run");
    while (running() === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    // A terminal sends it to every process in the foreground.
    const { trial, pid } = running()!;
    Deno.kill(pid, "SIGINT");
    child.kill("SIGINT");
    const { code, stdout, stderr } = await child.output();
    const printed = new TextDecoder().decode(stdout);
    assertEquals(code, 1, printed);
    assertEquals(new TextDecoder().decode(stderr), "");
    assert(printed.includes("0 of 2 trials are finished"), printed);
    assert(
      printed.includes(
        `Stopped. To continue: deno task sweep ${file} --data ${data} -j 1`,
      ),
      printed,
    );
    assertEquals(
      [...Deno.readDirSync(`${data}/trials`)].map(({ name }) => name).sort(),
      [`${trial}.checkpoint`, `${trial}.sources.checkpoint`],
    );
    const list = await sweep(["--list"]);
    assert(list.stdout.includes("1 begun, 1 waiting"), list.stdout);

    assertEquals((await sweep()).code, 0);
    await withSweep(async (whole) => {
      assertEquals((await whole.sweep()).code, 0);
      assertEquals(
        await readResults(`${data}/trials`),
        await readResults(`${whole.data}/trials`),
      );
    }, config);
  }, config);
});
