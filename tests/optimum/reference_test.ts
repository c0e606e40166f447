import { assertEquals } from "@std/assert";
import { optimumLabel, whyNoReference } from "../../lib/optimum/reference.ts";
import { DEFAULT_ASSUMPTIONS, LEDGER } from "../../lib/scenario/assumptions.ts";
import type { LedgerEntry } from "../../lib/input/ledger_entry.ts";

Deno.test("the optimum is no reference under these readings, and under no others", () => {
  const labels: Record<string, string> = {};
  for (const [key, entry] of Object.entries<LedgerEntry>(LEDGER)) {
    if (entry.kind !== "choice") continue;
    for (const option of Object.keys(entry.options)) {
      const assumptions = { ...DEFAULT_ASSUMPTIONS, [key]: option };
      if (whyNoReference(assumptions).length === 0) continue;
      labels[`${key} ${option}`] = optimumLabel(assumptions);
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
