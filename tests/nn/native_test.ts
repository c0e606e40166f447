import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { createAgent } from "../../lib/methods/mod.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { type Engine, openEngine } from "../../lib/nn/mod.ts";
import { createKernelLearner } from "../../lib/nn/wasm/kernel_learner.ts";
import { nativeState } from "../../lib/nn/wasm/native/native_file.ts";
import { openNativeLibrary } from "../../lib/nn/wasm/native/native_kernels.ts";
import { wasmProducts } from "../../lib/nn/wasm/wasm_products.ts";
import { buildNative } from "../../lib/cli/build_native.ts";
import { PAPER_SCENARIO } from "../../lib/scenario/mod.ts";
import { actionSize } from "../../lib/env/action.ts";
import { observationSize } from "../../lib/env/observation.ts";
import type { AgentName } from "../../lib/methods/mod.ts";
import { canBuildNative } from "./compiler.ts";

const ignore = !canBuildNative;

/** Builds a library in a folder of its own, and uses it. */
async function withLibrary(
  flags: readonly string[],
  use: (path: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "native_test_" });
  try {
    const path = join(folder, "kernels.so");
    await buildNative({ path, flags });
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The wasm engine with the kernels of a library, of some width at most. */
function nativeEngine(path: string, widest: number): Engine {
  const library = openNativeLibrary(path, widest);
  assert(library, "this processor has AVX2");
  return {
    name: "wasm",
    createLearner: (shape) =>
      createKernelLearner(wasmProducts, shape, library.onMemory),
  };
}

/** The sum of everything that an agent can have saved, after some updates. */
async function trainedSum(
  engine: Engine,
  algorithm: AgentName,
  { hiddenSizes, batchSize, updates }: {
    readonly hiddenSizes: readonly number[];
    readonly batchSize: number;
    readonly updates: number;
  },
): Promise<string> {
  const agent = createAgent(algorithm, PAPER_SCENARIO, {
    engine,
    seed: 3,
    hyperparameters: {
      hiddenSizes,
      batchSize,
      minReplaySize: 0,
      replayCapacity: 500,
    },
  });
  const stream = new RandomStream(0, "native-test");
  const numbers = (length: number) =>
    stream.fillNormal(new Float32Array(length));
  const observations = observationSize(PAPER_SCENARIO);
  for (let i = 0; i < 500; i++) {
    agent.observe({
      observation: numbers(observations),
      action: numbers(actionSize(PAPER_SCENARIO)).map(Math.tanh),
      reward: -stream.uniform(),
      nextObservation: numbers(observations),
      terminated: i % 10 === 9,
      truncated: false,
    });
  }
  for (let i = 0; i < updates; i++) {
    agent.update();
    // Acting has kernels of its own.
    agent.act(numbers(observations));
  }
  const { arrays } = agent.save();
  const sums = await Promise.all(
    Object.entries(arrays).map(async ([name, array]) => {
      const { buffer, byteOffset, byteLength } = array;
      const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice();
      const sum = await crypto.subtle.digest("SHA-256", bytes);
      return `${name} ${new Uint8Array(sum).toHex()}`;
    }),
  );
  return sums.join("\n");
}

/** Odd sizes leave rests of every kernel, others fill whole vectors of each width. */
const SIZES = [
  { hiddenSizes: [33, 17], batchSize: 7, updates: 1000 },
  { hiddenSizes: [1, 130, 5], batchSize: 65, updates: 200 },
  { hiddenSizes: [9], batchSize: 1, updates: 1000 },
  { hiddenSizes: [400, 300], batchSize: 100, updates: 20 },
  { hiddenSizes: [256, 256], batchSize: 64, updates: 100 },
] as const;

Deno.test({
  name:
    "agents trained on native kernels of both widths are the same to the bit",
  ignore,
  fn: () =>
    withLibrary([], (path) =>
      // Where the processor has no AVX-512, its kernels are made of pairs of the
      // narrower vectors.
      withLibrary(["-DHALVES"], async (inHalves) => {
        const hasWide = openNativeLibrary(path)?.width === 16;
        const wasm = await openEngine("wasm", { native: false });
        const narrow = nativeEngine(path, 8);
        const wide = nativeEngine(hasWide ? path : inHalves, 16);
        for (const sizes of SIZES) {
          for (const algorithm of ["td3", "ddpg"] as const) {
            const expected = await trainedSum(wasm, algorithm, sizes);
            for (const native of [narrow, wide]) {
              assertEquals(
                await trainedSum(native, algorithm, sizes),
                expected,
                `${algorithm} ${JSON.stringify(sizes)}`,
              );
            }
          }
        }
      })),
});

Deno.test({
  name:
    "a library that was cut off, changed or made from other sources is not opened",
  ignore,
  fn: () =>
    withLibrary([], async (path) => {
      assertEquals(await nativeState(path), "built");
      const whole = await Deno.readFile(path);
      for (const length of [0, 10, 64, 5000, whole.length - 1]) {
        await Deno.writeFile(path, whole.slice(0, length));
        assertEquals(await nativeState(path), "damaged", `${length}`);
      }
      const changed = whole.slice();
      changed[2000] ^= 1;
      await Deno.writeFile(path, changed);
      assertEquals(await nativeState(path), "damaged");
      // Sealed rightly, but over the sum of other sources.
      const end = whole.length - 32;
      const other = whole.slice(0, end);
      other[end - 1] ^= 1;
      const sum = await crypto.subtle.digest("SHA-256", other);
      await Deno.writeFile(path, whole);
      const file = whole.slice();
      file.set(other);
      file.set(new Uint8Array(sum), end);
      await Deno.writeFile(path, file);
      assertEquals(await nativeState(path), "outdated");
      await Deno.remove(path);
      assertEquals(await nativeState(path), "missing");
      await Deno.mkdir(path);
      assertEquals(await nativeState(path), "damaged");
    }),
});

Deno.test({
  name: "what is no library throws when it is opened",
  ignore,
  fn: async () => {
    const path = await Deno.makeTempFile();
    await Deno.writeTextFile(path, "no library");
    assertThrows(() => openNativeLibrary(path));
    await Deno.remove(path);
  },
});
