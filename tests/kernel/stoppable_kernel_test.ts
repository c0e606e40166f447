import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  StoppableKernel,
  type StopResult,
} from "../../lib/kernel/stoppable_kernel.ts";
import type { MessageBody } from "../../lib/kernel/wire.ts";
import { wait } from "./samples.ts";

/** Signals work otherwise there. */
const ignore = Deno.build.os === "windows";

/** Uses a kernel that has a variable, with all that it outputs. */
async function withKernel(
  use: (kernel: StoppableKernel, outputs: MessageBody[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "stop_test_" });
  const kernel = await StoppableKernel.start({ folder });
  try {
    await kernel.execute("let kept = 42; undefined");
    await use(kernel, []);
  } finally {
    await kernel.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** What a cell shows as its result, and its errors. */
async function run(kernel: StoppableKernel, source: string) {
  const errors: unknown[] = [];
  let result: unknown;
  const reply = await kernel.execute(source, {
    onOutput: ({ type, content }) => {
      if (type === "error") errors.push(content.ename);
      if (type === "execute_result") {
        result = (content.data as Record<string, unknown>)["text/plain"];
      }
    },
  });
  return { reply, errors, result };
}

/** Stops a cell after a while. */
async function stop(kernel: StoppableKernel, source: string, ms = 200) {
  const cell = run(kernel, source);
  await wait(ms);
  const how = await kernel.interrupt();
  return { how, ...await cell };
}

/**
 * Cells that a stop ends. What an awaited function does goes on in the background;
 * with timers there, Deno's event loop does not survive the end of a loop that comes
 * after an await, and the kernel is started anew: hence the order.
 */
const CELLS = {
  "a loop without end": "for (;;);",
  "a loop without end after an await":
    "await new Promise((done) => setTimeout(done, 1)); for (;;);",
  "a promise that nothing settles": "await new Promise(() => {});",
  "a loop that waits":
    "for (;;) await new Promise((done) => setTimeout(done, 1));",
  "a loop that waits for what is there": "for (let i = 0;; i++) await i;",
  "a function without end that is awaited": `async function job() {
  for (;;) await new Promise((done) => setTimeout(done, 1));
}
await job();`,
  "an iteration without end": `async function* job() {
  for (let i = 0;; i++) yield await Promise.resolve(i);
}
for await (const i of job()) void i;`,
  "a loop of promises that starves the event loop":
    `async function job() { for (;;) await 1; }
await job();`,
  "a loop that catches everything": `for (;;) {
  try { await new Promise((done) => setTimeout(done, 50)); } catch { break; }
}
throw new Error("still stopped");`,
} as const;

Deno.test({
  name: "a stop ends every kind of cell, says so once, and keeps variables",
  ignore,
  fn: () =>
    withKernel(async (kernel) => {
      for (const [what, source] of Object.entries(CELLS)) {
        const { how, reply, errors } = await stop(kernel, source);
        const found = [how, reply.status, reply.ename, ...errors];
        const expected = ["stopped", "error", "Stopped", "Stopped"];
        assertEquals(found, expected, what);
        assertEquals((await run(kernel, "kept")).result, "42", what);
      }
    }),
});

Deno.test({
  name: "a stop of an idle kernel changes nothing, however often it comes",
  ignore,
  fn: () =>
    withKernel(async (kernel) => {
      const results: StopResult[] = [];
      for (let i = 0; i < 5; i++) results.push(await kernel.interrupt());
      assertEquals(results, Array(5).fill("idle"));
      const { reply, result } = await run(kernel, "await kept");
      assertEquals([reply.status, result], ["ok", "42"]);
    }),
});

Deno.test({
  name: "a stop that comes as a cell ends does not hit the next one",
  ignore,
  fn: () =>
    withKernel(async (kernel) => {
      for (let ms = 0; ms < 40; ms += 2) {
        const first = run(
          kernel,
          "await new Promise((done) => setTimeout(done, 20)); 1",
        );
        await wait(ms);
        void kernel.interrupt();
        const next = run(
          kernel,
          await first.then(() =>
            "await new Promise((done) => setTimeout(done, 5)); kept"
          ),
        );
        assertEquals((await next).result, "42", `${ms} ms`);
      }
    }),
});

Deno.test({
  name:
    "a cell that listens for SIGINT ends by itself at the first stop, a second one insists",
  ignore,
  fn: () =>
    withKernel(async (kernel) => {
      const listening = (end: string) =>
        `const { promise, resolve } = Promise.withResolvers();
const listener = () => ${end};
Deno.addSignalListener("SIGINT", listener);
try { await promise; } finally { Deno.removeSignalListener("SIGINT", listener); }
"ended by itself"`;
      const own = await stop(kernel, `{ ${listening("resolve()")} }`);
      assertEquals([own.how, own.reply.status], ["left", "ok"]);
      assertEquals(own.result, '"ended by itself"');
      const deaf = run(kernel, `{ ${listening("undefined")} }`);
      await wait(200);
      assertEquals(await kernel.interrupt(), "left");
      assertEquals(await kernel.interrupt(), "stopped");
      assertEquals((await deaf).reply.ename, "Stopped");
    }),
});

Deno.test({
  name: "what cannot be stopped is started anew, and the cell says so",
  ignore,
  fn: () =>
    withKernel(async (kernel) => {
      const { how, reply, errors } = await stop(
        kernel,
        "setTimeout(() => { for (;;); }, 10); await new Promise(() => {});",
      );
      assertEquals(how, "restarted");
      assertEquals([reply.ename, ...errors], [
        "KernelRestarted",
        "KernelRestarted",
      ]);
      assertStringIncludes(reply.evalue, "all variables are lost");
      assertEquals((await run(kernel, "typeof kept")).result, '"undefined"');
      const again = await stop(kernel, "for (;;);");
      assertEquals(again.how, "stopped");
    }),
});

Deno.test("every failure is named once as an output", () =>
  withKernel(async (kernel) => {
    const failures = {
      "let x = ;": ["SyntaxError", "Expression expected"],
      "const { a, = {};": ["SyntaxError", ""],
      "import 'npm:no-such-package-of-anybody';": [
        "ImportError",
        "no-such-package-of-anybody",
      ],
      "import './not_there.ts';": ["TypeError", "not_there.ts"],
      "throw new RangeError('too far');": ["RangeError", "too far"],
      "missing();": ["ReferenceError", "missing is not defined"],
      "await Promise.reject(new Error('late'));": ["Error", "late"],
    };
    for (const [source, [ename, part]] of Object.entries(failures)) {
      const { reply, errors } = await run(kernel, source);
      assertEquals([reply.status, reply.ename, errors], [
        "error",
        ename,
        [ename],
      ], source);
      assertStringIncludes(reply.evalue, part);
      assert(reply.traceback.length > 0);
    }
  }));

Deno.test("a loop that breaks waits for what its iteration has to clean up", () =>
  withKernel(async (kernel) => {
    const { result } = await run(
      kernel,
      `let cleaned = false;
async function* numbers() {
  try {
    yield 1;
    yield 2;
  } finally {
    await new Promise((done) => setTimeout(done, 400));
    cleaned = true;
  }
}
for await (const one of numbers()) break;
const array = []; for await (const one of [Promise.resolve(1), 2]) array.push(one);
\`\${cleaned} \${array}\``,
    );
    assertEquals(result, '"true 1,2"');
  }));
