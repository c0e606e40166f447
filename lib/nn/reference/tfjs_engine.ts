/**
 * The reference engine: TensorFlow.js on its WebAssembly backend, gradients by
 * automatic differentiation.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { actorSizes, criticSizes } from "../layers.ts";
import { allocateMinibatch } from "../minibatch.ts";
import { TfjsActor } from "./tfjs_actor.ts";
import { TfjsCritics } from "./tfjs_critics.ts";
import type { Engine, LearnerNetworks, LearnerShape } from "../types.ts";

/**
 * Starts TensorFlow.js and opens the engine.
 *
 * Makes `wasm` on one thread the backend of TensorFlow.js in the whole
 * process.
 *
 * @throws {Error} If the backend's `.wasm` file must not be read.
 */
export async function openTfjsEngine(): Promise<Engine> {
  const folder = dirname(
    fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")),
  );
  const read = await Deno.permissions.request({ name: "read", path: folder });
  setThreadsCount(1);
  if (read.state !== "granted" || !await tf.setBackend("wasm")) {
    throw new Error(
      `Cannot open the tfjs engine: its .wasm file must be readable, as with --allow-read=${folder}`,
    );
  }
  return { name: "tfjs", createLearner };
}

function createLearner(shape: LearnerShape): LearnerNetworks {
  const critics = new TfjsCritics(shape);
  const targetCritics = new TfjsCritics(shape);
  const actor = new TfjsActor(shape, critics);
  const targetActor = new TfjsActor(shape, targetCritics);
  return {
    actorSizes: actorSizes(shape),
    criticSizes: criticSizes(shape),
    batch: allocateMinibatch(shape),
    actor,
    critics,
    targetActor: Object.assign(targetActor, {
      softUpdate: (tau: number) => targetActor.softUpdateFrom(actor, tau),
    }),
    targetCritics: Object.assign(targetCritics, {
      softUpdate: (tau: number) => targetCritics.softUpdateFrom(critics, tau),
    }),
    dispose: () => {
      for (const network of [actor, targetActor, critics, targetCritics]) {
        network.dispose();
      }
    },
  };
}
