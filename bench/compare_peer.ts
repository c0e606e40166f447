/**
 * Whether the peers' NumPy environment and slot problem are ours: slots judged by
 * both.
 *
 * @module
 */

import { decodeAction } from "../lib/env/action.ts";
import { compareOutcome } from "../lib/env/compare_outcome.ts";
import { EdgeEnv } from "../lib/env/edge_env.ts";
import { evaluateSlot } from "../lib/env/evaluate_slot.ts";
import { outcomeToJson, parseSlots, slotToJson } from "../lib/env/slot_json.ts";
import { RandomStream } from "../lib/math/mod.ts";
import { PAPER_SCENARIO } from "../lib/scenario/scenario.ts";
import type { Peer } from "./peer.ts";

/** What a check comes to. */
export interface PeerComparison {
  /** Slots judged by both. */
  readonly slots: number;
  /** Every difference, as text; none if both agree to a relative 1e-9. */
  readonly differences: readonly string[];
}

interface Case {
  readonly name: string;
  readonly request: Record<string, unknown>;
  readonly expected: Record<string, unknown>;
  /** What an environment that the peer has of its own must give. */
  readonly own?: Record<string, unknown>;
}

/** What a peer makes of a slot. */
interface Answer {
  readonly outcome: Record<string, unknown>;
  /** The decoded action, where there is one; so are those that follow. */
  readonly decision?: Record<string, unknown>;
  /** G(t) of the action as the problem that pymoo searches. */
  readonly searched?: number;
  readonly observation?: readonly number[];
  /** What the peer's own environment makes of the action, where it has one. */
  readonly own?: Readonly<Record<string, unknown>>;
}

/** Observations as they are compared. */
function rounded(observation: Iterable<number>): string[] {
  // Both round to 32 bits what may differ in the last of 64.
  return Array.from(observation, (value) => value.toFixed(5));
}

/** Slots of a file, with the decisions that stand there. */
function slotCases(document: unknown, act: string): Case[] {
  const slots = parseSlots(document, act);
  const requests = Array.isArray(document) ? document : [document];
  return slots.map(({ name, instance, state, decision }, index) => ({
    name: name ?? `slot ${index}`,
    request: requests[index],
    expected: outcomeToJson(evaluateSlot(instance, state, decision)),
  }));
}

/** Slots of the paper's scenario with random actions to be decoded. */
function actionCases(count: number): Case[] {
  const env = new EdgeEnv(PAPER_SCENARIO);
  const stream = new RandomStream(0, "benchmark-actions");
  return Array.from({ length: count }, (_, index): Case => {
    const { observation } = env.reset(index);
    const slot = env.currentSlot;
    const { instance, state } = slot;
    const action = Float32Array.from(
      { length: env.actionSize },
      () => 2.2 * stream.uniform() - 1.1,
    );
    const decision = decodeAction(action, slot, PAPER_SCENARIO.assumptions);
    const outcome = evaluateSlot(instance, state, decision);
    const { reward, hitRate } = outcome;
    const seen = rounded(observation);
    return {
      name: `random action ${index}`,
      request: {
        ...slotToJson(slot),
        decision: {},
        action: Array.from(action),
      },
      expected: {
        ...outcomeToJson(outcome),
        ...outcomeToJson(decision),
        searched: outcome.objective,
        observation: seen,
      },
      own: { reward, hitRate, observation: seen },
    };
  });
}

function flatten(value: unknown): unknown {
  return Array.isArray(value) ? value.flat() : value;
}

/**
 * Has slots judged by ours and by a peer's environment.
 *
 * The constraints that a decision breaks are not compared: no step needs them.
 *
 * @param document Parsed JSON of a slot file.
 * @param act What the caller is doing, for the message if it is not valid.
 */
export async function comparePeer(
  peer: Peer,
  document: unknown,
  act: string,
): Promise<PeerComparison> {
  const cases = [...slotCases(document, act), ...actionCases(100)];
  const { answers } = await peer.ask({
    command: "judge",
    slots: cases.map(({ request }) => request),
  }) as { answers: Answer[] };
  const differences = cases.flatMap(({ name, expected, own }, index) => {
    const answer = answers[index];
    const { outcome, decision, searched, observation } = answer;
    const actual = Object.fromEntries(
      Object.entries({ ...outcome, ...decision })
        .map(([key, value]) => [key, flatten(value)]),
    );
    if (searched !== undefined) actual.searched = searched;
    if (observation !== undefined) actual.observation = rounded(observation);
    const { violations: _, ...compared } = expected;
    const all = compareOutcome(compared, actual);
    if (own !== undefined && answer.own !== undefined) {
      const seen = rounded(answer.own.observation as number[]);
      const different = compareOutcome(own, {
        ...answer.own,
        observation: seen,
      });
      all.push(...different.map(({ path, ...rest }) => ({
        path: `its own ${path}`,
        ...rest,
      })));
    }
    return all.map((difference) =>
      `${name}: ${difference.path} is ${
        JSON.stringify(difference.actual)
      }, expected ${JSON.stringify(difference.expected)}`
    );
  });
  return { slots: cases.length, differences };
}
