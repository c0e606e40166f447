import { assertEquals, assertThrows } from "@std/assert";
import { checkDecision } from "../../lib/env/check_decision.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

/** U = 3, E = 2, M = 5, as in the small scenario. */
const SIZES = { numUsers: 3, numServers: 2, numModels: 5 };

function decision(changes: Record<string, unknown> = {}) {
  return {
    cache: new Float64Array(10),
    bandwidthShare: new Float64Array(6).fill(0.25),
    computeShare: new Float64Array(6).fill(0.25),
    server: Int32Array.of(0, 1, 0),
    ...changes,
  };
}

/** A matrix of zeros but for one entry. */
function matrix(length: number, at: number, value: number): Float64Array {
  const values = new Float64Array(length);
  values[at] = value;
  return values;
}

const REFUSED: readonly [unknown, string][] = [
  [undefined, "the decision must be an object with cache, bandwidthShare"],
  [7, "the decision must be an object with cache"],
  [
    [0.5, 0.5],
    "the decision must be an object with cache, bandwidthShare, computeShare, server, got [0.5,0.5]",
  ],
  [
    decision({ sever: Int32Array.of(0, 0, 0) }),
    "decision.sever must be a known key (nearest: server), got an array of 3",
  ],
  [
    decision({ cache: Array(10).fill(0) }),
    "decision.cache must be a Float64Array of 10 numbers, [2][5] (servers, models), got an array of 10",
  ],
  [
    decision({ cache: new Float64Array(9) }),
    "decision.cache must be a Float64Array of 10 numbers, [2][5] (servers, models), got an array of 9",
  ],
  [
    decision({ cache: matrix(10, 7, -1) }),
    "decision.cache[1][2] must be a finite number from 0 to 1e+30, got -1",
  ],
  [
    decision({ bandwidthShare: new Float32Array(6) }),
    "decision.bandwidthShare must be a Float64Array of 6 numbers, [2][3] (servers, users), got an array of 6",
  ],
  [
    decision({ bandwidthShare: matrix(6, 5, NaN) }),
    "decision.bandwidthShare[1][2] must be a finite number from -1e+30 to 1e+30, got NaN",
  ],
  [
    decision({ computeShare: matrix(6, 0, Infinity) }),
    "decision.computeShare[0][0] must be a finite number from -1e+30 to 1e+30, got Infinity",
  ],
  [
    decision({ server: [0, 0, 0] }),
    "decision.server must be an Int32Array of 3 servers, one per user, got an array of 3",
  ],
  [
    decision({ server: Int32Array.of(0, 99, 0) }),
    "decision.server[1] must be a server from 0 to 1, got 99",
  ],
  [
    decision({ server: Int32Array.of(0, 0, -1) }),
    "decision.server[2] must be a server from 0 to 1, got -1",
  ],
];

Deno.test("a decision of the wrong form is refused by its first wrong entry", () => {
  const env = new EdgeEnv(SMALL_SCENARIO);
  env.reset(0);
  for (const [value, message] of REFUSED) {
    assertThrows(
      () => env.stepDecision(value as ReturnType<typeof decision>),
      InputError,
      `Cannot step: ${message}`,
    );
  }
  // Nothing was played.
  assertEquals(env.view.slot, 0);
});

Deno.test("a decision that breaks constraints has the right form all the same", () => {
  const values = [
    decision(),
    decision({ cache: matrix(10, 3, 0.5) }),
    decision({ computeShare: new Float64Array(6).fill(100) }),
    decision({ bandwidthShare: matrix(6, 1, -0.5) }),
  ];
  for (const value of values) {
    assertEquals(checkDecision(value, SIZES, "step"), value);
  }
});
