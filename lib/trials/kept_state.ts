/**
 * What a finished trial keeps of a learner from a file, so that it can be played.
 *
 * The project's own learners leave their actor, and nothing else of them decides.
 * What decides in a learner of a user's only that learner knows, so that all which it
 * saves is kept, as in a checkpoint.
 *
 * @module
 */

import { decodeCheckpoint, encodeCheckpoint } from "../agents/mod.ts";
import type { Learner, LearningMethod, Method } from "../methods/mod.ts";

/** File of a trial: all that a learner from a file saved once it was trained. */
export const STATE_FILE = "policy/state.bin";

/** A learner that keeps what it saves at the end of its training among its files. */
function keeping(learner: Learner): Learner {
  let kept: Uint8Array | undefined;
  return {
    get choices() {
      return learner.choices;
    },
    beginEpisode: (episode) => learner.beginEpisode?.(episode),
    decide: (view) => learner.decide(view),
    feedback: (feedback) => learner.feedback?.(feedback),
    async *train(session) {
      let trained = session.firstEpisode - 1;
      for await (const row of learner.train(session)) {
        yield row;
        trained++;
      }
      // Before the test, of whose slots a learner may be told.
      if (trained !== session.episodes) return;
      kept = encodeCheckpoint({
        episode: trained,
        agent: learner.save(),
        extra: null,
      });
    },
    save: () => learner.save(),
    restore: (state, slots) => learner.restore(state, slots),
    requireFinite: () => learner.requireFinite?.(),
    get updates() {
      return learner.updates;
    },
    files: () => ({
      ...learner.files?.(),
      ...kept === undefined ? {} : { [STATE_FILE]: kept },
    }),
    dispose: () => learner.dispose?.(),
  };
}

/**
 * The same method, whose trials keep in {@linkcode STATE_FILE} what the learner saves
 * at the end of its training; a method that is not trained stays as it is. The
 * numbers are the same.
 */
export function keepingState(method: Method): Method {
  if (!method.learns) return method;
  const { name, label, sees, hyperparameters, create } = method;
  return {
    name,
    label,
    ...sees === undefined ? {} : { sees },
    ...hyperparameters === undefined ? {} : { hyperparameters },
    learns: true,
    create: async (setup) => keeping(await create.call(method, setup)),
  } satisfies LearningMethod;
}

/**
 * Puts a learner where its training ended.
 *
 * @param learner As it was made for the trial.
 * @param bytes What {@linkcode STATE_FILE} holds.
 * @param slotsPerEpisode Slots of an episode of the training.
 * @throws {Error} If the bytes are no state of such a learner.
 */
export function restoreKept(
  learner: Learner,
  bytes: Uint8Array,
  slotsPerEpisode: number,
): void {
  const { episode, agent } = decodeCheckpoint(bytes);
  learner.restore(agent, episode * slotsPerEpisode);
}
