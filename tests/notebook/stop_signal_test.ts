import { assert, assertEquals } from "@std/assert";
import { Kernel } from "../../lib/kernel/mod.ts";
import { stopSignal } from "../../lib/notebook/mod.ts";

const SOURCE = new URL("../../lib/notebook/mod.ts", import.meta.url).href;

const LOOP = `console.log("looping");
while (!stop.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
"stopped"`;

async function withKernel(use: (kernel: Kernel) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "stop_signal_test_" });
  try {
    const kernel = await Kernel.start({ folder });
    try {
      await kernel.execute(`import { stopSignal } from "${SOURCE}";`);
      await use(kernel);
    } finally {
      await kernel.stop();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Executes code and interrupts it as soon as it has written something. */
async function interrupt(kernel: Kernel, code: string): Promise<string[]> {
  const results: string[] = [];
  await kernel.execute(code, {
    onOutput: ({ type, content: { data } }) => {
      if (type === "stream") kernel.interrupt();
      if (type !== "execute_result") return;
      results.push((data as Record<string, string>)["text/plain"]);
    },
  });
  return results;
}

Deno.test("an interrupt stops a loop that looks at the signal, and the kernel lives", async () => {
  await withKernel(async (kernel) => {
    await kernel.execute("let stop = stopSignal();");
    assertEquals(await interrupt(kernel, LOOP), ['"stopped"']);
    await kernel.execute("stop.release(); stop = stopSignal();");
    assertEquals(await interrupt(kernel, LOOP), ['"stopped"']);
    assertEquals((await kernel.execute("1 + 1")).status, "ok");
  });
});

Deno.test("an interrupt that nobody waits for passes, and the kernel lives", async () => {
  await withKernel(async (kernel) => {
    await kernel.execute("const stop = stopSignal(); stop.release();");
    const code = `console.log("waiting");
await new Promise((resolve) => setTimeout(resolve, 300));
stop.signal.aborted`;
    assertEquals(await interrupt(kernel, code), ["false"]);
    assertEquals((await kernel.execute("1 + 1")).status, "ok");
  });
});

Deno.test("each call has a signal of its own, released by using as well", () => {
  const first = stopSignal();
  const { signal } = first;
  {
    using second = stopSignal();
    assert(second.signal !== signal);
  }
  first.release();
  assertEquals(signal.aborted, false);
});
