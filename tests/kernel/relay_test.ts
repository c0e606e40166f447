import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Answered, FrontEnd, startLabKernel } from "./front_end.ts";
import { processesOf, wait } from "./samples.ts";

/** Signals and `ps` work otherwise there. */
const ignore = Deno.build.os === "windows";

interface Lab {
  readonly folder: string;
  readonly process: Deno.ChildProcess;
  /** Connects one more front end. */
  readonly connect: (name: string) => Promise<FrontEnd>;
}

/** Uses the lab's kernel, and afterwards ends what is left of it. */
async function withLab(use: (lab: Lab) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "relay_test_" });
  const { info, process } = await startLabKernel(folder);
  const frontEnds: FrontEnd[] = [];
  const connect = async (name: string) => {
    const frontEnd = await FrontEnd.connect(info, name);
    frontEnds.push(frontEnd);
    return frontEnd;
  };
  try {
    await use({ folder, process, connect });
  } finally {
    for (const frontEnd of frontEnds) frontEnd.close();
    try {
      process.kill("SIGTERM");
    } catch {
      // It has ended by itself.
    }
    await process.status;
    await Deno.remove(folder, { recursive: true });
  }
}

/** Kills the process whose command line says something. */
async function kill(folder: string, part: string): Promise<void> {
  const line = (await processesOf(folder)).findLast((one) =>
    one.includes(part)
  );
  assert(line !== undefined, part);
  Deno.kill(Number.parseInt(line), "SIGKILL");
}

/** What was published, in short. */
function short({ published }: Answered): string[] {
  return published.map(([type, content]) => {
    const { execution_state, text, data, ename, code } = content;
    const shown = execution_state ?? text ?? ename ?? code ??
      (data as Record<string, unknown> | undefined)?.["text/plain"];
    return `${type} ${String(shown).trim()}`;
  });
}

Deno.test("a cell's outputs come in order between busy and idle, with the code as it was written", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    const code = 'console.log("one"); await 0; console.error("two"); 40 + 2';
    assertEquals(short(await frontEnd.run(code)), [
      "status busy",
      `execute_input ${code}`,
      "stream one",
      "stream two",
      "execute_result 42",
      "status idle",
    ]);
    for (let i = 0; i < 30; i++) {
      const shown = short(
        await frontEnd.run(`console.log(${i}); setTimeout(() => {}, 0); ${i}`),
      );
      assertEquals(shown.slice(2), [
        `stream ${i}`,
        `execute_result ${i}`,
        "status idle",
      ]);
    }
  }));

Deno.test("bytes, metadata and updates of displays pass through", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    await frontEnd.run(
      `await Deno.jupyter.broadcast("display_data", {
  data: { "text/plain": "first" }, metadata: { a: 1 }, transient: { display_id: "d" },
}, { buffers: [Uint8Array.of(1, 2, 255)] });
await Deno.jupyter.broadcast("update_display_data", {
  data: { "text/plain": "second" }, metadata: {}, transient: { display_id: "d" },
}); undefined`,
    );
    const [display, update] = frontEnd.published
      .filter(({ type }) => type.includes("display_data"));
    assertEquals(display.content.metadata, { a: 1 });
    assertEquals(display.buffers.map((bytes) => [...bytes]), [[1, 2, 255]]);
    assertEquals(update.content.transient, { display_id: "d" });
  }));

Deno.test("an output of 20 MB arrives whole", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    const { published } = await frontEnd.run(
      `await Deno.jupyter.broadcast("display_data", {
  data: { "text/plain": "x".repeat(20_000_000) }, metadata: {} }); undefined`,
    );
    const [, content] = published.find(([type]) => type === "display_data")!;
    const { "text/plain": text } = content.data as Record<string, string>;
    assertEquals(text.length, 20_000_000);
  }));

Deno.test("a failing cell takes those that wait with it, unless it says otherwise", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    const queue = async (more: Record<string, unknown>) => {
      const answers = await Promise.all([
        frontEnd.run(
          "await new Promise((done) => setTimeout(done, 50)); oops",
          more,
        ),
        frontEnd.run("1"),
        frontEnd.run("2"),
      ]);
      return answers.map(({ reply }) => reply.status);
    };
    assertEquals(await queue({}), ["error", "aborted", "aborted"]);
    assertEquals(await queue({ stop_on_error: false }), ["error", "ok", "ok"]);
    assertEquals((await frontEnd.run("3")).reply.status, "ok");
  }));

Deno.test("every front end sees the outputs, and only who has asked gets the reply", () =>
  withLab(async ({ connect }) => {
    const [one, two] = [await connect("one"), await connect("two")];
    const [first, second] = await Promise.all([
      one.run('console.log("of one"); 1'),
      two.run('console.log("of two"); 2'),
    ]);
    assertEquals([first.reply.status, second.reply.status], ["ok", "ok"]);
    await wait(100);
    for (const frontEnd of [one, two]) {
      const texts = frontEnd.published.map(({ content }) => content.text);
      assert(texts.includes("of one\n") && texts.includes("of two\n"));
    }
  }));

