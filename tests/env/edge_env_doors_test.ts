import { assertThrows } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

Deno.test("what no type checker sees in a cell is refused when the environment is made", () => {
  const { parameters } = SMALL_SCENARIO;
  const refused: [() => unknown, string][] = [
    [
      () =>
        new EdgeEnv({
          ...SMALL_SCENARIO,
          parameters: { ...parameters, numUsers: -3 },
        }),
      "scenario.parameters.numUsers must be a whole number from 1 to 1000000, got -3",
    ],
    [
      () => new EdgeEnv("small" as never),
      'scenario must be a scenario: an object with name, parameters, assumptions, got "small"',
    ],
    [
      () => new EdgeEnv(SMALL_SCENARIO, { spilt: "test" } as never),
      'options.spilt must be a known key (nearest: split), got "test"',
    ],
    [
      () => new EdgeEnv(SMALL_SCENARIO, { split: "tests" as never }),
      'options.split must be one of "train", "validation", "test", got "tests"',
    ],
    [
      () => new EdgeEnv(SMALL_SCENARIO, { instanceSeed: 1e10 }),
      "options.instanceSeed must be a whole number from 0 to 1000000000, got 10000000000",
    ],
  ];
  for (const [make, message] of refused) {
    assertThrows(
      make,
      InputError,
      `Cannot make the environment: ${message}`,
    );
  }
});

Deno.test("reset takes every seed that is exact, and no other value", () => {
  const env = new EdgeEnv(SMALL_SCENARIO);
  for (const seed of [0, 1e15 + 1, Number.MAX_SAFE_INTEGER]) env.reset(seed);
  const values: unknown[] = [-1, 0.5, NaN, 2 ** 53, "7", null, [7]];
  for (const seed of values) {
    assertThrows(
      () => env.reset(seed as number),
      InputError,
      "Cannot reset the environment: seed must be a whole number from 0 to 9007199254740991",
    );
  }
});
