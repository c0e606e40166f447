import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  parseTuneConfig,
  rungsOf,
  tuneJsonSchema,
} from "../../../lib/studies/tuning/config.ts";
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
    [
      { ...CONFIG, method: "pso" },
      'space["td3.tau"] must be a known key (nearest: *.tau)',
    ],
    [
      space({ "assumptions.tau": { uniform: [0, 1] } }),
      'space["assumptions.tau"] must be written "td3.tau" or "*.tau"',
    ],
    [{ ...CONFIG, metrik: 1 }, "metrik must be a known key (nearest: metric)"],
    [{ ...CONFIG, metric: "test" }, 'metric must be one of "objective"'],
    [{ ...CONFIG, name: "../x" }, "name must be a name of letters"],
    [{ ...CONFIG, seeds: "3-1" }, "seeds must be different seeds"],
    [{ ...CONFIG, scenario: "huge" }, "scenario must be a preset"],
    [{ ...CONFIG, searchSeed: 0.5 }, "searchSeed must be a whole number"],
    [space({}), "space must be an object of keys with"],
    [
      space({ "td3.tua": { uniform: [0, 1] } }),
      'space["td3.tua"] must be a known key (nearest: td3.tau)',
    ],
    [
      space({ episodes: { choice: [1] } }),
      "space.episodes must be a known key",
    ],
    [
      space({ "td3.tau": { uniform: [0, 2] } }),
      'space["td3.tau"].uniform[1] must be',
    ],
    [
      space({ "td3.hiddenSizes": { choice: [[8], [8, 0]] } }),
      'space["td3.hiddenSizes"].choice[1][1] must be a whole number',
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
      space({ "td3.tau": one }),
      'space["td3.tau"] must be an object with one of uniform, logUniform',
    ]),
    ...[[0.2, 0.1], [0.1], null, 1].map((one): [unknown, string] => [
      space({ "td3.tau": { uniform: one } }),
      'space["td3.tau"].uniform must be a pair [low, high]',
    ]),
    [
      space({ "td3.tau": { logUniform: [0, 0.1] } }),
      'space["td3.tau"].logUniform[0] must be a finite number above 0',
    ],
    [
      space({ "td3.batchSize": { integer: [-1e308, 1e308] } }),
      'space["td3.batchSize"].integer[0] must be a whole number',
    ],
    [
      space({ "td3.tau": { choice: [] } }),
      'space["td3.tau"].choice must be an array of at least 1 value',
    ],
    [
      space({ "td3.tau": { choice: [null] } }),
      'space["td3.tau"].choice[0] must be a finite number',
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
    const key of ["logUniform", "leastEpisodes", "metric"]
  ) {
    assert(schema.includes(`"${key}"`), key);
  }
});
