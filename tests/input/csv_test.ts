import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkComplete,
  parseAnyCsv,
  parseCsv,
  type TableColumns,
  TEXT,
} from "../../lib/input/csv.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { numberSchema } from "../../lib/input/schema.ts";
import { RandomStream } from "../../lib/math/prng.ts";

interface Row {
  readonly series: string;
  readonly seed: number;
  readonly hitRate: number;
  readonly extra: number | null;
}

const COLUMNS: TableColumns<Row> = {
  series: TEXT,
  seed: numberSchema({ minimum: 0, integer: true }),
  hitRate: numberSchema({ minimum: 0, maximum: 1 }),
  extra: numberSchema().nullable(),
};
const SOURCE = { act: "draw it", path: "x.csv" };
const HEAD = "series,seed,hitRate,extra\n";

Deno.test("rows are read whatever the order of columns and the kind of line ends", () => {
  assertEquals(
    parseCsv(
      'seed,series,hitRate,extra\r\n0,"a, ""b""\nc",1E-3,\r\n1,7,1,-8.5\r\n',
      COLUMNS,
      SOURCE,
    ),
    [
      { series: 'a, "b"\nc', seed: 0, hitRate: 0.001, extra: null },
      { series: "7", seed: 1, hitRate: 1, extra: -8.5 },
    ],
  );
});

const REFUSED: [string, string, string][] = [
  ["an empty file", "", "x.csv must be a table with a head, got an empty file"],
  [
    "a comma for a point",
    HEAD + "a,0,0,30,\n",
    "x.csv row 2 must have as many cells as the head, 4, got 5",
  ],
  [
    "a quoted comma for a point",
    HEAD + 'a,0,"0,30",\n',
    'x.csv row 2, column hitRate must be a finite number from 0 to 1, got "0,30"',
  ],
  [
    "a row that lacks a cell",
    HEAD + "a,0,0.5,\nb,0,0.5\n",
    "x.csv row 3 must have as many cells as the head, 4, got 3",
  ],
  [
    "an empty line",
    HEAD + "\na,0,0.5,\n",
    "x.csv row 2 must have as many cells as the head, 4, got 1",
  ],
  [
    "a file cut within its last cell",
    HEAD + "a,0,0.5,12",
    'x.csv row 2 must end with a line feed, got the end of the file after "12"',
  ],
  [
    "a file cut after a comma",
    HEAD + "a,0,",
    'x.csv row 2 must end with a line feed, got the end of the file after ""',
  ],
  [
    "a quote that is never closed",
    HEAD + '"a,0,0.5,\nb,1,0.5,\n',
    "x.csv row 2 must have cells that are quoted or hold no quotes",
  ],
  [
    "a quote within a cell",
    HEAD + 'a"b",0,0.5,\n',
    "x.csv row 2 must have cells that are quoted or hold no quotes",
  ],
  [
    "a column that is missing",
    "series,seed,extra\na,0,\n",
    "x.csv row 1 must have the column hitRate, got series, seed, extra",
  ],
  [
    "a column that is there twice",
    "series,seed,seed,hitRate,extra\na,0,0,0.5,\n",
    'x.csv row 1 must have every column once, got "seed" twice',
  ],
  [
    "a column that nobody knows",
    "series,seed,hitrate,extra\na,0,0.5,\n",
    'x.csv row 1 must have known columns (nearest: hitRate), got "hitrate"',
  ],
  [
    "a column without a name",
    "series,seed,,extra\na,0,0.5,\n",
    "x.csv row 1 must name every column",
  ],
  ...["NaN", "Infinity", "1e999", "abc", "0x1", "2024-01-01", " 1", "-0.1", ""]
    .map((cell): [string, string, string] => [
      `${JSON.stringify(cell)} as a share`,
      `${HEAD}a,0,${cell},\n`,
      `x.csv row 2, column hitRate must be a finite number from 0 to 1, got "${cell}"`,
    ]),
  [
    "a seed with a fraction",
    HEAD + "a,1.5,0.5,\n",
    'column seed must be a whole number of at least 0, got "1.5"',
  ],
  [
    "a text that is missing",
    HEAD + ",1,0.5,\n",
    'column series must be a text, got ""',
  ],
];

