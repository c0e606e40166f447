import { assert, assertEquals, assertThrows } from "@std/assert";
import { TD3_LEDGER } from "../../lib/agents/ledger.ts";
import {
  ACTION_LEDGER,
  DEFAULT_CHOICES,
  OBSERVATION_LEDGER,
} from "../../lib/env/choices.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { DEFAULT_STUDY, STUDY_LEDGER } from "../../lib/studies/ledger.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { findMethod, METHODS } from "../../lib/methods/registry.ts";
import { LEDGER } from "../../lib/scenario/assumptions.ts";
import type { LedgerEntry } from "../../lib/input/ledger_entry.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { GA_LEDGER, PSO_LEDGER } from "../../lib/search/ledger.ts";
import { changedParts, type Readings } from "./fingerprint.ts";
import { SWITCHES } from "./switches.ts";

/** Presets that differ in readings: what is switched is what they do not have. */
const PRESETS = [BALANCED_SCENARIO, PAPER_SCENARIO] as const;

/** What a preset has of a reading, and a door or a study without a word on it. */
function presentIn(preset: Scenario): Readings {
  return { ...DEFAULT_CHOICES, ...DEFAULT_STUDY, ...preset.assumptions };
}

/** The ledgers of worlds, doors and studies. */
const OF_READINGS: Readonly<Record<string, LedgerEntry>> = {
  ...LEDGER,
  ...OBSERVATION_LEDGER,
  ...ACTION_LEDGER,
  ...STUDY_LEDGER,
};

/** The ledgers of learners and searches, which no environment reads. */
const OF_METHODS: Readonly<Record<string, LedgerEntry>> = {
  ...TD3_LEDGER,
  ...PSO_LEDGER,
  ...GA_LEDGER,
  ...findMethod("sampled-plan").hyperparameters,
};

for (const preset of PRESETS) {
  const present = presentIn(preset);
  for (const { change, given, changes, waitsAsBefore } of SWITCHES) {
    const [[key, value]] = Object.entries(change);
    if (present[key as keyof Readings] === value) continue;
    const under = given === undefined ? "" : ` under ${JSON.stringify(given)}`;
    Deno.test(`${preset.name}: switching ${JSON.stringify(change)}${under} changes what it should`, () => {
      const expected = new Set(changes);
      if (preset === PAPER_SCENARIO && waitsAsBefore) {
        expected.delete("outcome.waitTimeS");
      }
      assertEquals(changedParts(preset, change, given), [...expected].sort());
    });
  }
}

Deno.test("every reading of worlds, doors and studies has its switches above, in both presets", () => {
  const switched = new Set(
    SWITCHES.flatMap(({ change }) => Object.entries(change))
      .map(([key, value]) => `${key} ${value}`),
  );
  const keys = new Set(SWITCHES.flatMap(({ change }) => Object.keys(change)));
  assertEquals([...keys].sort(), Object.keys(OF_READINGS).sort());
  for (const preset of PRESETS) {
    const present = presentIn(preset);
    for (const [key, entry] of Object.entries(OF_READINGS)) {
      if (entry.kind !== "choice") continue;
      for (const option of Object.keys(entry.options)) {
        if (option === present[key as keyof Readings]) continue;
        assert(switched.has(`${key} ${option}`), `no switch ${key} ${option}`);
      }
    }
  }
});

Deno.test("the ledgers above are all that the methods have, and share no key", () => {
  const known = { ...OF_READINGS, ...OF_METHODS };
  for (const { name, hyperparameters = {} } of METHODS) {
    for (const [key, entry] of Object.entries(hyperparameters)) {
      assert(known[key] === entry || key in OF_METHODS, `${name}.${key}`);
    }
  }
  assertEquals(
    Object.keys(known).length,
    Object.keys(OF_READINGS).length + Object.keys(OF_METHODS).length,
  );
});

Deno.test("neither scenarios nor environments take what only learners and searches read", () => {
  for (const [key, entry] of Object.entries(OF_METHODS)) {
    const change = { [key]: entry.default };
    for (const preset of PRESETS) {
      assertThrows(
        () => deriveScenario(preset, { assumptions: change }),
        InputError,
        `assumptions.${key} must be`,
      );
      assertThrows(
        () => new EdgeEnv(preset, { choices: change }),
        InputError,
        `options.choices.${key} must be a known key`,
      );
    }
  }
});

Deno.test("scenarios refuse the readings of doors and studies", () => {
  for (const [key, entry] of Object.entries(OF_READINGS)) {
    if (key in LEDGER) continue;
    assertThrows(
      () =>
        deriveScenario(PAPER_SCENARIO, {
          assumptions: { [key]: entry.default },
        }),
      InputError,
      key in STUDY_LEDGER
        ? `assumptions.${key} must be left out: it is chosen where results are shown`
        : `assumptions.${key} must be given to a method, as its hyperparameter ${key}`,
    );
  }
});
