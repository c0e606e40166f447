import { assertEquals } from "@std/assert";

const MODULE = new URL("../../lib/cli/signals.ts", import.meta.url).href;

/** Starts a program that says what it hears, and waits for its first line. */
async function start(code: string, args: readonly string[] = []) {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { listenToParent, listenToStop } from "${MODULE}";
       setInterval(() => {}, 1000);
       ${code};
       console.log("ready");`,
      ...args,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  const read = async (until: string) => {
    while (!text.includes(until)) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    return text;
  };
  await read("ready\n");
  return { process, read };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "signals that come together are one, and a later one ends the process",
  ignore,
  fn: async () => {
    for (const second of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const { process, read } = await start(
        'listenToStop(() => console.log("stop"))',
      );
      process.kill("SIGINT");
      await read("stop\n");
      process.kill(second);
      await sleep(500);
      process.kill(second);
      const { signal } = await process.status;
      assertEquals([signal, await read("end")], [second, "ready\nstop\n"]);
    }
  },
});

Deno.test("a process hears that the one that started it is gone", async () => {
  const { process, read } = await start(
    `listenToParent(() => { console.log("alone"); Deno.exit(); }, 1e9)`,
  );
  assertEquals(await read("alone\n"), "ready\nalone\n");
  assertEquals((await process.status).code, 0);
});
