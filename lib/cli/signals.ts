/**
 * Stopping at the next good moment.
 *
 * @module
 */

/** A signal that aborts at the first SIGINT or SIGTERM; a second one ends all. */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const names: Deno.Signal[] = ["SIGINT", "SIGTERM"];
  const stop = () => {
    controller.abort();
    for (const name of names) Deno.removeSignalListener(name, stop);
  };
  for (const name of names) Deno.addSignalListener(name, stop);
  return controller.signal;
}
