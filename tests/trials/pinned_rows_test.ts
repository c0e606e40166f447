// The numbers are in pinned_rows.json. To pin them anew, after RESULTS_VERSION was
// raised or a method added:
//
//   deno run -A tests/trials/pinned_rows.ts --update
//
// It refuses other numbers of the same version.

import { assertEquals } from "@std/assert";
import {
  computeRows,
  PINNED_ROWS,
  type PinnedRows,
  problemsOf,
} from "./pinned_rows.ts";

async function readPinned(): Promise<PinnedRows> {
  return JSON.parse(await Deno.readTextFile(PINNED_ROWS));
}

Deno.test("every method gives the numbers of its version of results, to the last bit", async () => {
  assertEquals(problemsOf(await readPinned(), await computeRows()), []);
});

Deno.test("other numbers need another version, and another version needs other pins", async () => {
  const pinned = await readPinned();
  const { td3 } = pinned.rows;
  const other: PinnedRows = {
    ...pinned,
    rows: {
      ...pinned.rows,
      td3: { ...td3, objective: td3.objective * (1 + Number.EPSILON) },
    },
  };
  assertEquals(problemsOf(pinned, other), [
    "td3 gives other numbers: raise RESULTS_VERSION",
  ]);
  const raised = { ...other, resultsVersion: pinned.resultsVersion + 1 };
  assertEquals(problemsOf(pinned, raised), [
    "RESULTS_VERSION is not that of the numbers",
  ]);
  const { td3: _, ...rest } = pinned.rows;
  assertEquals(problemsOf({ ...pinned, rows: rest }, pinned), [
    "td3 is not pinned",
  ]);
  assertEquals(problemsOf(pinned, { ...pinned, rows: rest }), [
    "td3 is pinned, but no method",
  ]);
});
