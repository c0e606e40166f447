/**
 * Policies that are ready to be played: of finished trials, trained if their method
 * is, or made from a method that needs no training.
 *
 * @module
 */

import { basename, resolve } from "node:path";
import { DEFAULT_CHOICES } from "../env/choices.ts";
import { actionSize } from "../env/action.ts";
import { observationSize } from "../env/observation.ts";
import { InputError } from "../input/input_error.ts";
import {
  findMethod,
  type Hyperparameters,
  type Learner,
  type Method,
  type OpenedMethod,
  openMethod,
  refuseExclusions,
  requireMethod,
  resolveHyperparameters,
} from "../methods/mod.ts";
import type { EngineName } from "../nn/mod.ts";
import { checkScenario, type Scenario } from "../scenario/scenario.ts";
import { type FinishedTrial, readTrial } from "./check_trial.ts";
import { restoreKept, STATE_FILE } from "./kept_state.ts";
import type { LoadedMethod } from "./method_file.ts";
import {
  canonicalJson,
  instanceSeedOf,
  isTraining,
  type TrialConfig,
} from "./trial.ts";

/** What decides, ready to be played in every world that it fits. */
export interface Policy {
  /** Identity of its trial, or else name of its method. */
  readonly name: string;
  /** How it is made. */
  readonly method: Method;
  /** A value for every hyperparameter of the method. */
  readonly hyperparameters: Hyperparameters;
  /** Where it comes from, if it is from a trial. */
  readonly trial?: PolicyTrial;
}

/** The finished trial of a {@linkcode Policy}. */
export interface PolicyTrial {
  /** Its files, each of which is whole. */
  readonly files: FinishedTrial;
  /** What decided its numbers. */
  readonly config: TrialConfig;
}

/** How {@linkcode loadPolicy} loads. */
export interface LoadPolicyOptions {
  /** The method of a trial whose method is from a file: trials do not keep it. */
  readonly method?: LoadedMethod;
}

/** Files of the actor that the project's learners leave. */
const ACTOR = { model: "policy/model.json", weights: "policy/weights.bin" };

/** What a trial does not tell of its scenario, since no number depends on it. */
const UNNAMED = "scenario of the trial";

function refuse(name: string, rest: string): never {
  throw new InputError(`Cannot play ${name}: ${rest}`);
}

/** The method of a trial: the project's, or the one that is given. */
function methodOf(
  name: string,
  { method, file }: TrialConfig,
  given?: LoadedMethod,
): Method {
  if (file === undefined) {
    if (given === undefined) return findMethod(method);
    refuse(
      name,
      `the method must be left out for a trial of the project's ${method}, got ${given.method.name}`,
    );
  }
  const condition =
    `the method must be the file that the trial ran, of SHA-256 ${file.sha256}`;
  if (given === undefined) refuse(name, `${condition}, got none`);
  if (given.file.sha256 === file.sha256) return given.method;
  refuse(
    name,
    `${condition} (it, what it imports, or a file that it names has been edited), got ${given.file.sha256}`,
  );
}

/**
 * Loads the policy of a finished trial, every file of which is checked. Of a method
 * that is not trained nothing is stored but its hyperparameters: it is made anew.
 *
 * @param folder The trial's folder.
 * @throws {InputError} If there is no such trial, a file of it is damaged, it has no
 * policy that can be played, or its method is from a file that is not given or has
 * been edited since.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { loadPolicy } from "./load_policy.ts";
 * import { playPolicy } from "./play_policy.ts";
 * import { runStoredTrial } from "./run_stored_trial.ts";
 * import { makeTrial } from "./trial.ts";
 *
 * const dataDirectory = await Deno.makeTempDir();
 * const trial = makeTrial("td3", {
 *   scenario: SMALL_SCENARIO,
 *   seed: 0,
 *   episodes: 2,
 *   testEpisodes: 1,
 * });
 * const folder = await runStoredTrial(trial, { dataDirectory, clock: () => 0 });
 * const policy = await loadPolicy(folder!);
 * const { totals } = await playPolicy(policy);
 * assertEquals(totals, policy.trial?.files.lastEvaluation());
 * await Deno.remove(dataDirectory, { recursive: true });
 * ```
 */
export async function loadPolicy(
  folder: string,
  { method: given }: LoadPolicyOptions = {},
): Promise<Policy> {
  const place = resolve(folder);
  const name = basename(place);
  let files: FinishedTrial;
  try {
    files = await readTrial(place);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    refuse(name, `${folder} must be the folder of a finished trial, got none`);
  }
  const act = `play ${name}`;
  const stored = files.manifest.config;
  const method = methodOf(name, stored, given);
  const hyperparameters = resolveHyperparameters(
    method,
    stored.hyperparameters,
    act,
  );
  const { name: world = UNNAMED, ...rest } = stored.scenario;
  const scenario = checkScenario({ name: world, ...rest }, act);
  const config = { ...stored, scenario };
  if (isTraining(config)) {
    const isKept = files.has(STATE_FILE) ||
      (config.file === undefined && files.has(ACTOR.weights));
    if (!isKept) {
      refuse(
        name,
        `its folder must hold ${
          config.file === undefined ? ACTOR.weights : STATE_FILE
        } (a trial of an older version has to run again), got none`,
      );
    }
  }
  return { name, method, hyperparameters, trial: { files, config } };
}

