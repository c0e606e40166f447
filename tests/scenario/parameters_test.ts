import { assert, assertEquals } from "@std/assert";
import { PAPER_PARAMETERS, PARAMETERS } from "../../lib/scenario/parameters.ts";

Deno.test("the paper's parameters are those of Table 3", () => {
  // Copied line by line from Table 3; the rows that print a range or a list keep it.
  const table3 = {
    U: 10,
    E: 2,
    M: 20,
    T: 10,
    N: 800,
    "p_i^U": 23,
    "p_j^E": 43,
    "d_i^in": [4, 8],
    "d_i^out": [[500, 510], [520, 530], [540, 550], [560, 570]],
    "S_j^E": [30, 50],
    "W_j^up": [10, 20],
    "W_j^down": [30, 40],
    "K_j": [25, 30],
    "R_E,CS^up": 500,
    "R_E,CS^down": 500,
    "N_0": -174,
    "C_E,CS^tran": 0.6,
    "C_U,E^tran": 0.2,
    "C_A8^com": 4,
    "C_E^st": 0.4,
    "S_m": [4, 8],
    "F_m": [10, 20],
  };
  const keys = Object.keys(PARAMETERS) as (keyof typeof PARAMETERS)[];
  const ours = Object.fromEntries(
    keys.filter((key) => PARAMETERS[key].source === "Table 3")
      .map((key) => [PARAMETERS[key].symbol, PAPER_PARAMETERS[key]]),
  );
  assertEquals(ours, table3 as unknown as typeof ours);
});

Deno.test("what Table 3 does not print comes from Sections 3.1 and 5.1", () => {
  assertEquals(PAPER_PARAMETERS.cloudGpusPerRequest, 5);
  assertEquals(PAPER_PARAMETERS.popularityStates, [0.2, 0.5, 0.8]);
  // Eq. 1, and the paper's own example: P_13 = 0.2.
  assertEquals(PAPER_PARAMETERS.popularityTransition, [
    [0.6, 0.2, 0.2],
    [0.1, 0.7, 0.2],
    [0.2, 0.3, 0.5],
  ]);
});

Deno.test("every parameter says its symbol, unit, place and meaning", () => {
  assertEquals(
    Object.keys(PARAMETERS).sort(),
    Object.keys(PAPER_PARAMETERS).sort(),
  );
  const symbols = new Set<string>();
  for (const [key, entry] of Object.entries(PARAMETERS)) {
    for (const text of Object.values(entry)) {
      assert(text.trim().length > 0, `${key} has an empty text`);
    }
    assert(/^(Table|Section|Eq\.) \d/.test(entry.source), `source of ${key}`);
    symbols.add(entry.symbol);
  }
  assertEquals(symbols.size, Object.keys(PARAMETERS).length);
});

Deno.test("output sizes rise from type to type without overlap", () => {
  const ranges = PAPER_PARAMETERS.outputMegabytes;
  for (let type = 1; type < ranges.length; type++) {
    assert(ranges[type][0] > ranges[type - 1][1]);
  }
});
