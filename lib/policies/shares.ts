/**
 * From caches to a decision: association and shares.
 *
 * @module
 */

import { associateToCaches } from "../env/association.ts";
import { isCached } from "../env/caching.ts";
import type { SlotView } from "../env/decider.ts";
import type { Decision } from "../env/slot.ts";
import { parseInput } from "../input/input_error.ts";
import { choiceSchema } from "../input/schema.ts";
import type { Assumptions } from "../scenario/assumptions.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import {
  prepareAlone,
  type ServerProblem,
  serverProblem,
} from "../optimum/server_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
import { inProportion } from "../env/valid_shares.ts";

/**
 * How a server divides its bandwidth and GPUs:
 *
 * - `equal`: the same for each user; GPUs for those whom the ledger's
 *   `computeShareAmong` names;
 * - `square-root`: in proportion to the square root of the time that the upload or,
 *   for hits, the inference would take on the whole server;
 * - `best`: the shares of least Σ T_i without waits, GPUs for hits alone.
 */
export type ShareRule = "equal" | "square-root" | "best";

const RULE = choiceSchema(["equal", "square-root", "best"]);

/** α of a server's users. */
function bandwidthShares(
  problem: ServerProblem,
  rule: ShareRule,
): Float64Array {
  const count = problem.users.length;
  const equal = new Float64Array(count).fill(1);
  if (rule === "best") {
    const solver = new UplinkSolver(problem.uplink);
    solver.solve(equal);
    return solver.share;
  }
  if (rule === "equal") return inProportion(equal);
  return inProportion(
    problem.uplink.fullShareS.map((timeS) =>
      timeS < Infinity ? Math.sqrt(timeS) : 0
    ),
  );
}

/** ℓ of a server's users. */
function computeShares(
  problem: ServerProblem,
  hit: Uint8Array,
  rule: ShareRule,
  among: Assumptions["computeShareAmong"],
): Float64Array {
  if (rule === "equal") {
    return inProportion(
      among === "hits"
        ? Float64Array.from(hit)
        : new Float64Array(hit.length).fill(1),
    );
  }
  const share = new Float64Array(hit.length);
  squareRootShares(
    problem.edgeInferenceS,
    hit,
    rule === "best" ? problem.shareFloor : 0,
    share,
  );
  return share;
}

/**
 * The decision with given caches.
 *
 * Users are associated as the ledger says: the slot's servers, or under
 * `cached-anywhere` the nearest one that caches their model. Under lagged
 * visibility nobody knows who will hit or what is sent, so that bandwidth and GPUs
 * are divided equally among all users of a server, whatever the rule. (Where the
 * ledger's `shareTiming` is `after-requests`, nobody reads these shares.)
 *
 * @param view The slot.
 * @param cache β, `[E][M]`.
 * @param rule How to divide.
 * @throws {InputError} If there is no such rule.
 */
export function decisionFor(
  view: Pick<SlotView, "scenario" | "visible">,
  cache: Float64Array,
  rule: ShareRule,
): Decision {
  parseInput(RULE, rule, { act: "share", path: ["rule"] });
  const { scenario: { assumptions }, visible } = view;
  const { instance, state } = visible;
  const { numUsers, numServers, numModels } = instance;
  const server = assumptions.association === "cached-anywhere"
    ? associateToCaches(visible, cache)
    : visible.server;
  const slot = prepareAlone({ ...view, visible: { ...visible, server } });
  const bandwidthShare = new Float64Array(numServers * numUsers);
  const computeShare = new Float64Array(numServers * numUsers);
  for (let j = 0; j < numServers; j++) {
    const fill = (
      matrix: Float64Array,
      users: Int32Array,
      share: (k: number) => number,
    ) => users.forEach((user, k) => matrix[j * numUsers + user] = share(k));
    if (assumptions.requestVisibility === "lagged") {
      const users = slot.links.usersOf(j);
      fill(bandwidthShare, users, () => 1 / users.length);
      fill(computeShare, users, () => 1 / users.length);
      continue;
    }
    const problem = serverProblem(slot, j);
    const hit = Uint8Array.from(
      problem.users,
      (user) =>
        isCached(cache, numModels, j, state.requestedModel[user]) ? 1 : 0,
    );
    const bandwidth = bandwidthShares(problem, rule);
    const compute = computeShares(
      problem,
      hit,
      rule,
      assumptions.computeShareAmong,
    );
    fill(bandwidthShare, problem.users, (k) => bandwidth[k]);
    fill(computeShare, problem.users, (k) => compute[k]);
  }
  return { cache, bandwidthShare, computeShare, server };
}
