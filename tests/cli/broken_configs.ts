/**
 * Configs of sweeps with something wrong in them, each with the key or place that
 * the message must name.
 *
 * @module
 */

/** A text that is no valid config. */
export interface BrokenConfig {
  /** Content of the file. */
  readonly text: string;
  /** What the message must name. */
  readonly path: string;
}

const SOUND = {
  name: "sound",
  scenario: { extends: "small", parameters: { numUsers: 2 }, assumptions: {} },
  methods: ["td3"],
  seeds: "0-1",
  episodes: 4,
  grid: { users: [2] },
};

/** A sound config with changes; `undefined` removes a key. */
function changed(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...SOUND, ...changes });
}

function parameters(values: Record<string, unknown>): string {
  return changed({ scenario: { parameters: values }, grid: undefined });
}

function assumptions(values: Record<string, unknown>): string {
  return changed({ scenario: { assumptions: values } });
}

const CASES: readonly [text: string, path: string][] = [
  // Not JSON.
  ["", "the document"],
  ["{", "the document"],
  [changed({}).slice(0, -1), "the document"],
  [`${changed({})},`, "the document"],
  ["{'name': 'single quotes'}", "the document"],
  // Not an object.
  ["null", "the document"],
  ["[]", "the document"],
  ['"td3"', "the document"],
  // What must be there.
  [changed({ name: undefined }), "name"],
  [changed({ methods: undefined }), "methods"],
  [changed({ seeds: undefined }), "seeds"],
  // Misspelt keys.
  [
    changed({ method: ["td3"] }),
    "method must be a known key (nearest: methods)",
  ],
  [changed({ episode: 4 }), "episode must be a known key (nearest: episodes)"],
  [changed({ Engine: "wasm" }), "Engine must be a known key (nearest: engine)"],
  [changed({ grids: {} }), "grids must be a known key (nearest: grid)"],
  [
    changed({ grid: { user: [2] } }),
    "grid.user must be a known key (nearest: users)",
  ],
  [
    changed({ grid: { "td3.discont": [0] } }),
    'grid["td3.discont"] must be a known key (nearest: td3.discount)',
  ],
  [
    changed({ scenario: { extend: "small" } }),
    "scenario.extend must be a known key (nearest: extends)",
  ],
  [
    parameters({ numUser: 3 }),
    "scenario.parameters.numUser must be a known key (nearest: numUsers)",
  ],
  [
    assumptions({ bytunit: "binary" }),
    "scenario.assumptions.bytunit must be a known key (nearest: byteUnit)",
  ],
  // Values.
  [changed({ name: "" }), "name"],
  [changed({ name: "../out" }), "name"],
  [changed({ name: ".hidden" }), "name"],
  [changed({ name: 3 }), "name"],
  [changed({ name: "x".repeat(101) }), "name"],
  [changed({ title: 3 }), "title"],
  [changed({ methods: [] }), "methods"],
  [changed({ methods: "td3" }), "methods"],
  [changed({ methods: ["td3", "sac"] }), "methods[1]"],
  [changed({ methods: ["td3", "td3"] }), "methods"],
  [changed({ seeds: "" }), "seeds"],
  [changed({ seeds: "9-0" }), "seeds"],
  [changed({ seeds: "0-2,1" }), "seeds"],
  [changed({ seeds: [] }), "seeds"],
  [changed({ seeds: [0, -1] }), "seeds[1]"],
  [changed({ seeds: [0, 0] }), "seeds"],
  [changed({ seeds: [0.5] }), "seeds[0]"],
  [changed({ seeds: 3 }), "seeds"],
  [changed({ episodes: 0 }), "episodes"],
  [changed({ episodes: "800" }), "episodes"],
  [changed({ testEpisodes: 2.5 }), "testEpisodes"],
  [changed({ evaluateEvery: -1 }), "evaluateEvery"],
  [changed({ actionsPerPlan: null }), "actionsPerPlan"],
  [changed({ engine: "cuda" }), "engine"],
  [changed({ scenario: "papr" }), "scenario"],
  [changed({ scenario: ["paper"] }), "scenario"],
  [changed({ scenario: { extends: "papr" } }), "scenario.extends"],
  [parameters({ numUsers: 0 }), "scenario.parameters.numUsers"],
  [
    parameters({ inputMegabytes: [8, 4] }),
    "scenario.parameters.inputMegabytes",
  ],
  [
    parameters({ outputMegabytes: [[1, 2], [3, 4]] }),
    "scenario.parameters.outputMegabytes",
  ],
  [
    parameters({ popularityTransition: [[1, 0, 0], [0, 1, 0], [0, 0, 0.5]] }),
    "scenario.parameters.popularityTransition[2]",
  ],
  [assumptions({ discount: 0.5 }), "scenario.assumptions.discount"],
  [
    changed({ hyperparameters: { "td3.discount": 1.5 } }),
    'hyperparameters["td3.discount"]',
  ],
  [
    changed({ grid: { "td3.hiddenSizes": [[8, "8"]] } }),
    'grid["td3.hiddenSizes"][0][1]',
  ],
  [
    changed({ hyperparameters: { "ddpg.discount": 0.5 } }),
    'hyperparameters["ddpg.discount"]',
  ],
  [changed({ methods: [{ name: "mine" }] }), "methods[0].method"],
  [changed({ methods: [{ method: "td4" }] }), "methods[0].method"],
  [
    changed({
      methods: [{ method: "td3", hyperparameters: { discount: 3 } }],
    }),
    "hyperparameters.discount",
  ],
  [
    changed({ methods: ["td3", { method: "ddpg", name: "td3" }] }),
    "methods[1]",
  ],
  [changed({ parts: [{ part: "a" }, { part: "a" }] }), "parts"],
  [changed({ profiles: { quick: { episode: 3 } } }), "profiles.quick.episode"],
  [
    assumptions({ association: "farthest" }),
    "scenario.assumptions.association",
  ],
  [changed({ grid: [] }), "grid"],
  [changed({ grid: "users=5" }), "grid"],
  [changed({ grid: { users: 5 } }), "grid.users"],
  [changed({ grid: { users: [] } }), "grid.users"],
  [changed({ grid: { users: [5, 5] } }), "grid.users"],
  [changed({ grid: { users: [5, 0] } }), "grid.users[1]"],
  [
    changed({ grid: { "users": [5], "parameters.numUsers": [6] } }),
    'grid["parameters.numUsers"]',
  ],
  [changed({ grid: { engine: ["wasm", "cuda"] } }), "grid.engine[1]"],
  [
    changed({ grid: [{ users: [5] }, { "td3.discount": [0, 3] }] }),
    'grid[1]["td3.discount"][1]',
  ],
  [
    changed({ grid: { "parameters.popularityStates": [[0.2]] } }),
    "scenario.parameters.popularityTransition",
  ],
  [changed({ seeds: "0-99999", grid: { users: [1, 2] } }), "the document"],
];

/** Configs that people could write, wrong in a way each. */
export const BROKEN_CONFIGS: readonly BrokenConfig[] = CASES.map((
  [text, path],
) => ({ text, path }));
