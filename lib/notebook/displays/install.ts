/**
 * What the import of this room does to a kernel.
 *
 * @module
 */

import { SHOW_RUN, type ShowRun } from "../../studies/run_display.ts";
import { display, findFrontEnd } from "../front_end.ts";
import type { Display } from "./display.ts";
import { DISPLAYS } from "./registry.ts";

/** The method by which a result shows itself in Deno's kernel. */
const METHOD = Symbol.for("Jupyter.display");

/** Formats by media type. */
type Formats = Readonly<Record<string, unknown>>;

function kindOf(value: unknown): Display | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return DISPLAYS.find(({ test }) => test(value));
  } catch {
    // A getter or a proxy that throws: it is none of ours.
    return undefined;
  }
}

/** Shows all but the last of what a value shows; the last is the cell's result. */
async function show({ bundles }: Display, value: object): Promise<Formats> {
  try {
    const shown = await bundles(value);
    for (const bundle of shown.slice(0, -1)) await display(bundle);
    return shown[shown.length - 1].data;
  } catch {
    return { "text/plain": Deno.inspect(value, { colors: !Deno.noColor }) };
  }
}

/**
 * In Deno's Jupyter kernel: makes the kinds of values of {@linkcode DISPLAYS} show
 * themselves as a cell's result, lets studies show how they run, and lets an interrupt
 * (SIGINT, the stop button) pass, which would end the kernel. Anywhere else it does
 * nothing.
 *
 * Most of these values have no class of their own, so the method is a property of
 * what all objects inherit from. For all other values it has no value: the kernel
 * looks whether it is a function, and shows them as ever. It is not enumerable, and
 * objects that define or are given their own show themselves by that.
 */
export function installDisplays(): void {
  if (findFrontEnd() === undefined) return;
  Object.defineProperty(Object.prototype, METHOD, {
    configurable: true,
    enumerable: false,
    get(this: unknown): (() => Promise<Formats>) | undefined {
      const kind = kindOf(this);
      return kind && (() => show(kind, this as object));
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, METHOD, {
        configurable: true,
        enumerable: true,
        writable: true,
        value,
      });
    },
  });
  const showRun: ShowRun = async (run) =>
    await (await import("../study_run.ts")).showStudyRun(run);
  Object.defineProperty(globalThis, SHOW_RUN, {
    configurable: true,
    value: showRun,
  });
  // The lab's kernel (lib/kernel/stop.ts) stops by SIGINT itself.
  if (!("__lab" in globalThis)) Deno.addSignalListener("SIGINT", () => {});
}
