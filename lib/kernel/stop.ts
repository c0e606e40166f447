/**
 * How a cell is stopped without losing the kernel's state: what the kernel is taught
 * before the first cell, and what becomes of a cell's source.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { NOTICE_TYPE } from "./kernel.ts";

/**
 * What the kernel is taught.
 *
 * SIGINT rejects whatever top-level awaits wait for, and is acknowledged. Who listens
 * for SIGINT (`stopSignal` of `lib/notebook`) stops in its own way: the first SIGINT
 * after it began to listen is left to it, and only the second one insists.
 *
 * V8 ends code that runs without a break, and leaves the promise of its cell unsettled
 * for ever; the inspector answers for it once it is collected as garbage.
 */
export const TEACH_STOPPING = `{
  const rejecters = new Set();
  let stop;
  // Promise.race with one long-lived promise would keep every value until a stop.
  const race = (value) =>
    new Promise((resolve, reject) => {
      if (stop) reject(stop);
      rejecters.add(reject);
      const settle = (how) => (result) => {
        rejecters.delete(reject);
        how(result);
      };
      Promise.resolve(value).then(settle(resolve), settle(reject));
    });
  const clock = performance.now.bind(performance);
  const { setTimeout, gc } = globalThis;
  const { broadcast } = Deno.jupyter;
  let breathedMs = clock();
  // Promises alone starve the event loop, where signals arrive.
  const breathe = () =>
    new Promise((resolve) =>
      setTimeout(() => {
        breathedMs = clock();
        resolve();
      }, 0)
    );
  const isBreathless = () => clock() - breathedMs > 50;
  const wait = async (value) => {
    const raced = race(value);
    // Signals arrive while it breathes: that is raced as well.
    if (isBreathless()) await Promise.all([raced, race(breathe())]);
    return raced;
  };
  const iterate = (iterable) => {
    const iterator = iterable[Symbol.asyncIterator]?.() ??
      (async function* () {
        yield* iterable;
      })();
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          try {
            if (isBreathless()) await race(breathe());
            return await race(iterator.next());
          } catch (error) {
            // A loop whose next() fails does not call return().
            Promise.resolve(iterator.return?.()).catch(() => {});
            throw error;
          }
        },
        return: async (value) =>
          await race(iterator.return?.(value)) ?? { done: true, value },
      }),
    };
  };
  let listeners = 0;
  let isAsked = false;
  const { addSignalListener, removeSignalListener } = Deno;
  Deno.addSignalListener = (name, listener) => {
    if (name === "SIGINT") {
      listeners++;
      isAsked = false;
    }
    addSignalListener(name, listener);
  };
  Deno.removeSignalListener = (name, listener) => {
    if (name === "SIGINT") listeners--;
    removeSignalListener(name, listener);
  };
  addSignalListener("SIGINT", () => {
    const isLeft = listeners > 0 && !isAsked;
    isAsked = true;
    if (!isLeft) {
      stop = new DOMException("the cell was stopped", "AbortError");
      for (const reject of rejecters) reject(stop);
      rejecters.clear();
      void gc?.({ execution: "async" });
    }
    setTimeout(() => {
      // Between one await and the next there was nothing to reject: till now.
      stop = undefined;
      void broadcast("${NOTICE_TYPE}", { isLeft });
    }, 0);
  });
  Object.defineProperty(globalThis, "__lab", {
    value: Object.freeze({ iterate, wait }),
  });
}
undefined`;

/** Nodes of the syntax tree, as far as they matter here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly extra?: { readonly parenStart?: number };
}

/** Bodies whose awaits are their own, and types, in which there are none. */
const PASSED_OVER =
  /Function|Method|ClassProperty|ClassPrivateProperty|^TS.*Type/;

/** What is inserted where. */
type Insertion = readonly [at: number, text: string];

function isNode(value: unknown): value is Node {
  return typeof (value as Node | null)?.type === "string";
}

/** Finds the awaits of a cell's top level, outer ones first. */
function findAwaits(value: unknown, insertions: Insertion[]): void {
  if (Array.isArray(value)) {
    for (const item of value) findAwaits(item, insertions);
    return;
  }
  if (!isNode(value) || PASSED_OVER.test(value.type)) return;
  const node = value as Node & Readonly<Record<string, unknown>>;
  if (node.type === "AwaitExpression") {
    const awaited = node.argument as Node;
    const start = awaited.extra?.parenStart ?? awaited.start;
    insertions.push([start, "__lab.wait("], [node.end, ")"]);
  } else if (node.type === "ForOfStatement" && node.await) {
    const { start, end } = node.right as Node;
    insertions.push([start, "__lab.iterate("], [end, ")"]);
  }
  for (const [key, child] of Object.entries(node)) {
    if (!/Comments$|^loc$|^extra$/.test(key)) findAwaits(child, insertions);
  }
}

/**
 * The source of a cell whose top-level awaits a stop rejects. No line is added, so
 * that errors keep their lines; a source that cannot be parsed stays as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { stoppable } from "./stop.ts";
 *
 * assertEquals(stoppable("await job()"), "await __lab.wait(job())");
 * assertEquals(stoppable("async () => await 1"), "async () => await 1");
 * ```
 */
export function stoppable(source: string): string {
  if (!/\bawait\b/.test(source)) return source;
  const insertions: Insertion[] = [];
  try {
    const { program } = parse(source, {
      sourceType: "module",
      allowAwaitOutsideFunction: true,
      plugins: ["typescript", "decorators"],
    });
    findAwaits(program.body, insertions);
  } catch {
    return source;
  }
  // At one place what closes comes first; of two that open the outer, of two that
  // close the inner one does, as they were found.
  const order = (text: string) => text === ")" ? 0 : 1;
  let result = "";
  let copied = 0;
  const sorted = insertions.toSorted(([a, one], [b, other]) =>
    a - b || order(one) - order(other)
  );
  for (const [at, text] of sorted) {
    result += source.slice(copied, at) + text;
    copied = at;
  }
  return result + source.slice(copied);
}
