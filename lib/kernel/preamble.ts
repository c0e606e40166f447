/**
 * What a run executes in its kernel before the first cell.
 *
 * @module
 */

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
 * Slows outputs down to what Deno's kernel can send. It queues them without limit:
 * a loop that prints without end takes 250 MB a second (measured), long before the
 * runner has received what its limit allows.
 *
 * An output costs 0.2 ms and 1 ms for each 40 kB, about what sending takes; who
 * is 200 ms ahead waits.
 */
const PACE_OUTPUTS = `{
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
  const lengthOf = (content) => {
    try {
      return JSON.stringify(content)?.length ?? 0;
    } catch {
      return 0;
    }
  };
  const { Console, core } = Deno[Deno.internal];
  const paced = new Console((text, level) => {
    pace(text.length);
    core.print(text, level > 1);
  });
  Object.assign(console, paced);
  const { broadcast, display } = Deno.jupyter;
  Deno.jupyter.broadcast = (type, content, options) => {
    pace(lengthOf(content));
    return broadcast(type, content, options);
  };
  Deno.jupyter.display = (shown, options) => {
    pace(options?.raw ? lengthOf(shown) : 0);
    return display(shown, options);
  };
}`;

/** The code, which has no result. */
export const PREAMBLE = `${REPORT_STRAY_ERRORS}\n${PACE_OUTPUTS}\nundefined`;
