/**
 * The engines of this machine, for tests that hold for all of them.
 *
 * @module
 */

import { type Engine, openEngine } from "../../lib/nn/mod.ts";

const blas = await openEngine("blas").catch((error: Error) => {
  console.warn(`Tests of the blas engine are ignored. ${error.message}`);
});

const native = await openEngine("wasm");
if (native.library === undefined) {
  console.warn(
    "Tests of native kernels are ignored. deno task build:native builds them.",
  );
}

const ENGINES: { name: string; engine: Engine | undefined }[] = [
  { name: "wasm", engine: await openEngine("wasm", { native: false }) },
  { name: "native", engine: native.library === undefined ? undefined : native },
  { name: "blas", engine: blas ?? undefined },
  { name: "tfjs", engine: await openEngine("tfjs") },
];

/** Registers a test for every engine, ignored for those that are not here. */
export function testEveryEngine(
  name: string,
  test: (engine: Engine) => void | Promise<void>,
): void {
  register(ENGINES, name, test);
}

/** Registers a test for the engines on WebAssembly kernels. */
export function testKernelEngines(
  name: string,
  test: (engine: Engine) => void | Promise<void>,
): void {
  register(ENGINES.filter((entry) => entry.name !== "tfjs"), name, test);
}

function register(
  entries: typeof ENGINES,
  name: string,
  test: (engine: Engine) => void | Promise<void>,
): void {
  for (const { name: engineName, engine } of entries) {
    Deno.test({
      name: engine
        ? `${engineName}: ${name}`
        : `${engineName} ignored, not found: ${name}`,
      ignore: !engine,
      fn: () => test(engine!),
    });
  }
}
