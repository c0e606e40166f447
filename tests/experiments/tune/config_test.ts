import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  parseTuneConfig,
  rungsOf,
  tuneJsonSchema,
} from "../../../lib/experiments/tune/config.ts";
import { InputError } from "../../../lib/input/input_error.ts";
import { CONFIG } from "./fixtures.ts";

Deno.test("a valid config is read as it stands", () => {
  assertEquals(parseTuneConfig(CONFIG, "read it"), CONFIG);
});

Deno.test("η is 3 where the config does not say it", () => {
  assertEquals(rungsOf(CONFIG).map(({ count }) => count), [9, 3, 1]);
  assertEquals(
    rungsOf({ search: { random: { configs: 4, episodes: 7 } } }),
    [{ count: 4, episodes: 7 }],
  );
});

Deno.test("whatever is wrong is told by its place", () => {
  const space = (dimensions: unknown) => ({ ...CONFIG, space: dimensions });
  const search = (value: unknown) => ({ ...CONFIG, search: value });
  const cases: [unknown, string][] = [
    [null, "the document must be an object with name, method, seeds"],
    [{ ...CONFIG, method: "ppo" }, 'method must be one of "td3", "ddpg"'],
    [{ ...CONFIG, method: "pso" }, 'method must be one of "td3", "ddpg"'],
    [{ ...CONFIG, metrik: 1 }, "metrik must be a known key (nearest: metric)"],
    [{ ...CONFIG, metric: "test" }, 'metric must be one of "objective"'],
    [{ ...CONFIG, name: "../x" }, "name must be a name of letters"],
    [{ ...CONFIG, seeds: "3-1" }, "seeds must be different seeds"],
    [{ ...CONFIG, scenario: "huge" }, "scenario must be a preset"],
    [{ ...CONFIG, searchSeed: 0.5 }, "searchSeed must be a whole number"],
    [space({}), "space must be an object of keys with"],
    [
      space({ "assumptions.tua": { uniform: [0, 1] } }),
      'space["assumptions.tua"] must be a known key (nearest: assumptions.tau)',
    ],
    [
      space({ episodes: { choice: [1] } }),
      "space.episodes must be a known key",
    ],
    [
      space({ "assumptions.tau": { uniform: [0, 2] } }),
      'space["assumptions.tau"].uniform[1] must be',
    ],
    [
      space({ "assumptions.hiddenSizes": { choice: [[8], [8, 0]] } }),
      'space["assumptions.hiddenSizes"].choice[1][1] must be a whole number',
    ],
    [
      space({
        users: { integer: [1, 2] },
        "parameters.numUsers": { choice: [3] },
      }),
      'space["parameters.numUsers"] must be left out beside users',
    ],
    ...[{}, [], null, 7, { uniform: [0, 1], choice: [1] }].map((
      one,
    ): [unknown, string] => [
      space({ "assumptions.tau": one }),
      'space["assumptions.tau"] must be an object with one of uniform, logUniform',
    ]),
    ...[[0.2, 0.1], [0.1], null, 1].map((one): [unknown, string] => [
      space({ "assumptions.tau": { uniform: one } }),
      'space["assumptions.tau"].uniform must be a pair [low, high]',
    ]),
    [
      space({ "assumptions.tau": { logUniform: [0, 0.1] } }),
      'space["assumptions.tau"].logUniform[0] must be a finite number above 0',
    ],
    [
      space({ "assumptions.batchSize": { integer: [-1e308, 1e308] } }),
      'space["assumptions.batchSize"].integer[0] must be a whole number',
    ],
    [
      space({ "assumptions.tau": { choice: [] } }),
      'space["assumptions.tau"].choice must be an array of at least 1 value',
    ],
    [
      space({ "assumptions.tau": { choice: [null] } }),
      'space["assumptions.tau"].choice[0] must be a finite number',
    ],
    [
      search({ random: { configs: 0, episodes: 2 } }),
      "search.random.configs must be a whole number from 2",
    ],
    [
      search({ random: { configs: 2, episodes: 0 } }),
      "search.random.episodes must be a whole number from 1",
    ],
    [
      search({ halving: { configs: 9, episodes: 9, leastEpisodes: 10 } }),
      "search.halving.leastEpisodes must be at most episodes, 9, got 10",
    ],
    [
      search({ halving: { configs: 9, episodes: 9, leastEpisodes: 0 } }),
      "search.halving.leastEpisodes must be a whole number from 1",
    ],
    [
      search({
        halving: { configs: 9, episodes: 9, leastEpisodes: 1, eta: 1 },
      }),
      "search.halving.eta must be a whole number from 2",
    ],
    [search({}), "search must be an object with random or halving"],
    [search({ grid: {} }), "search.grid must be a known key"],
    [
      search({ random: { configs: 1, episodes: 9 } }),
      "search.random.configs must be a whole number from 2 to 10000, got 1",
    ],
    [
      search({ random: { configs: 4 } }),
      "search.random.episodes must be a whole number from 1",
    ],
    [
      search({ halving: { configs: 8, episodes: 90, leastEpisodes: 10 } }),
      "search.halving.configs must be at least 9 for 3 rungs, got 8",
    ],
    [
      search({
        halving: { configs: 9, episodes: 9, leastEpisodes: 1, eta: 1 },
      }),
      "search.halving.eta must be a whole number from 2 to 10, got 1",
    ],
  ];
  for (const [value, message] of cases) {
    assertThrows(
      () => parseTuneConfig(value, "read rates.json"),
      InputError,
      `Cannot read rates.json: ${message}`,
    );
  }
});

Deno.test("the JSON Schema knows every key", () => {
  const schema = JSON.stringify(tuneJsonSchema());
  for (
    const key of ["assumptions.tau", "logUniform", "leastEpisodes", "metric"]
  ) {
    assert(schema.includes(`"${key}"`), key);
  }
});
