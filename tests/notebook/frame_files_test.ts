import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataFrame } from "danfojs";
import fc from "fast-check";
import { join } from "node:path";
import { InputError } from "../../lib/input/input_error.ts";
import {
  columnOf,
  frameOf,
  frameRows,
  readFrame,
  writeFrame,
} from "../../lib/notebook/frame.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** Refused, in one line. */
async function assertRefused(
  make: () => Promise<unknown>,
  message: string,
): Promise<void> {
  await assertRejects(make, InputError, `Cannot ${message}`);
}

/** Every kind of cell that a file could lose, in every type of column. */
const NASTY = {
  float: [0.1, -0, NaN, Infinity, -Infinity, null, 5e-324, 1.7e308, 1 / 3],
  whole: [1, null, 2 ** 53 - 1, -(2 ** 53 - 1), 0, 7, 7, 7, 7],
  text: [
    "a, b",
    'say "no"',
    "",
    null,
    "two\nlines",
    "r\r\n",
    "NaN",
    "1",
    " x ",
  ],
  digits: ["1", "007", null, "1e5", "-2", "0.50", "Infinity", "nan", "3"],
  truths: ["true", "false", null, "true", "true", "", "false", "true", "TRUE"],
  empty: ["", "", "", null, "", "", "", "", ""],
  flag: [true, false, null, true, true, true, false, false, null],
  none: Array(9).fill(null),
  odd: ["\ufeff", "😀", "\t", "\0", '"', ",", "é", "''", "\u2028"],
  'a "b", c\n': [1, 2, 3, 4, 5, 6, 7, 8, 9],
};

const NASTY_ROWS = NASTY.float.map((_, row) =>
  Object.fromEntries(
    Object.entries(NASTY).map(([name, cells]) => [name, cells[row]]),
  )
);

for (const ending of ["csv", "parquet"]) {
  Deno.test(`a round trip through ${ending} loses nothing`, async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, `rows.${ending}`);
      const frame = await frameOf(NASTY_ROWS);
      await writeFrame(frame, path);
      const back = await readFrame(path);
      assertEquals(back.columns, Object.keys(NASTY));
      assertEquals(back.dtypes, frame.dtypes);
      for (const [name, cells] of Object.entries(NASTY)) {
        const read = columnOf(back, name);
        assertEquals(read.length, cells.length);
        read.forEach((cell, row) =>
          assert(Object.is(cell, cells[row]), `${name}[${row}]: ${cell}`)
        );
      }
    });
  });

  Deno.test(`a round trip of any table through ${ending} loses nothing`, async () => {
    const text = fc.string({ unit: "binary", maxLength: 6 })
      .filter((one) => one.isWellFormed());
    const column = fc.oneof(
      ...[fc.double(), fc.integer(), fc.maxSafeInteger(), fc.boolean(), text],
      fc.constantFrom("", "1", "NaN", "true", ",", '"', "\n", "-inf"),
    ).chain((first) => {
      const same = typeof first === "number"
        ? fc.double()
        : typeof first === "boolean"
        ? fc.boolean()
        : text;
      return fc.array(fc.oneof(fc.constant(null), fc.constant(first), same), {
        minLength: 3,
        maxLength: 3,
      });
    });
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, `any.${ending}`);
      await fc.assert(
        fc.asyncProperty(
          fc.array(column, { minLength: 1, maxLength: 4 }),
          async (columns) => {
            const rows = [0, 1, 2].map((row) =>
              Object.fromEntries(
                columns.map((cells, k) => [`c${k}`, cells[row]]),
              )
            );
            await writeFrame(await frameOf(rows), path);
            assertEquals(frameRows(await readFrame(path)), rows);
          },
        ),
        { seed: 7, numRuns: 100 },
      );
    });
  });

  Deno.test(`columns without rows come back in their order from ${ending}`, async () => {
    await withTemporaryFolder(async (folder) => {
      const head = join(folder, "head.csv");
      const path = join(folder, `none.${ending}`);
      await Deno.writeTextFile(head, "b,10,2\n");
      await writeFrame(await readFrame(head), path);
      const back = await readFrame(path);
      assertEquals([back.columns, back.shape], [["b", "10", "2"], [0, 3]]);
    });
  });
}

Deno.test("a frame that cannot be written leaves the file as it is", async () => {
  await withTemporaryFolder(async (folder) => {
    const odd = await frameOf([{ a: "\ud800" }]);
    const mixed = new DataFrame([[1], ["x"]], { columns: ["a"] });
    for (const ending of ["csv", "parquet"]) {
      const path = join(folder, `kept.${ending}`);
      await Deno.writeTextFile(path, "before");
      for (
        const [frame, message] of [
          [odd, "texts must be Unicode, got"],
          [mixed, 'rows[1], column "a" must be a number'],
          [await frameOf([]), "frame must have a column, got none"],
        ] as const
      ) {
        await assertRefused(
          () => writeFrame(frame, path),
          `write the frame: ${message}`,
        );
      }
      assertEquals(await Deno.readTextFile(path), "before");
    }
    await assertRefused(
      () => writeFrame(odd, join(folder, "rows.xlsx")),
      "write the frame: path must end with .csv or .parquet, got",
    );
  });
});

Deno.test("a damaged file makes no frame", async () => {
  const cases: [string, string][] = [
    ["a,b\n1,-8,30\n", "row 2 must have as many cells as the head, 2, got 3"],
    ["a,b\n1,2\n3", "row 3 must have cells that are quoted or hold no quotes,"],
    ['a\n"x"y\n', "row 2 must have cells that are quoted or hold no quotes,"],
    ["a,a\n1,2\n", 'row 1 must name every column, each once, got "a" twice'],
    ["a,\n1,2\n", 'row 1 must name every column, each once, got "" for one'],
    ["a\n1\n1e999\n", "row 3, column a must be a number within ±1.8e308"],
    ["", "must be a table with a head, got an empty file"],
  ];
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, "rows.csv");
    for (const [text, message] of cases) {
      await Deno.writeTextFile(path, text);
      await assertRefused(
        () => readFrame(path),
        `read the frame: ${path} ${message}`,
      );
    }
    await Deno.writeTextFile(path, "values\n1\n");
    await assertRefused(
      () => readFrame(path),
      `read the frame: ${path}: columns`,
    );
    const parquet = join(folder, "rows.parquet");
    await writeFrame(await frameOf(NASTY_ROWS), parquet);
    const bytes = await Deno.readFile(parquet);
    await Deno.writeFile(parquet, bytes.subarray(0, bytes.length - 9));
    await assertRefused(
      () => readFrame(parquet),
      `read the frame: ${parquet} must be a whole Parquet file`,
    );
    const gone = join(folder, "gone.parquet");
    await assertRejects(() => readFrame(gone), Deno.errors.NotFound);
  });
});