/**
 * The policy of a method that is not trained.
 *
 * @param method A method, or the name of one that comes with the project.
 * @param hyperparameters Values that differ from the method's defaults.
 * @throws {InputError} If there is no such method, it is trained, or a value is not
 * allowed.
 */
export function makePolicy(
  method: string | Method,
  hyperparameters: Hyperparameters = {},
): Policy {
  const act = "play the method";
  const found = typeof method === "string"
    ? findMethod(method)
    : requireMethod(method, act);
  const { name } = found;
  if (found.learns) {
    refuse(
      name,
      "it must be a method that is not trained, or a finished trial, got one that learns and no trial of it",
    );
  }
  return {
    name,
    method: found,
    hyperparameters: resolveHyperparameters(found, hyperparameters, act),
  };
}

/** Where {@linkcode openPolicy} puts a policy. */
export interface PolicyWorld {
  /** The world. */
  readonly scenario: Scenario;
  /** Seed of instance and traces, and of what a method draws that is not trained. */
  readonly seed: number;
  /** Engine that computes networks. */
  readonly engine?: EngineName;
}

/** Sizes that a trained policy has to find again, in the order of messages. */
const SIZES = ["numUsers", "numServers", "numModels"] as const;

/** Refuses a world of other sizes than that of the training. */
function requireSameSizes(name: string, then: Scenario, now: Scenario): void {
  for (const key of SIZES) {
    const [expected, got] = [then, now].map((one) => one.parameters[key]);
    if (expected === got) continue;
    refuse(
      name,
      `scenario.parameters.${key} must be ${expected}, as in its training, got ${got}`,
    );
  }
}

/** Refuses a world whose observations or actions have another length. */
function requireSameLengths(
  name: string,
  then: Scenario,
  now: Scenario,
  choices: Learner["choices"],
): void {
  const lengths = (scenario: Scenario) => ({
    observations: observationSize(scenario, { ...DEFAULT_CHOICES, ...choices }),
    actions: actionSize(scenario),
  });
  const [expected, got] = [lengths(then), lengths(now)];
  for (const key of ["observations", "actions"] as const) {
    if (expected[key] === got[key]) continue;
    refuse(
      name,
      `${key} must have ${expected[key]} numbers, as in its training, got ${
        got[key]
      }`,
    );
  }
}

/** What of a stored actor says which network it is. */
function topologyOf(bytes: Uint8Array | string | undefined): string {
  const text = bytes instanceof Uint8Array
    ? new TextDecoder().decode(bytes)
    : bytes;
  const { modelTopology, weightsManifest } = JSON.parse(text ?? "{}");
  return canonicalJson({ modelTopology, weightsManifest });
}

/** Gives one of the project's learners the actor that its trial left. */
function restoreActor(learner: Learner, files: FinishedTrial): void {
  const fresh = learner.files?.()[ACTOR.model];
  if (topologyOf(files.bytes(ACTOR.model)) !== topologyOf(fresh)) {
    throw new Error(`${ACTOR.model} is of another network`);
  }
  // A copy, since numbers of 4 bytes must not begin anywhere.
  const actor = new Float32Array(files.bytes(ACTOR.weights).slice().buffer);
  const state = learner.save();
  // The rest of an untrained learner decides nothing.
  learner.restore({ ...state, arrays: { ...state.arrays, actor } }, 0);
}

/** Gives a learner what it had learned when its trial was over. */
function restoreLearner(
  { name, trial }: Policy,
  learner: Learner,
): void {
  if (trial === undefined) return;
  const { files, config } = trial;
  try {
    if (files.has(STATE_FILE)) {
      const { slotsPerEpisode } = config.scenario.parameters;
      restoreKept(learner, files.bytes(STATE_FILE), slotsPerEpisode);
    } else restoreActor(learner, files);
    learner.requireFinite?.();
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    refuse(name, `its policy must be one of ${config.method}, got: ${reason}`);
  }
}

/**
 * Makes what decides in a world. Whoever calls it disposes of the learner.
 *
 * @throws {InputError} If the policy does not fit the world: a trained one needs as
 * many users, servers and models, and observations and actions of the lengths that it
 * was trained with; if a hyperparameter is excluded there; or if what is stored is no
 * policy of its method.
 */
export async function openPolicy(
  policy: Policy,
  { scenario, seed, engine }: PolicyWorld,
): Promise<OpenedMethod> {
  const { name, method, hyperparameters, trial } = policy;
  const trained = method.learns ? trial?.config : undefined;
  if (trained !== undefined) {
    requireSameSizes(name, trained.scenario, scenario);
  }
  refuseExclusions(method, scenario, hyperparameters, `play ${name}`);
  const opened = await openMethod(method, {
    scenario,
    // A trained policy keeps the streams of its training.
    seed: trained?.seed ?? seed,
    instanceSeed: instanceSeedOf({ scenario, seed }),
    hyperparameters,
    ...engine === undefined ? {} : { engine },
  });
  const { learner } = opened;
  if (learner === undefined || trained === undefined) return opened;
  try {
    const { choices } = learner;
    requireSameLengths(name, trained.scenario, scenario, choices);
    restoreLearner(policy, learner);
    return opened;
  } catch (error) {
    learner.dispose?.();
    throw error;
  }
}
