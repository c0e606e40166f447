import { assert, assertEquals } from "@std/assert";
import type { SlotView } from "../../lib/env/decider.ts";
import { summarizeMethods } from "../../lib/studies/method_summary.ts";
import { play } from "../../lib/trials/play.ts";
import { skillsOf } from "../../lib/studies/skill_score.ts";
import type { MethodRow } from "../../lib/studies/task_scales.ts";
import {
  findMethod,
  isFor,
  type Method,
  METHODS,
} from "../../lib/methods/mod.ts";
import { mean } from "../../lib/stats/mod.ts";
import { referenceOf } from "../../lib/optimum/mod.ts";
import { OptimumPolicy } from "../../lib/policies/mod.ts";
import {
  type AssumptionKey,
  type Assumptions,
  LEDGER,
} from "../../lib/scenario/assumptions.ts";
import type { LedgerEntry } from "../../lib/input/ledger_entry.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";

const SIZES = { numUsers: 5, numServers: 2, numModels: 8, slotsPerEpisode: 4 };
const SEEDS = [0, 1];
const EPISODES = 4;

/** Choices under which these methods give no scale, by preset. */
const NO_SCALE: Readonly<Record<string, readonly string[]>> = {
  paper: [
    "association=cached-anywhere",
    // In worlds this small nothing pays that is loaded.
    "modelLoading=charged",
    "pathLossDistanceUnit=meter",
  ],
  balanced: [
    "association=cached-anywhere",
    // There waits part the optimum and its bound.
    "downlinkQueue=carried",
    "modelLoading=charged",
    "pathLossDistanceUnit=meter",
    "requestVisibility=lagged",
  ],
};

/** Other values of an entry than a scenario's. */
function othersOf(entry: LedgerEntry, own: unknown): unknown[] {
  const values = entry.kind === "choice"
    ? Object.keys(entry.options)
    : entry.kind === "number"
    ? [entry.default, ...Object.keys(entry.alternatives).map(Number)]
    : [entry.default];
  return values.filter((value) => String(value) !== String(own));
}

/** Every scenario that differs from a preset in a single choice. */
function* worldsOf(
  preset: Scenario,
): Generator<readonly [name: string, scenario: Scenario]> {
  for (const [key, entry] of Object.entries<LedgerEntry>(LEDGER)) {
    const own = preset.assumptions[key as AssumptionKey];
    for (const value of othersOf(entry, own)) {
      const assumptions: Partial<Assumptions> = { [key]: value };
      yield [
        `${key}=${value}`,
        deriveScenario(preset, { parameters: SIZES, assumptions }),
      ];
    }
  }
}

/** The optimum, with the lower bounds of the slots that it decides. */
class BoundedOptimum extends OptimumPolicy {
  readonly bounds: number[] = [];

  override solve(view: SlotView) {
    const solved = super.solve(view);
    this.bounds.push(solved.lowerBound);
    return solved;
  }
}

/** What every method achieves in a world, and what nothing can be below. */
async function playWorld(scenario: Scenario) {
  const rows: MethodRow[] = [];
  const bounds = new Map<number, number>();
  const reference = referenceOf(scenario);
  const names = [
    "pso",
    ...METHODS.filter((method) =>
      !method.learns && !("protocol" in (method.hyperparameters ?? {})) &&
      isFor(method, scenario)
    ).map(({ name }) => name),
  ];
  for (const seeds of SEEDS) {
    const optimum = new BoundedOptimum();
    const bounded = {
      ...findMethod("optimum"),
      create: () => optimum,
    } as Method;
    for (const name of names) {
      const settings = { seeds, testEpisodes: EPISODES, actionsPerPlan: 300 };
      const method = name === "optimum" ? bounded : name;
      const [row] = await play(method, { scenario, ...settings });
      const { series, seed, objective: value, violations } = row;
      rows.push({
        ...{ method: name, series, task: "all", seed, value, violations },
        ...{ reference, bound: row.lowerBound },
      });
    }
    // Lagged, it solves other requests than those that come.
    if (scenario.assumptions.requestVisibility === "lagged") {
      optimum.bounds.length = 0;
      const assumptions = { requestVisibility: "reactive" } as const;
      await play(bounded, {
        scenario: deriveScenario(scenario, { assumptions }),
        seeds,
        testEpisodes: EPISODES,
      });
    }
    bounds.set(seeds, mean(optimum.bounds));
  }
  return { rows, bounds };
}

for (const preset of [PAPER_SCENARIO, BALANCED_SCENARIO]) {
  Deno.test(`under every single choice of the ledger there is a skill, or a reason why not: ${preset.name}`, async () => {
    const withoutScale: string[] = [];
    const played = new Map<string, ReturnType<typeof playWorld>>();
    for (const [name, scenario] of worldsOf(preset)) {
      const world = JSON.stringify(scenario.assumptions);
      if (!played.has(world)) played.set(world, playWorld(scenario));
      const { rows, bounds } = await played.get(world)!;
      for (const row of rows) {
        if (row.violations! > 0) continue;
        const bound = bounds.get(row.seed)!;
        assert(
          row.value >= bound * (1 - 1e-9),
          `${name}: ${row.series} has ${row.value}, below ${bound}`,
        );
      }
      const summaries = summarizeMethods(rows, "objective");
      const skills = summaries.map(({ skill }) => skill !== null);
      const { missing } = skillsOf(rows, "objective");
      if (skills.every((has) => !has)) {
        withoutScale.push(name);
        assert(missing.length > 0 && missing.every((one) => /\.$/.test(one)));
      } else {
        assertEquals(missing, []);
        assertEquals(
          skills,
          summaries.map(({ violations }) => violations === 0),
          name,
        );
      }
    }
    assertEquals(withoutScale.sort(), NO_SCALE[preset.name]);
  });
}
