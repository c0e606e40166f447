import { assertEquals, assertRejects } from "@std/assert";
import type { SelectSweepOptions } from "../../lib/studies/select.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { LFU, withPlace } from "../trials/copy_methods.ts";

Deno.test("whatever is wrong with methods and their keys is told in one line", async () => {
  const twice = "must be called otherwise than the others";
  const cases: [object, string, SelectSweepOptions?][] = [
    [{ methods: ["td3", "td3"] }, "methods must be an array of different"],
    [{ methods: [7] }, "methods[0] must be an object with method, name"],
    [{ methods: [{}] }, "methods[0].method must be one of"],
    [
      { methods: [{ method: "td3", nam: "x" }] },
      'methods[0].nam must be a known key (nearest: name), got "x"',
    ],
    [
      { methods: [{ method: "td3", name: "a b" }] },
      "methods[0].name must be a name of letters",
    ],
    [
      { methods: [{ method: "td3", label: "" }] },
      "methods[0].label must be a text of at least 1 character",
    ],
    [{ methods: ["sac"] }, 'methods[0] must be one of "td3", "ddpg"'],
    [
      { methods: ["td3", { method: "td3", hyperparameters: { tau: 0.1 } }] },
      `methods[1] ${twice}`,
    ],
    [{ methods: [LFU, { method: "td3", name: "lfu" }] }, `methods[1] ${twice}`],
    [
      { methods: [{ method: "td3", name: "parameters" }] },
      `methods[0] ${twice}`,
    ],
    [
      { methods: ["td3", { method: "ddpg", name: "mine", label: "TD3" }] },
      'methods[1] must have a label of its own (an object with method and label gives it one), got "TD3"',
    ],
    [
      { methods: [{ method: "td3", hyperparameters: { discont: 0.5 } }] },
      "hyperparameters.discont must be a known key (nearest: discount)",
    ],
    [
      { methods: [{ method: LFU, hyperparameters: { decay: 2 } }] },
      "hyperparameters.decay must be a finite number from 0 to 1, got 2",
    ],
    [
      { methods: ["../methods/none.ts"] },
      "/methods/none.ts must be a file, got none",
    ],
    [
      { methods: [LFU], grid: { "lfu.decy": [0.1] } },
      'grid["lfu.decy"] must be a known key (nearest: lfu.decay)',
    ],
    [
      { methods: [LFU], grid: { "lfu.decay": [0.1, 2] } },
      'grid["lfu.decay"][1] must be a finite number from 0 to 1, got 2',
    ],
    [
      { methods: [LFU], grid: { lfux: [0.1] } },
      "grid.lfux must be a known key",
    ],
    [
      {
        methods: [LFU, { method: LFU, name: "slow" }],
        grid: { "./lfu.ts.decay": [0.1, 0.2] },
      },
      'grid["./lfu.ts.decay"] must be a known key (nearest: lfu.decay)',
    ],
    [
      { grid: { "assumptions.discount": [0, 0.5] } },
      'grid["assumptions.discount"] must be written "td3.discount" or "*.discount"',
    ],
    [
      { methods: ["pso"], grid: { "assumptions.psoInertia": [0.5] } },
      'grid["assumptions.psoInertia"] must be written "pso.inertia" or "*.inertia"',
    ],
    [
      { methods: ["random"], grid: { "assumptions.discount": [0] } },
      'grid["assumptions.discount"] must be left out: it belongs to methods that are not in the study, as "td3.discount" would',
    ],
    [
      { hyperparameters: { "assumptions.tau": 0.1 } },
      'hyperparameters["assumptions.tau"] must be written "td3.tau"',
    ],
    [
      { hyperparameters: { "td3.discont": 1 } },
      'hyperparameters["td3.discont"] must be a known key (nearest: td3.discount)',
    ],
    [
      { scenario: { assumptions: { discount: 1 } } },
      "scenario.assumptions.discount must be given to a method, as its hyperparameter discount",
    ],
    [
      { parts: [{ part: "a" }, { part: "a" }] },
      "parts must be an array of parts with different names",
    ],
    [
      { parts: [{ part: "a", grid: { "td3.discount": [2] } }] },
      'parts[0].grid["td3.discount"][0] must be a finite number from 0 to 1',
    ],
    [{}, "--profile must be left out: mine has none", { profile: "quick" }],
    ...["fast", "constructor"].map((
      profile,
    ): [object, string, SelectSweepOptions] => [
      { profiles: { quick: {} } },
      `--profile must be one of quick, got ${profile}`,
      { profile },
    ]),
    [
      { methods: [LFU] },
      "lfu.decy must be a known key (nearest: lfu.decay), got 0.1",
      { set: ["lfu.decy=0.1"] },
    ],
    ...["constructor", "__proto__", "lfu.constructor"].map((
      key,
    ): [object, string, SelectSweepOptions] => [
      { methods: [LFU] },
      `${key} must be a known key`,
      { set: [`${key}=1`] },
    ]),
  ];
  await withPlace(async ({ select }) => {
    for (const [changes, message, options] of cases) {
      const error = await assertRejects(
        () => select(changes, options),
        InputError,
        message,
      );
      assertEquals(error.message.split("\n").length, 1);
    }
  });
});
