/**
 * A method that is watched: every call of it is told of before it is made, so that
 * one that never ends can be named; networks that it makes are counted; and random
 * numbers of test traces that it opens are noted.
 *
 * @module
 */

import seedrandom from "seedrandom";
import type { Decider } from "../../env/decider.ts";
import { describeValue } from "../../input/input_error.ts";
import type {
  Learner,
  Method,
  MethodSetup,
  TrainingSession,
} from "../../methods/mod.ts";
import type { Engine, LearnerShape } from "../../nn/mod.ts";

/** Training went on after its last episode. */
export class EndlessTrainingError extends Error {
  /** Name that distinguishes it from the errors of the method. */
  override readonly name = "EndlessTrainingError";
}

/** Streams from which traces are drawn on which methods are tested. */
const TEST_TRACE = /^(?:instance\/)?(test\/\d+\/\d+\/\d+)\//;

/** What a method does while it is checked. */
export class Watch {
  /** Networks that the method has made and not disposed of. */
  networks = 0;
  /** The first trace of the test split whose random streams the method has opened. */
  testTrace: string | undefined;
  readonly #onCall: (what: string) => void;
  #inside = 0;

  /**
   * Watches nothing yet.
   *
   * @param onCall Told of every call of the method before it is made.
   */
  constructor(onCall: (what: string) => void) {
    this.#onCall = onCall;
  }

  /** Calls the method. */
  call<Result>(what: string, call: () => Result): Result {
    this.#onCall(what);
    this.#inside++;
    try {
      return call();
    } finally {
      this.#inside--;
    }
  }

  /** Calls what the method does in its own time. */
  async wait<Result>(
    what: string,
    call: () => Result | PromiseLike<Result>,
  ): Promise<Awaited<Result>> {
    this.#onCall(what);
    this.#inside++;
    try {
      return await call();
    } finally {
      this.#inside--;
    }
  }

  /** Notes that a random stream was opened. */
  noteStream(seed: string): void {
    if (this.#inside === 0) return;
    this.testTrace ??= TEST_TRACE.exec(seed)?.[1];
  }

  /** An engine whose networks are counted. */
  engine(engine: Engine): Engine {
    return {
      ...engine,
      createLearner: (shape: LearnerShape) => {
        const networks = engine.createLearner(shape);
        this.networks++;
        let open = true;
        return {
          ...networks,
          dispose: () => {
            if (open) this.networks--;
            open = false;
            networks.dispose();
          },
        };
      },
    };
  }
}

/**
 * Listens to the opening of random streams in this process, by their one way to
 * hash a seed.
 *
 * @returns What ends it.
 */
export function listenToStreams(watch: Watch): () => void {
  // The traces' streams have no other sign of who opened them.
  const package_ = seedrandom as unknown as {
    alea: (seed: string, options: object) => unknown;
  };
  const { alea } = package_;
  package_.alea = (seed, options) => {
    watch.noteStream(seed);
    return alea(seed, options);
  };
  return () => void (package_.alea = alea);
}

/** Refuses what has not the functions that it is called by. */
function requireFunctions(made: unknown, names: readonly string[]): void {
  const value = made as Record<string, unknown> | null | undefined;
  const missing = names.find((name) => typeof value?.[name] !== "function");
  if (missing === undefined) return;
  throw new TypeError(
    `create must return an object with the function ${missing}, got ${
      describeValue(made)
    }`,
  );
}

function watchDecider(decider: Decider, watch: Watch): Decider {
  requireFunctions(decider, ["decide"]);
  let slot = 0;
  return {
    ...decider.choices === undefined ? {} : { choices: decider.choices },
    beginEpisode: (episode) => {
      slot = 0;
      watch.call("beginEpisode", () => decider.beginEpisode?.(episode));
    },
    decide: (view) => {
      ({ slot } = view);
      return watch.call(`decide, slot ${slot}`, () => decider.decide(view));
    },
    feedback: (feedback) =>
      watch.call(`feedback, slot ${slot}`, () => decider.feedback?.(feedback)),
  };
}

async function* watchTraining(
  learner: Learner,
  session: TrainingSession,
  watch: Watch,
) {
  const { firstEpisode, episodes } = session;
  const rows = watch.call("train", () => learner.train(session))
    [Symbol.asyncIterator]();
  try {
    for (let episode = firstEpisode;; episode++) {
      const what = `train, episode ${episode}`;
      const { done, value } = await watch.wait(what, () => rows.next());
      if (done) return;
      if (episode > episodes) {
        throw new EndlessTrainingError(
          `train goes on after its last episode, ${episodes}`,
        );
      }
      yield value;
    }
  } finally {
    await rows.return?.();
  }
}

function watchLearner(learner: Learner, watch: Watch): Learner {
  requireFunctions(learner, ["train", "decide", "save", "restore"]);
  const call = <Result>(name: string, run: () => Result) =>
    watch.call(name, run);
  return {
    ...watchDecider(learner, watch),
    train: (session) => watchTraining(learner, session, watch),
    save: () => call("save", () => learner.save()),
    restore: (state, slots) =>
      call("restore", () => learner.restore(state, slots)),
    requireFinite: () => call("requireFinite", () => learner.requireFinite?.()),
    get updates(): number | undefined {
      return learner.updates;
    },
    files: () => call("files", () => learner.files?.() ?? {}),
    dispose: () => call("dispose", () => learner.dispose?.()),
  };
}

/** The method, watched. */
export function watchMethod(method: Method, watch: Watch): Method {
  const watched = (setup: MethodSetup): MethodSetup => ({
    ...setup,
    openEngine: async () => watch.engine(await setup.openEngine()),
  });
  if (method.learns) {
    return {
      ...method,
      create: async (setup) =>
        watchLearner(
          await watch.wait("create", () => method.create(watched(setup))),
          watch,
        ),
    };
  }
  return {
    ...method,
    create: async (setup) =>
      watchDecider(
        await watch.wait("create", () => method.create(watched(setup))),
        watch,
      ),
  };
}