Deno.test({
  name:
    "a stop by message ends the cell, keeps variables, and the kernel tells of itself meanwhile",
  ignore,
  fn: () =>
    withLab(async ({ connect }) => {
      const frontEnd = await connect("a");
      await frontEnd.run("let kept = 42; undefined");
      const cell = frontEnd.run("for (;;);");
      await wait(200);
      const { reply: info } = await frontEnd.ask("kernel_info_request", {});
      assertEquals(info.implementation, "EdgeAIGC Lab");
      await frontEnd.ask("interrupt_request", {}, "control");
      const stopped = await cell;
      assertEquals(stopped.reply.ename, "Stopped");
      assertEquals(short(stopped).slice(2), ["error Stopped", "status idle"]);
      assertStringIncludes(short(await frontEnd.run("kept"))[2], "42");
    }),
});

Deno.test("the user's answer reaches the cell that asks", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    frontEnd.onInput = (question) => `${question} Deno`;
    const answered = await frontEnd.run('prompt("Who?")', {
      allow_stdin: true,
    });
    assertEquals(short(answered)[2], 'execute_result "Who? Deno"');
  }));

Deno.test("parameters that papermill writes in Python are set", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    await frontEnd.run('let profile = "paper"; let seeds = [0];');
    const injected = await frontEnd.run(
      '# Parameters\nprofile = "quick"\nseeds = [1, 2]\n',
    );
    assertEquals(short(injected)[1].startsWith("execute_input # Param"), true);
    const { published } = await frontEnd.run("`${profile} ${seeds}`");
    assertStringIncludes(JSON.stringify(published), "quick 1,2");
  }));

Deno.test("completions and completeness are answered by the kernel", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    await frontEnd.run("const capacity = { gigabytes: 1 }; undefined");
    const { reply } = await frontEnd.ask("complete_request", {
      code: "capacity.gig",
      cursor_pos: 12,
    });
    assertEquals(reply.matches, ["gigabytes"]);
    const complete = await frontEnd.ask("is_complete_request", { code: "1" });
    assertEquals(complete.reply.status, "complete");
  }));

Deno.test({
  name:
    "nothing is left after a shutdown, the kernel's own end, or a kill of Jupyter, the relay or the kernel",
  ignore,
  fn: async () => {
    const ends = {
      shutdown: (frontEnd: FrontEnd) =>
        frontEnd.ask("shutdown_request", { restart: false }, "control"),
      "a kill of Jupyter": (_: FrontEnd, { process }: Lab) =>
        process.kill("SIGKILL"),
      "a kill of the relay": (_: FrontEnd, { folder }: Lab) =>
        kill(folder, "lab_kernel.ts"),
      "a kill of the kernel": (_: FrontEnd, { folder }: Lab) =>
        kill(folder, "jupyter --kernel"),
      exit: (frontEnd: FrontEnd) => void frontEnd.run("Deno.exit(3)"),
    };
    for (const [how, end] of Object.entries(ends)) {
      await withLab(async (lab) => {
        const frontEnd = await lab.connect("a");
        const cell = frontEnd.run(
          "for (;;) await new Promise((done) => setTimeout(done, 9));",
        );
        await wait(100);
        assert((await processesOf(lab.folder)).length >= 4, how);
        if (how === "exit") {
          await frontEnd.ask("interrupt_request", {}, "control");
          await cell;
        }
        await end(frontEnd, lab);
        const deadline = performance.now() + 5000;
        while ((await processesOf(lab.folder)).length > 0) {
          assert(performance.now() < deadline, how);
          await wait(50);
        }
      });
    }
  },
});

Deno.test("a front end that names its cells is told of wrong types and shown help, others are not", () =>
  withLab(async ({ connect }) => {
    const frontEnd = await connect("a");
    const code = "const size: number = 'large';";
    const { reply } = await frontEnd.ask(
      "execute_request",
      { code },
      "shell",
      { cellId: "c1" },
    );
    assertEquals(reply.status, "ok");
    const inspected = await frontEnd.ask("inspect_request", {
      code: "Math.hypot(1, 2)",
      cursor_pos: 7,
      detail_level: 0,
    });
    assertEquals(inspected.reply.found, true);
    const notes = () =>
      frontEnd.published.filter(({ content }) =>
        String(content.text).startsWith("type: line 1, column 7: ")
      ).length;
    const deadline = performance.now() + 20_000;
    while (notes() === 0 && performance.now() < deadline) await wait(50);
    await frontEnd.run(code);
    await wait(1000);
    assertEquals(notes(), 1);
  }));
