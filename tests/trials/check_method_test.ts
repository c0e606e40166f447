import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import {
  checkMethod,
  type CheckMethodOptions,
} from "../../lib/trials/check_method/check_method.ts";
import {
  CHECK_NAMES,
  type CheckName,
} from "../../lib/trials/check_method/findings.ts";
import { oddWorlds } from "../../lib/trials/check_method/worlds.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { parseScenario } from "../../lib/scenario/parse_scenario.ts";

function fileOf(name: string): string {
  return fileURLToPath(new URL(`./bad_methods/${name}.ts`, import.meta.url));
}

/** The first worlds: those on some edge. */
const FEW: CheckMethodOptions = { worlds: 24 };

/** All worlds that have a name, and a few random ones. */
const NAMED: CheckMethodOptions = { worlds: 70 };

/** Bad methods: the check that each fails, what it is told, and in which world. */
const BAD: Readonly<Record<string, [CheckName, RegExp, RegExp]>> = {
  infeasible: ["feasible", /^breaks 18e of Eq\. 18 in slot 0/, /^the small/],
  throws: [
    "feasible",
    /^throws RangeError: there is no second model \(.*throws\.ts:\d+:\d+\)$/,
    /^one model, seed 2: .*"numModels":1/,
  ],
  malformed: [
    "feasible",
    /decide must be a function that returns at once/,
    /./,
  ],
  quits: [
    "feasible",
    /^ends the process \(decide, slot 0\): exit code 0$/,
    /./,
  ],
  never_made: ["ends", /^has not ended after 3 s: create$/, /^the small/],
  unseeded: ["seeded", /^decides otherwise when it is made again/, /seed 0/],
  unseeded_process: ["seeded", /^decides otherwise in another process/, /seed/],
  forgets: [
    "restored",
    /^saved and restored after episode 1 of 8, it comes to another \w+\.csv/,
    /seed 0/,
  ],
  peeks_by_seed: ["sees", /^draws the test trace test\/0\/1\/0 /, /seed 0/],
  peeks_by_patch: ["sees", /^decides slot 0 otherwise when later/, /seed 0/],
  peeks_lagged: [
    "sees",
    /^decides slot 0 otherwise when the requests of slot 0/,
    /^requestVisibility lagged, seed \d+: /,
  ],
  endless: [
    "ends",
    /^has not ended after 3 s: decide, slot 0$/,
    /^one server, seed 3: .*"numServers":1/,
  ],
  endless_training: ["ends", /^train goes on after its last episode, 4$/, /./],
  leaks_file: ["disposes", /^leaves open what it has opened: fsFile$/, /./],
  leaks_error: ["disposes", /^ends the process .*too late/, /./],
  leaks_timer: ["disposes", /^keeps the process from ending: a timer/, /./],
  leaks_networks: ["disposes", /^leaves networks of its engine/, /./],
};

Deno.test("every bad method fails the check of its kind, and no other", async (t) => {
  for (const [name, [kind, message, world]] of Object.entries(BAD)) {
    await t.step(name, async () => {
      const options = {
        ...name === "peeks_lagged" ? NAMED : FEW,
        ...kind === "ends" ? { limitS: 3 } : {},
      };
      const { checks, passed } = await checkMethod(fileOf(name), options);
      assertEquals(passed, false);
      assertEquals(checks.map(({ name }) => name), [...CHECK_NAMES]);
      const failed = checks.filter(({ verdict }) => verdict === "failed");
      assertEquals(failed.map(({ name }) => name), [kind]);
      assertMatch(failed[0].message!, message);
      assertMatch(failed[0].world!, world);
      assert(failed[0].failures > 0 && failed[0].worlds > 0);
    });
  }
});

Deno.test("a rule that keeps its contract passes, and has nothing to restore", async () => {
  const { method, passed, checks } = await checkMethod(fileOf("sound"), FEW);
  assertEquals([method, passed], ["sound", true]);
  for (const { name, verdict, worlds } of checks) {
    assertEquals(verdict, name === "restored" ? "not judged" : "passed", name);
    if (verdict === "passed") assert(worlds > 0);
  }
});

Deno.test("a search is judged by what it sees if it plans slots, not if it plans episodes", async () => {
  const { checks } = await checkMethod("pso", {
    ...FEW,
    hyperparameters: { protocol: "per-slot" },
  });
  assertEquals(checks.filter(({ verdict }) => verdict === "failed"), []);
  const sees = checks.find(({ name }) => name === "sees");
  assertEquals([sees?.verdict, sees?.worlds], ["passed", 24]);
  const planning = (await checkMethod("pso", {
    ...FEW,
    hyperparameters: { protocol: "per-episode" },
  })).checks.find(({ name }) => name === "sees");
  assertEquals(planning?.verdict, "not judged");
});

Deno.test("what is no method, and options that are not valid, are refused", async () => {
  const refusals: [string, CheckMethodOptions, RegExp][] = [
    ["lfu", {}, /^Cannot find the method: it must be one of td3, /],
    ["./nowhere.ts", {}, /^Cannot load .*nowhere\.ts: /],
    [fileOf("../fixtures"), {}, /must have a method as its default export/],
    ["random", { worlds: 0 }, /options\.worlds must be a whole number from 1/],
    ["random", { limitS: -1 }, /options\.limitS must be a finite number from/],
    ["td3", { hyperparameters: { discount: 7 } }, /discount must be a finite/],
  ];
  for (const [method, options, pattern] of refusals) {
    const error = await assertRejects(
      () => checkMethod(method, options),
      InputError,
    );
    assertMatch(error.message, pattern);
  }
});

Deno.test("a check that is stopped ends at once, an endless loop notwithstanding", async () => {
  const controller = new AbortController();
  await assertRejects(
    () =>
      checkMethod(fileOf("endless"), {
        signal: controller.signal,
        onCheck: () => controller.abort(new Error("enough")),
      }),
    Error,
    "enough",
  );
});

Deno.test("there are hundreds of odd worlds, the same every time, each with a file that builds it", () => {
  const worlds = oddWorlds(300);
  assertEquals(oddWorlds(300), worlds);
  assertEquals(worlds.length, 300);
  for (const { file, scenario } of worlds) {
    assertEquals(parseScenario(JSON.parse(JSON.stringify(file))), scenario);
  }
  const names = worlds.map(({ name }) => name)
    .filter((name) => name !== "a random world");
  assertEquals(new Set(names).size, names.length);
  for (
    const name of ["one user", "one model", "nothing fits", "equal models"]
  ) assert(names.includes(name), name);
  const of = (seed: number) => oddWorlds(300, seed).at(-1)!.file;
  assert(JSON.stringify(of(1)) !== JSON.stringify(of(0)));
});
