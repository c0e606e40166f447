/**
 * Does a learner that was saved and restored go on as if nothing had been?
 *
 * @module
 */

import { CheckpointError } from "../../agents/mod.ts";
import type { Hyperparameters } from "../../methods/mod.ts";
import { runTrial } from "../run_trial.ts";
import { makeTrial, type TrialConfig } from "../trial.ts";
import type { Failure, Finding } from "./findings.ts";
import { describeThrown, type Subject } from "./subject.ts";
import type { OddWorld } from "./worlds.ts";

/** In how many worlds it is interrupted. */
const WORLDS = 12;

/** A training of a few updates. */
const LENGTHS = {
  episodes: 8,
  evaluateEvery: 2,
  evaluationEpisodes: 1,
  testEpisodes: 2,
};

/** Episodes after which it is interrupted: before and after the first updates. */
const STOPS = [1, 3, 6];

/** What a trial came to. */
interface Results {
  /** All that is left of it, but for what it has spent. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether there was an update, as far as the learner tells. */
  readonly learned: boolean;
}

async function run(
  { method }: Subject,
  trial: TrialConfig,
  checkpoint?: Uint8Array,
): Promise<Results> {
  const result = await runTrial(trial, {
    clock: () => 0,
    method,
    ...checkpoint === undefined ? {} : { checkpoint },
  });
  const { "manifest.json": manifest, ...files } = result!.files;
  const compared = Object.entries(files).map((
    [name, content],
  ): [string, string] => [
    name,
    typeof content === "string" ? content : content.join(),
  ]);
  return {
    files: Object.fromEntries(compared),
    learned: JSON.parse(String(manifest)).updates !== 0,
  };
}

/** The bytes of a checkpoint that is made after some episodes, when all is stopped. */
async function interrupt(
  { method }: Subject,
  trial: TrialConfig,
  episodes: number,
): Promise<Uint8Array> {
  const controller = new AbortController();
  let bytes: Uint8Array | undefined;
  await runTrial(trial, {
    clock: () => 0,
    method,
    signal: controller.signal,
    checkpoints: {
      every: episodes,
      save: (saved) => {
        bytes ??= saved;
        controller.abort();
        return Promise.resolve();
      },
    },
  });
  return bytes!;
}

/** What differs in a world, if anything does. */
async function findIn(
  subject: Subject,
  world: OddWorld,
  onLearned: () => void,
): Promise<string | undefined> {
  const { scenario, seed } = world;
  const trial = makeTrial(
    subject.method,
    { scenario, seed, ...LENGTHS },
    subject.hyperparameters as Hyperparameters,
  );
  let whole: Results;
  try {
    whole = await run(subject, trial);
    if (whole.learned) onLearned();
  } catch (error) {
    return describeThrown(error);
  }
  for (const episodes of STOPS) {
    const where = `after episode ${episodes} of ${LENGTHS.episodes}`;
    try {
      const checkpoint = await interrupt(subject, trial, episodes);
      const { files } = await run(subject, trial, checkpoint);
      const other = Object.keys(whole.files).find((name) =>
        whole.files[name] !== files[name]
      );
      if (other === undefined) continue;
      return `saved and restored ${where}, it comes to another ${other} than uninterrupted`;
    } catch (error) {
      if (error instanceof CheckpointError) {
        return `what it saved ${where} cannot be restored: ${error.message}`;
      }
      return `saved and restored ${where}: ${describeThrown(error)}`;
    }
  }
}

/**
 * Runs trials of a learner whole, and stopped by a checkpoint and continued from its
 * bytes by another learner; and compares rows, evaluations and the files that it
 * keeps. What is not trained has nothing to save.
 */
export async function checkRestored(subject: Subject): Promise<Finding> {
  if (!subject.method.learns) {
    return { notJudged: "it is not trained, so that nothing is saved" };
  }
  const failures: Failure[] = [];
  const worlds = subject.worlds.slice(0, WORLDS);
  let learned = false;
  for (const world of worlds) {
    subject.onWorld(world);
    const message = await findIn(subject, world, () => learned = true);
    if (message !== undefined) failures.push({ world, message });
  }
  const note =
    `nothing was updated in ${LENGTHS.episodes} episodes: set the hyperparameters so that it learns sooner`;
  return { worlds: worlds.length, failures, ...learned ? {} : { note } };
}