for (const [what, text, message] of REFUSED) {
  Deno.test(`refused with row and column: ${what}`, () => {
    assertThrows(
      () => parseCsv(text, COLUMNS, SOURCE),
      InputError,
      `Cannot draw it: ${message}`.replace(": column", ": x.csv row 2, column"),
    );
  });
}

Deno.test("a table of any columns has numbers where all cells are, else texts", () => {
  assertEquals(
    parseAnyCsv("a,b,c,d\n1,x,,0.5\n-2,3,4,\n", SOURCE),
    [
      { a: 1, b: "x", c: null, d: 0.5 },
      { a: -2, b: "3", c: 4, d: null },
    ],
  );
  for (const cell of ["NaN", "inf", "-Infinity", "1e999"]) {
    assertThrows(
      () => parseAnyCsv(`a\n1\n${cell}\n`, SOURCE),
      InputError,
      `Cannot draw it: x.csv row 3, column a must be a finite number, got "${cell}"`,
    );
  }
});

Deno.test("a row that is missing, repeated or foreign is named", () => {
  const expected = [0, 1].flatMap((seed) =>
    ["TD3", "DDPG"].map((series) => ({ series, seed }))
  );
  const check = (rows: typeof expected) => () =>
    checkComplete(rows, expected, SOURCE);
  check(expected.toReversed())();
  const cases: [typeof expected, string][] = [
    [
      expected.slice(0, -1),
      'x.csv must have a row of series "DDPG", seed 1, got none (3 of 4 rows)',
    ],
    [
      [...expected, expected[1]],
      'x.csv row 6 must not repeat a row, got series "DDPG", seed 0 again',
    ],
    [
      [...expected, { series: "TD3", seed: 2 }],
      'x.csv row 6 must be one that belongs to the table, got series "TD3", seed 2',
    ],
    [[], 'x.csv must have a row of series "TD3", seed 0, got none (0 of 4'],
  ];
  for (const [rows, message] of cases) {
    assertThrows(check(rows), InputError, `Cannot draw it: ${message}`);
  }
});

Deno.test("large tables and quoted cells are read in time", () => {
  const text = "a,b\n" + `1,"${'x""'.repeat(20_000)}"\n`.repeat(20);
  assertEquals(parseAnyCsv(text, SOURCE).length, 20);
  assertThrows(
    () => parseAnyCsv(`a\n"${'x""'.repeat(1_000_000)}`, SOURCE),
    InputError,
    "row 2",
  );
});

Deno.test("a table with any mutation is refused, or all of it is what columns hold", () => {
  const stream = new RandomStream(17, "tables");
  const rows = Array.from(
    { length: 8 },
    (_, k) => `"s ""${k}""",${k},0.${k}5,${k % 2 === 0 ? "" : -1.5 * k}`,
  );
  const text = HEAD + rows.join("\n") + "\n";
  const PARTS = [
    ",",
    '"',
    "\n",
    "\r",
    "-",
    "e",
    "NaN",
    "9",
    "\0",
    "\ufeff",
    "",
  ];
  const count = Deno.args.includes("--long") ? 100_000 : 3000;
  let refused = 0;
  for (let k = 0; k < count; k++) {
    const at = stream.integer(text.length);
    const to = at + stream.integer(k % 5 === 0 ? text.length : 3);
    const mutated = text.slice(0, at) + PARTS[stream.integer(PARTS.length)] +
      text.slice(to);
    try {
      for (const row of parseCsv(mutated, COLUMNS, SOURCE)) {
        assert(row.series.length > 0 && Number.isInteger(row.seed));
        assert(row.hitRate >= 0 && row.hitRate <= 1);
        assert(row.extra === null || Number.isFinite(row.extra));
      }
    } catch (error) {
      assert(error instanceof InputError, String(error));
      assert(!/[\p{Cc}]/u.test(error.message), error.message);
      refused++;
    }
  }
  assert(refused > count / 3, `${refused} of ${count}`);
});
