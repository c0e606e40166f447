import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  FIG04,
  FIG05,
  FIG06_07,
  paperTrials,
} from "../../lib/studies/paper/registry.ts";
import {
  parseSweepConfig,
  type SweepConfig,
} from "../../lib/studies/config.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import { SETTING_SCHEMAS } from "../../lib/trials/trial_settings.ts";
import { overrideSweep } from "../../lib/studies/overrides.ts";
import { isTraining, trialId } from "../../lib/trials/trial.ts";
import { listSweepConfigs, selectSweep } from "../../lib/studies/select.ts";
import { LEDGER } from "../../lib/scenario/assumptions.ts";
import { PARAMETERS } from "../../lib/scenario/parameters.ts";
import { InputError } from "../../lib/input/input_error.ts";

const CONFIG: SweepConfig = {
  name: "mine",
  scenario: "small",
  methods: ["td3"],
  seeds: [4],
};

function expand(changes: Partial<SweepConfig>) {
  return expandSweep(
    parseSweepConfig({ ...CONFIG, ...changes }, "read it"),
    "read it",
  );
}

Deno.test("the configs of the paper's figures are the registry's trials", async () => {
  const expected = {
    fig04: paperTrials(FIG04, "paper"),
    fig05: paperTrials(FIG05, "paper"),
    fig06_07: paperTrials(FIG06_07, "paper"),
  };
  for (const [name, trials] of Object.entries(expected)) {
    const { sweep } = await selectSweep(name);
    assertEquals(
      sweep.trials.map(({ id }) => id).sort(),
      trials.map(({ id }) => id).sort(),
    );
  }
});

Deno.test("every config that comes with the project is named as its file", async () => {
  const names = await listSweepConfigs();
  assert(names.includes("smoke"));
  for (const name of names) {
    const { config, sweep } = await selectSweep(name);
    assertEquals(config.name, name);
    assert(sweep.trials.length > 0);
  }
});

Deno.test("Fig. 4 is the four pairs of learning rates that Section 5.2.1 names", async () => {
  const { sweep } = await selectSweep("fig04");
  const pairs = sweep.trials.filter(({ config }) => config.seed === 0)
    .map(({ values }) => values);
  assertEquals(pairs, [
    { "td3.actorLearningRate": 1e-5, "td3.criticLearningRate": 1e-3 },
    { "td3.actorLearningRate": 1e-5, "td3.criticLearningRate": 6e-4 },
    { "td3.actorLearningRate": 1e-5, "td3.criticLearningRate": 8e-4 },
    { "td3.actorLearningRate": 2e-5, "td3.criticLearningRate": 1e-3 },
  ]);
});

Deno.test("trials are every method with every seed in every cell of the grid", () => {
  const sweep = expand({
    methods: ["td3", "random"],
    seeds: "0-1",
    grid: { users: [2, 3], "td3.discount": [0, 0.9] },
  });
  assertEquals(sweep.columns, ["users", "td3.discount"]);
  // The discount is no business of random's.
  assertEquals(sweep.trials.length, 2 * 2 * 2 + 2 * 2);
  assertEquals(
    sweep.trials.slice(0, 5).map(({ config, values }) => [
      ...[config.method, config.seed],
      ...[values.users, values["td3.discount"]],
    ]),
    [
      ["td3", 0, 2, 0],
      ["random", 0, 2, ""],
      ["td3", 1, 2, 0],
      ["random", 1, 2, ""],
      ["td3", 0, 2, 0.9],
    ],
  );
  for (const { id, config } of sweep.trials) assertEquals(id, trialId(config));
});

Deno.test("no two keys of a grid have the same last part", () => {
  const last = [
    ...Object.keys(PARAMETERS),
    ...Object.keys(LEDGER),
    ...Object.keys(SETTING_SCHEMAS),
    "scenario",
    "users",
  ];
  assertEquals(new Set(last).size, last.length);
});

Deno.test("a hyperparameter's column is named with its method, and empty for others", () => {
  const sweep = expand({
    methods: ["td3", "random"],
    grid: { "td3.tau": [0.01, 0.1] },
  });
  assertEquals(sweep.columns, ["td3.tau"]);
  assertEquals(
    sweep.trials.map(({ method, values }) => [method, values["td3.tau"]]),
    [["td3", 0.01], ["random", ""], ["td3", 0.1]],
  );
});

Deno.test("a column is what really varies, and is told of grids that leave it out", () => {
  const sweep = expand({
    grid: [{ users: [2], testEpisodes: [7] }, { testEpisodes: [7] }],
  });
  assertEquals(sweep.columns, ["users"]);
  assertEquals(sweep.trials.map(({ values }) => values.users), [2, 3]);
});

