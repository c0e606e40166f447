/**
 * What a run executes in its kernel before the first cell.
 *
 * @module
 */

/** Type of the message that stands for a large output. */
export const LARGE_OUTPUT_TYPE = "large_output";

/** How many characters of content are large: what a kernel's buffers take at once. */
const LARGE_OUTPUT = 100_000;

/** Beginning of the names of files with large outputs. */
export const OUTPUT_FILE = "output-";

/**
 * Makes failures that no cell waits for errors of the cell that ran last. Deno's
 * kernel drops a rejection that nobody handles, and ends at an exception in a
 * timer.
 */
const REPORT_STRAY_ERRORS = `{
  const report = (event, reason) => {
    event.preventDefault();
    const error = reason instanceof Error ? reason : new Error(String(reason));
    void Deno.jupyter.broadcast("error", {
      ename: error.name,
      evalue: error.message,
      traceback: (error.stack ?? "").split("\\n"),
    });
  };
  addEventListener("unhandledrejection", (event) => report(event, event.reason));
  addEventListener("error", (event) => report(event, event.error));
}`;

/**
 * Sends outputs in the way that Deno's kernel can bear.
 *
 * It queues them without limit: a loop that prints without end takes 250 MB a second
 * (measured), long before the runner has received what its limit allows. An output
 * costs 0.2 ms and 1 ms for each 40 kB, about what sending takes; who is 200 ms ahead
 * waits.
 *
 * And of an output that does not fit into the system's buffers at once, it can lose
 * the rest, or send other outputs between its parts (seen from 13 MB on; compare
 * zeromq/zmq.rs#237). A large one goes through a file, and only its number is sent.
 */
const sendOutputs = (folder: string) =>
  `{
  const clock = performance.now.bind(performance);
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let aheadMs = 0;
  let paidMs = clock();
  const pace = (length) => {
    const nowMs = clock();
    aheadMs = Math.max(0, aheadMs + paidMs - nowMs) + 0.2 + length / 40_000;
    paidMs = nowMs;
    if (aheadMs > 200) Atomics.wait(sleeper, 0, 0, aheadMs);
  };
  const { Console, core, jupyter: inner } = Deno[Deno.internal];
  const { broadcast, format } = Deno.jupyter;
  const { writeTextFileSync } = Deno;
  let files = 0;
  const textOf = (content) => {
    try {
      return JSON.stringify(content) ?? "";
    } catch {
      return "";
    }
  };
  const send = async (type, content, options) => {
    const text = textOf(content);
    pace(text.length);
    if (text.length < ${LARGE_OUTPUT}) return broadcast(type, content, options);
    const number = ++files;
    writeTextFileSync(\`\${${
    JSON.stringify(folder)
  }}/${OUTPUT_FILE}\${number}\`, text);
    return broadcast("${LARGE_OUTPUT_TYPE}", { type, number }, options);
  };
  const print = (text, level) => {
    if (text.length >= ${LARGE_OUTPUT}) {
      void send("stream", { name: level > 1 ? "stderr" : "stdout", text });
      return;
    }
    pace(text.length);
    core.print(text, level > 1);
  };
  Object.assign(console, new Console(print));
  Deno.jupyter.broadcast = send;
  Deno.jupyter.display = async (shown, options) => {
    const { raw, update, display_id } = options ?? {};
    await send(update ? "update_display_data" : "display_data", {
      data: raw ? shown : await format(shown),
      metadata: {},
      transient: display_id ? { display_id } : {},
    });
  };
  inner.broadcastResult = async (execution_count, result) => {
    if (result === undefined) return;
    try {
      const data = await format(result);
      const metadata = {};
      const transient = {};
      const content = { execution_count, data, metadata, transient };
      await send("execute_result", content);
    } catch (error) {
      await send("error", {
        ename: error?.name ?? "Error",
        evalue: error?.message ?? String(error),
        traceback: String(error?.stack ?? error).split("\\n"),
      });
    }
  };
}`;

/**
 * The code, which has no result.
 *
 * @param folder Where large outputs go.
 */
export function preamble(folder: string): string {
  return `${REPORT_STRAY_ERRORS}\n${sendOutputs(folder)}\nundefined`;
}
