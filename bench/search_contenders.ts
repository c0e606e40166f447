/**
 * Slots judged one by one, and searched: ours, and pymoo on the same problem.
 *
 * @module
 */

import { actionSize as sizeOf } from "../lib/env/action.ts";
import { PreparedSlot } from "../lib/env/prepared_slot.ts";
import { generateTrace } from "../lib/workload/trace.ts";
import { slotToJson } from "../lib/env/slot_json.ts";
import { RandomStream } from "../lib/math/mod.ts";
import type { Parameters } from "../lib/scenario/parameters.ts";
import { deriveScenario, PAPER_SCENARIO } from "../lib/scenario/scenario.ts";
import {
  createEdgeProblem,
  createSearch,
  DEFAULT_GA,
  DEFAULT_PSO,
  minimize,
} from "../lib/search/mod.ts";
import { type Contender, contenderHere } from "./contender.ts";
import type { Peers } from "./peer.ts";

/** Numbers of users of the rows that show growth. */
const USER_COUNTS = [10, 100, 1000, 10_000, 100_000];
/** Actions that take turns, unless they hold more components in all. */
const MAX_ACTIONS = 64;
const MAX_COMPONENTS = 2 ** 22;

const TRACE_KEY = { instanceSeed: 0, seed: 0 };

/** Random actions, decoded and evaluated in turns. */
function createEvaluation(parameters: Partial<Parameters>): () => void {
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: { ...parameters, slotsPerEpisode: 1 },
  });
  const [slot] = generateTrace(scenario, TRACE_KEY).slots;
  const { assumptions } = scenario;
  const prepared = new PreparedSlot(slot, { assumptions });
  const actionSize = sizeOf(scenario);
  const stream = new RandomStream(0, "benchmark-actions");
  const fitting = Math.floor(MAX_COMPONENTS / actionSize);
  const actions = Array.from(
    { length: Math.min(MAX_ACTIONS, Math.max(1, fitting)) },
    () => {
      const action = new Float32Array(actionSize);
      for (let k = 0; k < actionSize; k++) {
        action[k] = 2 * stream.uniform() - 1;
      }
      return action;
    },
  );
  let next = 0;
  return () => {
    prepared.objective(actions[next]);
    next = (next + 1) % actions.length;
  };
}

/**
 * Decoding an action and evaluating its slot: in the paper's scenario, and with
 * 100 servers, 1,000 models and more and more users.
 */
export function slotContenders(): Contender[] {
  const work = { unit: "evaluation", evaluations: 1 };
  const name = "slot/decode+evaluate";
  const { numUsers } = PAPER_SCENARIO.parameters;
  const large = { numServers: 100, numModels: 1000 };
  return [
    contenderHere(
      { ...work, name: `${name}/U=${numUsers}` },
      () => createEvaluation({}),
    ),
    ...USER_COUNTS.map((users) =>
      contenderHere(
        {
          ...work,
          name: `${name}/U=${users}/E=${large.numServers}/M=${large.numModels}`,
          users,
        },
        () => createEvaluation({ ...large, numUsers: users }),
      )
    ),
  ];
}

/** Searches of a slot of the paper's scenario with the ledger's budget. */
export function searchContenders(peers: Peers): Contender[] {
  const { actionsPerPlan: evaluations, populationSize } = DEFAULT_PSO;
  const generations = Math.ceil(evaluations / populationSize);
  const work = { unit: "search", evaluations };
  const [slot] = generateTrace(PAPER_SCENARIO, TRACE_KEY).slots;
  return (["pso", "ga"] as const).flatMap((algorithm) => [
    contenderHere({ ...work, name: `${algorithm}/lab` }, () => {
      const problem = createEdgeProblem(PAPER_SCENARIO, [slot]);
      let seed = 0;
      return () => {
        const search = createSearch(algorithm, problem, seed++, {
          generations,
        });
        minimize(problem, search, evaluations);
      };
    }),
    peers.contender(
      "pymoo",
      { ...work, name: `${algorithm}/pymoo` },
      (count) => ({
        command: "search",
        slot: slotToJson(slot),
        algorithm,
        options: {
          ...algorithm === "pso" ? DEFAULT_PSO : DEFAULT_GA,
          generations,
        },
        count,
      }),
    ),
  ]);
}
