/**
 * Everything that a scenario's readings can change, by name: to see what
 * switching one of them changes, and what it leaves alone.
 *
 * @module
 */

import { EdgeEnv } from "../../lib/env/edge_env.ts";
import {
  DEFAULT_STUDY,
  HIT_RATE_READINGS,
  type StudyChoices,
} from "../../lib/studies/ledger.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { deriveScenario, type Scenario } from "../../lib/scenario/scenario.ts";
import { type Readings as WorldReadings, splitReadings } from "./door.ts";

/** Readings that differ from those of a preset and from the ledgers' defaults. */
export type Readings = WorldReadings & Partial<StudyChoices>;

/** Scores for which first more is wanted than fits, and then less. */
function actionOf(env: EdgeEnv, slot: number, stream: RandomStream) {
  const { numServers, numModels } = env.instance;
  const shift = slot === 0 ? 0 : -0.8;
  return Float32Array.from({ length: env.actionSize }, (_, k) => {
    const output = 2 * stream.uniform() - 1;
    return k < numServers * numModels ? Math.max(-1, output + shift) : output;
  });
}

/** Instance, chance, observations, decisions and outcomes of eight slots. */
function fingerprint(
  preset: Scenario,
  readings: Readings,
): Map<string, unknown[]> {
  const { hitRate } = { ...DEFAULT_STUDY, ...readings };
  const { assumptions, choices } = splitReadings(Object.fromEntries(
    Object.entries(readings).filter(([key]) => !(key in DEFAULT_STUDY)),
  ));
  const env = new EdgeEnv(deriveScenario(preset, { assumptions }), { choices });
  const parts = new Map<string, unknown[]>();
  const add = (name: string, value: unknown) =>
    parts.set(name, [...(parts.get(name) ?? []), value]);
  const addAll = (group: string, values: object) => {
    for (const [key, value] of Object.entries(values)) {
      add(`${group}.${key}`, value);
    }
  };
  addAll("instance", env.instance);
  const stream = new RandomStream(0, "fingerprint");
  // In this episode balancing the servers and redrawing capacities move hits.
  add("observation", env.reset(1).observation);
  for (let slot = 0; slot < 8; slot++) {
    const { observation, reward, info } = env.step(
      actionOf(env, slot, stream),
    );
    add("observation", observation);
    add("reward", reward);
    add("hit rate", info.hitRates[HIT_RATE_READINGS[hitRate]]);
    add("chance.server", info.played.server);
    addAll("chance", info.played.state);
    addAll("slot instance", info.played.instance);
    addAll("decision", info.decision);
    addAll("outcome", info.outcome);
  }
  return parts;
}

/** Whether two values differ by more than rounding. */
function differ(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) > 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a !== "object") return a !== b;
  const one = Array.from(a as ArrayLike<unknown>);
  const two = Array.from(b as ArrayLike<unknown>);
  return one.length !== two.length ||
    one.some((value, k) => differ(value, two[k]));
}

/**
 * Names of the parts that differ once `change` joins `given`, in order; a slot's
 * instance is only named where it differs apart from the environment's.
 */
export function changedParts(
  preset: Scenario,
  change: Readings,
  given: Readings = {},
): string[] {
  const before = fingerprint(preset, given);
  const after = fingerprint(preset, { ...given, ...change });
  const changed = new Set(
    [...before.keys()].filter((name) =>
      differ(before.get(name), after.get(name))
    ),
  );
  for (const name of changed) {
    if (name.startsWith("instance.")) changed.delete(`slot ${name}`);
  }
  return [...changed].sort();
}