Deno.test("a method that a setting does not touch has one trial for all its values", () => {
  const sweep = expand({
    methods: ["td3", "pso", "random"],
    grid: { episodes: [10, 20], actionsPerPlan: [50, 60] },
  });
  assertEquals(
    sweep.trials.map(({ config, values }) => [config.method, values]),
    [
      ["td3", { episodes: 10, actionsPerPlan: "" }],
      ["pso", { episodes: "", actionsPerPlan: 50 }],
      ["random", { episodes: "", actionsPerPlan: "" }],
      ["pso", { episodes: "", actionsPerPlan: 60 }],
      ["td3", { episodes: 20, actionsPerPlan: "" }],
    ],
  );
});

Deno.test("a value that is a list stands in its column as JSON", () => {
  const sweep = expand({ grid: { "td3.hiddenSizes": [[8], [8, 4]] } });
  assertEquals(sweep.trials.map(({ values }) => values["td3.hiddenSizes"]), [
    "[8]",
    "[8,4]",
  ]);
});

Deno.test("presets can vary, under what the config says of each", () => {
  const sweep = expand({
    scenario: { name: "mine", parameters: { numUsers: 2 } },
    grid: { scenario: ["paper", "small"] },
  });
  assertEquals(
    sweep.trials.map(({ config, values }) => [
      values.scenario,
      config.scenario.parameters.numUsers,
      config.scenario.parameters.numModels,
    ]),
    [["paper", 2, 20], ["small", 2, 5]],
  );
});

Deno.test("settings that are left out follow the scenario", () => {
  const [{ config }] = expand({
    scenario: { extends: "small", parameters: { numEpisodes: 60 } },
  }).trials;
  assert(isTraining(config));
  assertEquals(config.episodes, 60);
  assertEquals(config.evaluateEvery, 5);
  assertEquals(config.engine, "wasm");
});

Deno.test("values that do not go together and too many trials are refused", () => {
  const rows = [[1, 0, 0], [0, 1, 0], [0, 0, 0.5]];
  assertThrows(
    () => expand({ grid: { "parameters.popularityTransition": [rows] } }),
    InputError,
    "Cannot read it: scenario.parameters.popularityTransition[2] must be probabilities that sum to 1, not 0.5",
  );
  assertThrows(
    () => expand({ seeds: "1-99999", grid: { users: [1, 2] } }),
    InputError,
    "must be of at most 100000 trials, got 199998",
  );
});

Deno.test("what is set replaces what the config says, in every grid", () => {
  const config = parseSweepConfig({
    ...CONFIG,
    grid: [{ "parameters.numUsers": [2] }, { "td3.discount": [0.5] }],
  }, "read it");
  const set = overrideSweep(config, {
    set: ["users=3,2", "td3.endOfEpisode=masked,continuing"],
    seeds: "8-9",
    methods: "td3,optimum",
  });
  assertEquals(set.grid, [
    { users: [3, 2], "td3.endOfEpisode": ["masked", "continuing"] },
    {
      "td3.discount": [0.5],
      users: [3, 2],
      "td3.endOfEpisode": ["masked", "continuing"],
    },
  ]);
  const sweep = expandSweep(set, "expand it");
  assertEquals(sweep.columns, [
    "users",
    "td3.endOfEpisode",
    "td3.discount",
  ]);
  assertEquals(sweep.trials.length, 2 * 2 * 2 * 2 + 2 * 2);
});

Deno.test("values of --set are JSON or words", () => {
  const gridOf = (text: string) => overrideSweep(CONFIG, { set: [text] }).grid;
  assertEquals(gridOf("engine=tfjs"), [{ engine: ["tfjs"] }]);
  assertEquals(gridOf("td3.hiddenSizes=[4,4],[8]"), [
    { "td3.hiddenSizes": [[4, 4], [8]] },
  ]);
  assertEquals(gridOf("td3.actorLearningRate=1e-5"), [
    { "td3.actorLearningRate": [1e-5] },
  ]);
});

Deno.test("what the command line gets wrong is told in a line", () => {
  const cases: [Parameters<typeof overrideSweep>[1], string][] = [
    [{ set: ["users"] }, "--set users: it must be"],
    [{ set: ["user=3"] }, "user must be a known key (nearest: users), got 3"],
    [
      { set: ["users=5,x"] },
      'users[1] must be a whole number from 1 to 1000000, got "x"',
    ],
    [{ set: ["users="] }, "users must be an array of at least 1 value"],
    [{ set: ["users=5,5"] }, "users must be an array of different values"],
    [
      { set: ["td3.discount=0,3"] },
      "--set td3.discount=0,3: td3.discount[1] must be a finite number from 0 to 1, got 3",
    ],
    [{ seeds: "9-0" }, "Cannot read --seeds: seeds must be different seeds"],
    [
      { methods: "td3,sac" },
      "Cannot read --methods: methods[1] must be one of",
    ],
  ];
  for (const [overrides, message] of cases) {
    assertThrows(() => overrideSweep(CONFIG, overrides), InputError, message);
  }
});
