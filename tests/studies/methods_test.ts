import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { isTraining } from "../../lib/trials/trial.ts";
import type { selectSweep } from "../../lib/studies/select.ts";
import { scoreRows } from "../../lib/studies/score_rows.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { LFU, PINK, textOfMethod, withPlace } from "../trials/copy_methods.ts";

/** Method and values of every trial. */
function shown({ sweep }: Awaited<ReturnType<typeof selectSweep>>) {
  return sweep.trials.map(({ method, values }) => [
    method,
    ...Object.values(values),
  ]);
}

/** A hyperparameter of every trial. */
function given(
  { sweep }: Awaited<ReturnType<typeof selectSweep>>,
  key: string,
) {
  return sweep.trials.map(({ method, config }) => [
    method,
    config.hyperparameters?.[key],
  ]);
}

Deno.test("a grid over a learner's hyperparameter runs nothing else again", async () => {
  await withPlace(async ({ select }) => {
    const grid = { "td3.discount": [0, 0.5, 0.99] };
    const all = await select({ methods: ["random", "pso", "td3"], grid });
    assertEquals(shown(all), [
      ["random", ""],
      ["pso", ""],
      ["td3", 0],
      ["td3", 0.5],
      ["td3", 0.99],
    ]);
    await assertRejects(
      () => select({ methods: ["random", "pso"], grid }),
      InputError,
      'grid["td3.discount"] must be a known key',
    );
  });
});

Deno.test("a grid over a search's hyperparameter shows one row a value", async () => {
  await withPlace(async ({ select }) => {
    const grid = { "pso.inertia": [0.5, 0.7, 0.9] };
    const study = await select({ methods: ["pso", "random"], grid });
    assertEquals(shown(study), [
      ["pso", 0.5],
      ["random", ""],
      ["pso", 0.7],
      ["pso", 0.9],
    ]);
    const rows = new Map(
      study.sweep.trials.map(({ id }, value) => [id, { value, violations: 0 }]),
    );
    const scores = scoreRows(study.sweep.trials, rows as never, "objective");
    assertEquals(scores.map(({ series, task }) => [series, task]), [
      ["PCRAS inertia=0.5", "all"],
      ["random", "all"],
      ["PCRAS inertia=0.7", "all"],
      ["PCRAS inertia=0.9", "all"],
    ]);
  });
});

Deno.test("a rule and a learner from files stand beside the project's methods", async () => {
  await withPlace(async ({ methods, select }) => {
    const { sweep } = await select({
      methods: [LFU, PINK, "td3", "pso", "optimum"],
      seeds: "0-2",
      grid: { "lfu.decay": [0.5, 0.9] },
    });
    assertEquals(sweep.columns, ["lfu.decay"]);
    assertEquals(sweep.trials.length, 3 * 6);
    const [lfu, pink, td3] = sweep.trials;
    assertEquals([lfu.method, lfu.label], ["lfu", "LFU"]);
    assertEquals(lfu.config.file?.path, `${methods}/lfu.ts`);
    assertEquals([pink.method, pink.label], ["td3-pink", "TD3, pink noise"]);
    assert(isTraining(pink.config) && pink.config.episodes === 4);
    assertEquals(td3.config.file, undefined);
  });
});

Deno.test("a key may name a method's file however its path is written", async () => {
  await withPlace(async ({ methods, select }) => {
    for (
      const before of [
        ...["lfu", "lfu.ts", "./lfu.ts", LFU, `${methods}/lfu.ts`],
      ]
    ) {
      const varied = await select({
        methods: [LFU, "random"],
        grid: { [`${before}.decay`]: [0.1, 0.2] },
      });
      assertEquals(varied.sweep.columns, ["lfu.decay"], before);
      assertEquals(shown(varied), [["lfu", 0.1], ["random", ""], ["lfu", 0.2]]);
      const fixed = await select({
        methods: [LFU],
        hyperparameters: { [`${before}.decay`]: 0.3 },
      });
      assertEquals(given(fixed, "decay"), [["lfu", 0.3]]);
      const set = await select({ methods: [LFU] }, {
        set: [`${before}.decay=0.1,0.2`],
      });
      assertEquals(shown(set), [["lfu", 0.1], ["lfu", 0.2]]);
    }
  });
});

Deno.test("of two files with one name, a key means the one that its path leads to", async () => {
  await withPlace(async ({ methods, select }) => {
    const text = (await textOfMethod("lfu.ts"))
      .replace('name: "lfu"', 'name: "other"')
      .replace('label: "LFU"', 'label: "Other"');
    await Deno.mkdir(`${methods}/b`);
    await Deno.writeTextFile(`${methods}/b/lfu.ts`, text);
    const study = (key: string) =>
      select({
        methods: [LFU, "../methods/b/lfu.ts"],
        grid: { [key]: [0.1, 0.2] },
      });
    assertEquals(shown(await study("../methods/b/lfu.ts.decay")), [
      ["lfu", ""],
      ["other", 0.1],
      ["other", 0.2],
    ]);
    assertEquals(shown(await study("../methods/lfu.ts.decay")), [
      ["lfu", 0.1],
      ["other", ""],
      ["lfu", 0.2],
    ]);
    await assertRejects(
      () => study("lfu.ts.decay"),
      InputError,
      'grid["lfu.ts.decay"] must be a known key',
    );
  });
});

