import { assertEquals } from "@std/assert";
import { runWorker } from "../../lib/trials/worker.ts";
import { script } from "./fixtures.ts";

const FINISH = `console.log('{"type":"finished","directory":"x"}');`;

Deno.test("what a worker prints beside messages is passed on", async () => {
  const output: string[] = [];
  const ending = await runWorker({
    command: script(
      `console.log('hello'); console.log('{"type":'); console.log('{"a":1}');` +
        `console.error('\\x1b[31mred\\x1b[0m'); ${FINISH}`,
    ),
    onOutput: (line) => void output.push(line),
  });
  assertEquals(ending.type, "finished");
  assertEquals(output.sort(), ["hello", "red", '{"a":1}', '{"type":']);
});

Deno.test("results that are stored count, however the worker ends afterwards", async () => {
  for (const end of ["Deno.exit(3)", "Deno.kill(Deno.pid, 'SIGKILL')"]) {
    const ending = await runWorker({ command: script(FINISH + end) });
    assertEquals(ending.type, "finished");
  }
});

Deno.test("a worker that says why it failed is believed", async () => {
  const command = script(
    `console.error('a trace'); console.log('{"type":"failed","reason":"why"}');` +
      `Deno.exit(1)`,
  );
  assertEquals(await runWorker({ command }), { type: "failed", reason: "why" });
});

Deno.test("how a worker died is told", async () => {
  const cases: [string, string][] = [
    ["0", "ended with exit code 0"],
    ["Deno.exit(7)", "ended with exit code 7"],
    ["Deno.kill(Deno.pid, 'SIGTERM')", "ended with SIGTERM"],
    [
      `console.log('{"type":"stopped"}'); Deno.exit(1)`,
      "was stopped by another process",
    ],
    [
      "Deno.kill(Deno.pid, 'SIGKILL')",
      "was killed (SIGKILL), as the system does when memory runs short",
    ],
    [
      "throw new Error('at once')",
      "error: Uncaught (in promise) Error: at once",
    ],
  ];
  for (const [code, reason] of cases) {
    assertEquals(
      await runWorker({ command: script(code) }),
      { type: "failed", reason },
    );
  }
});

Deno.test("a worker whose heap overflows ran out of memory", async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      ...["eval", "--no-lock", "--v8-flags=--max-old-space-size=30"],
      "const kept = []; for (;;) kept.push(new Array(1000).fill({}));",
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const reason = "ran out of memory";
  assertEquals(await runWorker({ command }), { type: "failed", reason });
});

Deno.test("a worker that takes too long is stopped, one that hangs is killed", async () => {
  const reason = "took longer than 0.3 s";
  const waits = "for await (const _ of Deno.stdin.readable); Deno.exit(5)";
  for (const code of [waits, "for (;;);"]) {
    const ending = await runWorker({
      command: script(code),
      timeoutMs: 300,
      graceMs: 200,
    });
    assertEquals(ending, { type: "failed", reason });
  }
});

Deno.test("a signal stops a worker, and kills it if it does not stop", async () => {
  const print = `console.log('{"type":"episode","row":{"episode":1}}');`;
  const waits = "for await (const _ of Deno.stdin.readable); Deno.exit(5)";
  for (const code of [waits, "for (;;);"]) {
    const controller = new AbortController();
    const ending = await runWorker({
      command: script(print + code),
      signal: controller.signal,
      graceMs: 200,
      onEpisode: () => controller.abort(),
    });
    assertEquals(ending, { type: "stopped" });
  }
});
