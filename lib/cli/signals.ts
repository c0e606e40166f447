/**
 * Stopping at the next good moment: at a signal, or when the launcher is gone.
 *
 * @module
 */

import { readLaunch } from "./launched.ts";

/** Signals that ask to stop; Windows knows Ctrl-C alone. */
export const STOP_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * A terminal sends Ctrl-C to a command and to those that started it, who pass it
 * on: what comes within this time is one signal.
 */
const SAME_SIGNAL_MS = 300;

/**
 * Calls `stop` at the first signal that asks to stop; the next one ends the process
 * at once.
 */
export function listenToStop(
  stop: () => void,
  signals: readonly Deno.Signal[] = STOP_SIGNALS,
): void {
  let stopped = false;
  const listener = () => {
    if (stopped) return;
    stopped = true;
    Deno.unrefTimer(setTimeout(() => {
      for (const name of signals) Deno.removeSignalListener(name, listener);
    }, SAME_SIGNAL_MS));
    stop();
  };
  for (const name of signals) Deno.addSignalListener(name, listener);
}

/** How often a process looks whether the one that started it is still there. */
const LOOK_MS = 500;

/**
 * Calls `lost` once the process that started this one is gone, however it ended.
 *
 * @param parent Its number; by default that of the present parent.
 */
export function listenToParent(lost: () => void, parent = Deno.ppid): void {
  // On Windows the number stays the same when the parent is gone.
  const timer = setInterval(() => {
    if (Deno.ppid === parent) return;
    clearInterval(timer);
    lost();
  }, LOOK_MS);
  Deno.unrefTimer(timer);
}

/** How long a process may take to end once the one that started it is gone. */
const GRACE_MS = 3500;

/**
 * Lets this process not outlive the one that started it for long, whatever it is
 * doing.
 *
 * @param parent As in {@linkcode listenToParent}.
 */
export function endWithParent(parent?: number): void {
  listenToParent(() => {
    Deno.unrefTimer(setTimeout(() => Deno.exit(1), GRACE_MS));
  }, parent);
}

/**
 * A signal that aborts at the first SIGINT, SIGTERM or SIGHUP, or when the launcher
 * is gone; a second one ends all.
 */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  listenToStop(stop);
  const launch = readLaunch();
  if (launch !== undefined) listenToParent(stop, launch.launcher);
  return controller.signal;
}
