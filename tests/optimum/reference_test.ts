import { assert, assertEquals } from "@std/assert";
import {
  optimumLabel,
  referenceOf,
  type ReferenceScale,
} from "../../lib/optimum/reference.ts";
import { waitShare } from "../../lib/optimum/wait_share.ts";
import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  LEDGER,
} from "../../lib/scenario/assumptions.ts";
import type { LedgerEntry } from "../../lib/input/ledger_entry.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";

/** Entries that decide which reference holds. */
const DECIDING = [
  "requestVisibility",
  "modelLoading",
  "downlinkQueue",
  "association",
  "redraw",
  "pathLossDistanceUnit",
] as const;

/** Every combination of values of some entries. */
function combinations(
  keys: readonly (keyof Assumptions)[],
): Partial<Assumptions>[] {
  return keys.reduce<Partial<Assumptions>[]>((found, key) => {
    const entry: LedgerEntry = LEDGER[key];
    assert(entry.kind === "choice");
    return found.flatMap((one) =>
      Object.keys(entry.options).map((value) => ({ ...one, [key]: value }))
    );
  }, [{}]);
}

/** A world as it is, though its values may exclude each other. */
function worldOf(
  preset: Scenario,
  assumptions: Partial<Assumptions>,
): Scenario {
  return { ...preset, assumptions: { ...preset.assumptions, ...assumptions } };
}

/** A scale of a world that must have one. */
function scaleOf(
  preset: Scenario,
  assumptions: Partial<Assumptions>,
): ReferenceScale {
  const reference = referenceOf(worldOf(preset, assumptions));
  assert(reference.kind === "scale", reference.reason);
  return reference;
}

Deno.test("every combination of readings has a scale, or a sentence that names what is to blame", () => {
  for (const preset of [PAPER_SCENARIO, BALANCED_SCENARIO]) {
    const all = combinations(DECIDING);
    assertEquals(all.length, 2 * 2 * 2 * 4 * 2 * 2);
    for (const assumptions of all) {
      const reference = referenceOf(worldOf(preset, assumptions));
      const { world, reason, kind } = reference;
      assert(reason.startsWith(`${world}: `) && reason.endsWith("."), reason);
      // One sentence: no full stop but the last.
      assertEquals(reason.replaceAll(/\d\.\d/g, "").split(".").length, 2);
      const named = world.split(", ").map((one) => one.split(" = "));
      assert(named.length > 0);
      for (const [key, value] of named) {
        assertEquals(String(assumptions[key as keyof Assumptions]), value);
      }
      const { association, pathLossDistanceUnit, redraw } = assumptions;
      const isCharged = assumptions.modelLoading === "charged";
      const waits = preset === BALANCED_SCENARIO;
      const isLagged = assumptions.requestVisibility === "lagged";
      const hasNone = association === "cached-anywhere" ||
        pathLossDistanceUnit === "meter" ||
        redraw === "slot" && isCharged ||
        isLagged && waits ||
        isLagged && isCharged &&
          (association === "random" || assumptions.downlinkQueue === "carried");
      assertEquals(kind, hasNone ? "none" : "scale", reason);
    }
  }
});

Deno.test("worlds without a scale have sentences of their own", () => {
  const reasons = new Set(
    combinations(DECIDING).map((one) => worldOf(PAPER_SCENARIO, one))
      .map(referenceOf).filter(({ kind }) => kind === "none")
      .map(({ reason }) => reason.slice(reason.indexOf(": "))),
  );
  // Meter; anywhere free, charged, lagged; redrawn charged; lagged and charged with
  // servers by chance, and with a queue.
  assertEquals(reasons.size, 7);
});

Deno.test("the ends of scales are those of the table of worlds", () => {
  const ends = (preset: Scenario, assumptions: Partial<Assumptions>) => {
    const { zero, ones, bracket, clairvoyantOnly } = scaleOf(
      preset,
      assumptions,
    );
    return [zero, ones.join("|"), bracket, clairvoyantOnly];
  };
  const free = ["random", "optimum", false, false];
  assertEquals(ends(PAPER_SCENARIO, {}), free);
  assertEquals(ends(BALANCED_SCENARIO, { redraw: "slot" }), free);
  const carried = { downlinkQueue: "carried" } as const;
  const queue = ["random", "optimum", true, false];
  assertEquals(ends(PAPER_SCENARIO, carried), queue);
  assertEquals(ends(BALANCED_SCENARIO, carried), queue);
  const charged = { modelLoading: "charged" } as const;
  for (const more of [{}, carried, { association: "random" } as const]) {
    assertEquals(
      ends(PAPER_SCENARIO, { ...charged, ...more }),
      ["cloud-only", "sampled-plan|hold", true, false],
    );
    assertEquals(
      ends(BALANCED_SCENARIO, { ...charged, ...more }),
      ["cloud-only", "plan", true, true],
    );
  }
  const lagged = { requestVisibility: "lagged" } as const;
  assertEquals(
    ends(PAPER_SCENARIO, lagged),
    ["random", "best-for-chain", false, false],
  );
  assertEquals(
    ends(PAPER_SCENARIO, { ...lagged, ...charged }),
    ["cloud-only", "best-for-chain", false, false],
  );
});

Deno.test("waits count by the numbers of a world, whatever it is called", () => {
  for (const numUsers of [10, 30]) {
    const [paper, balanced] = [PAPER_SCENARIO, BALANCED_SCENARIO].map((one) =>
      waitShare(deriveScenario(one, { parameters: { numUsers } }))
    );
    assert(paper < 1e-4, `${paper}`);
    assert(balanced > 0.1, `${balanced}`);
  }
  // Without a weight of time nobody pays for a wait.
  const assumptions = { responseTimeWeight: 0 };
  assertEquals(
    waitShare(deriveScenario(BALANCED_SCENARIO, { assumptions })),
    0,
  );
  const renamed = deriveScenario(BALANCED_SCENARIO, {
    name: "paper",
    assumptions: { modelLoading: "charged" },
  });
  const reference = referenceOf(renamed);
  assert(reference.kind === "scale" && reference.clairvoyantOnly);
});

Deno.test("a single user waits for nobody, and the share of waits has no unit", () => {
  const alone = deriveScenario(BALANCED_SCENARIO, {
    parameters: { numUsers: 1 },
  });
  assertEquals(waitShare(alone), 0);
  const share = waitShare(BALANCED_SCENARIO);
  const twice = waitShare(deriveScenario(BALANCED_SCENARIO, {
    assumptions: {
      responseTimeWeight: 2 * BALANCED_SCENARIO.assumptions.responseTimeWeight,
      costWeight: 2 * BALANCED_SCENARIO.assumptions.costWeight,
    },
  }));
  assert(Math.abs(share - twice) < 1e-12);
});

Deno.test("the optimum is called optimum where nothing is left to the next slot, and nowhere else", () => {
  const labels: Record<string, string> = {};
  for (const [key, entry] of Object.entries<LedgerEntry>(LEDGER)) {
    if (entry.kind !== "choice") continue;
    for (const option of Object.keys(entry.options)) {
      const label = optimumLabel({ ...DEFAULT_ASSUMPTIONS, [key]: option });
      if (label !== "optimum") labels[`${key} ${option}`] = label;
    }
  }
  assertEquals(labels, {
    "requestVisibility lagged": "myopic optimum",
    "modelLoading charged": "myopic optimum",
    "downlinkQueue carried": "myopic optimum",
    "association cached-anywhere": "approximate optimum",
    "pathLossDistanceUnit meter": "approximate optimum",
  });
});