Deno.test("a key of the world is the world's, whatever methods are called", async () => {
  await withPlace(async ({ select }) => {
    const methods = [
      { method: "td3", name: "user" },
      { method: "random", name: "see" },
    ];
    const study = await select({ methods, grid: { users: [2], seed: [7] } });
    assertEquals(
      study.sweep.trials.map(({ config }) => [
        config.scenario.parameters.numUsers,
        config.seed,
      ]),
      [[2, 7], [2, 7]],
    );
  });
});

Deno.test("a method with a name, a label and hyperparameters of its own is one of its own", async () => {
  await withPlace(async ({ select }) => {
    const slow = {
      method: "td3",
      name: "slow",
      label: "Slow TD3",
      hyperparameters: { discount: 0.5 },
    };
    const study = await select({
      methods: ["td3", slow, {
        method: LFU,
        name: "short",
        hyperparameters: {},
      }],
      grid: { "slow.tau": [0.1, 0.2], "short.decay": [0.3] },
    });
    assertEquals(given(study, "discount"), [
      ["td3", 0.99],
      ["slow", 0.5],
      ["short", undefined],
      ["slow", 0.5],
    ]);
    assertEquals(given(study, "tau").map(([, tau]) => tau), [
      ...[0.005, 0.1, undefined, 0.2],
    ]);
    assertEquals(
      study.sweep.trials.map(({ label }) => label),
      ["TD3", "Slow TD3", "short", "Slow TD3"],
    );
  });
});

Deno.test("what is given to every method goes to those that have it, unless one says otherwise", async () => {
  await withPlace(async ({ select }) => {
    const study = await select({
      methods: ["td3", "ddpg", PINK, "random"],
      hyperparameters: { "ddpg.tau": 0.2, "*.tau": 0.1 },
      grid: { "*.discount": [0.5, 0.7] },
    });
    assertEquals(shown(study), [
      ["td3", 0.5],
      ["ddpg", 0.5],
      ["td3-pink", 0.5],
      ["random", ""],
      ["td3", 0.7],
      ["ddpg", 0.7],
      ["td3-pink", 0.7],
    ]);
    assertEquals(given(study, "tau").slice(0, 4), [
      ["td3", 0.1],
      ["ddpg", 0.2],
      ["td3-pink", 0.1],
      ["random", undefined],
    ]);
  });
});

Deno.test("parts are joined, each with what it has otherwise", async () => {
  await withPlace(async ({ select }) => {
    const study = await select({
      methods: ["random"],
      hyperparameters: { "*.tau": 0.1 },
      parts: [
        { part: "users", grid: { users: [2, 4] } },
        {
          part: "own",
          methods: [LFU, "td3"],
          hyperparameters: { "td3.discount": 0.5, "./lfu.ts.decay": 0.2 },
        },
      ],
    });
    assertEquals(study.sweep.columns, ["part", "users"]);
    assertEquals(shown(study), [
      ["random", "users", 2],
      ["random", "users", 4],
      ["lfu", "own", 3],
      ["td3", "own", 3],
    ]);
    const { config } = study.sweep.trials[3];
    assertEquals(config.hyperparameters?.discount, 0.5);
    assertEquals(config.hyperparameters?.tau, 0.1);
    assertEquals(given(study, "decay")[2], ["lfu", 0.2]);
  });
});

Deno.test("a profile is laid over the study, and files of its methods are found", async () => {
  await withPlace(async ({ select }) => {
    const study = {
      profiles: {
        quick: { seeds: "5-6", episodes: 2, methods: ["td3", LFU] },
      },
    };
    const [whole] = (await select(study)).sweep.trials;
    assert(isTraining(whole.config) && whole.config.episodes === 4);
    const quick = (await select(study, { profile: "quick" })).sweep.trials;
    assertEquals(quick.map(({ method, config }) => [method, config.seed]), [
      ...[["td3", 5], ["lfu", 5], ["td3", 6], ["lfu", 6]],
    ]);
    assert(isTraining(quick[0].config) && quick[0].config.episodes === 2);
  });
});

Deno.test("a trial is of its method's file as that is: an edit makes it another, a move does not", async () => {
  await withPlace(async ({ methods, select }) => {
    const table = `${methods}/table.json`;
    const path = `${methods}/lfu.ts`;
    const text = await textOfMethod("lfu.ts") + "\n" +
      'JSON.parse(Deno.readTextFileSync(new URL("./table.json", import.meta.url)));\n';
    await Deno.writeTextFile(table, "1");
    await Deno.writeTextFile(path, text);
    const idOf = async (method: string) =>
      (await select({ methods: [method] })).sweep.trials[0].id;
    const first = await idOf(LFU);
    await Deno.writeTextFile(table, "2");
    const second = await idOf(LFU);
    await Deno.writeTextFile(path, `${text}// Edited.\n`);
    assertEquals(new Set([first, second, await idOf(LFU)]).size, 3);
    await Deno.writeTextFile(table, "1");
    await Deno.writeTextFile(path, text);
    assertEquals(await idOf(LFU), first);

    await Deno.mkdir(`${methods}/moved`);
    for (const name of ["lfu.ts", "table.json"]) {
      await Deno.rename(`${methods}/${name}`, `${methods}/moved/${name}`);
    }
    assertEquals(await idOf("../methods/moved/lfu.ts"), first);
    const other = await select({
      methods: ["../methods/moved/lfu.ts"],
      hyperparameters: { "lfu.decay": 0.1 },
    });
    assertNotEquals(other.sweep.trials[0].id, first);
  });
});
