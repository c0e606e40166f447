import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  readAnyParquet,
  readParquet,
  writeParquet,
} from "../../lib/files/parquet.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

const COLUMNS = { series: "string", seed: "int", value: "double" } as const;

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map((entry) => entry.name);
}

const row = fc.record({
  series: fc.option(fc.string({ unit: "grapheme" })),
  seed: fc.option(fc.maxSafeInteger()),
  value: fc.option(fc.double()),
});

Deno.test("rows read back as they were written, to the bit", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/rows.parquet`;
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        await writeParquet(path, rows, COLUMNS);
        const read = await readParquet(path, COLUMNS);
        assertEquals(read.length, rows.length);
        read.forEach((one, i) => {
          for (const key of ["series", "seed", "value"] as const) {
            assert(
              Object.is(one[key], rows[i][key]),
              `rows[${i}].${key} must be ${rows[i][key]}, got ${one[key]}`,
            );
          }
        });
      }),
      { numRuns: 50 },
    );
  });
});

Deno.test("a long table comes piece by piece, and the same rows give the same bytes", async () => {
  await withTemporaryFolder(async (folder) => {
    let made = 0;
    async function* rows() {
      for (let i = 0; i < 120_000; i++) {
        if (i % 10_000 === 0) await Promise.resolve();
        made++;
        yield { series: `method ${i % 7}`, seed: i, value: Math.sin(i) };
      }
    }
    const paths = [`${folder}/a.parquet`, `${folder}/b.parquet`];
    for (const path of paths) await writeParquet(path, rows(), COLUMNS);
    assertEquals(made, 240_000);
    const [a, b] = await Promise.all(paths.map((path) => Deno.readFile(path)));
    assertEquals(a, b);
    const read = await readParquet(paths[0], { value: 0, seed: 0 });
    assertEquals(read.length, 120_000);
    assertEquals(read[119_999], { value: Math.sin(119_999), seed: 119_999 });
  });
});

Deno.test("0 and −0 stay apart where values repeat", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/rows.parquet`;
    const rows = Array.from(
      { length: 1000 },
      (_, i) => ({ value: i % 2 === 0 ? 0 : -0 }),
    );
    await writeParquet(path, rows, COLUMNS);
    const read = await readParquet(path, { value: 0 });
    rows.forEach(({ value }, i) => assert(Object.is(read[i].value, value)));
  });
});

Deno.test("keys that are no column are left out, missing ones are null", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/new/rows.parquet`;
    const rows = [{ series: "a", other: true }, { value: 1 }];
    await writeParquet(path, rows, COLUMNS);
    assertEquals(await readParquet(path, COLUMNS), [
      { series: "a", seed: null, value: null },
      { series: null, seed: null, value: 1 },
    ]);
  });
});

Deno.test("a value of another type is refused by its place, and what was there stays", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/rows.parquet`;
    await writeParquet(path, [{ seed: 1 }], COLUMNS);
    for (
      const [bad, message] of [
        [
          { seed: 0.5 },
          "rows[1].seed must be a whole number within ±(2⁵³ − 1), got 0.5",
        ],
        [{ seed: 2 ** 53 }, "rows[1].seed must be a whole number"],
        [{ value: "1" }, "rows[1].value must be a number, got 1"],
        [{ series: 3 }, "rows[1].series must be a text, got 3"],
      ] as const
    ) {
      await assertRejects(
        () => writeParquet(path, [{}, bad], COLUMNS),
        TypeError,
        `Cannot write ${path}: ${message}`,
      );
    }
    assertEquals(await readParquet(path, { seed: 0 }), [{ seed: 1 }]);
    assertEquals(await namesIn(folder), ["rows.parquet"]);
  });
});

Deno.test("a missing column and a damaged file are errors", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/rows.parquet`;
    await writeParquet(path, [{ seed: 1 }], COLUMNS);
    await assertRejects(() => readParquet(path, { seeds: 0 }), Error, "seeds");
    await Deno.truncate(path, 40);
    await assertRejects(() => readParquet(path, COLUMNS), Error);
  });
});

Deno.test("all columns are read in their order, booleans and marks too", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/rows.parquet`;
    const rows = [{ b: true, a: "\ufeffx" }, { b: null, a: "" }];
    await writeParquet(path, rows, { b: "boolean", a: "string" });
    assertEquals(await readAnyParquet(path), {
      columns: ["b", "a"],
      rows: [[true, "\ufeffx"], [null, ""]],
    });
    assertEquals(await readParquet(path, { a: 0, b: 0 }), rows);
    await assertRejects(
      () => writeParquet(path, [{ b: 1 }], { b: "boolean" }),
      TypeError,
      "rows[0].b must be true or false, got 1",
    );
  });
});
