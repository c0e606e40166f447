import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import {
  type DataFrame,
  frameOf,
  frameRows,
  readFrame,
  sortBy,
  type SortKey,
  summarize,
  type SummarizeOptions,
  type TypedCell,
} from "../../lib/notebook/frame.ts";

/** A cell as the fixture has it. */
type Written = TypedCell | { readonly number: string };

/** What pandas makes of rows or of a file, by make_pandas_fixture.py. */
interface Case extends SummarizeOptions {
  readonly kind: "frame" | "sort" | "summarize" | "csv" | "parquet";
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, Written>>[];
  readonly keys: readonly SortKey[];
  readonly text: string;
  readonly bytes: string;
  readonly columns: readonly string[];
  readonly expected: readonly (readonly Written[])[];
}

const { cases }: { cases: readonly Case[] } = JSON.parse(
  await Deno.readTextFile(new URL("pandas_fixture.json", import.meta.url)),
);

function read(cell: Written): TypedCell {
  return typeof cell === "object" && cell !== null ? Number(cell.number) : cell;
}

/** Pandas knows no difference between NaN and a missing cell. */
function unify(cell: Written): TypedCell {
  const value = read(cell);
  return Number.isNaN(value) ? null : value;
}

async function readBack(
  ending: string,
  content: string | Uint8Array,
): Promise<DataFrame> {
  const path = await Deno.makeTempFile({ suffix: ending });
  try {
    await Deno.writeFile(
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
    return await readFrame(path);
  } finally {
    await Deno.remove(path);
  }
}

async function compute(one: Case): Promise<DataFrame> {
  if (one.kind === "csv") return await readBack(".csv", one.text);
  if (one.kind === "parquet") {
    return await readBack(".parquet", Buffer.from(one.bytes, "base64"));
  }
  const frame = await frameOf(one.rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, cell]) => [key, read(cell)]),
    )
  ));
  if (one.kind === "frame") return frame;
  if (one.kind === "sort") return await sortBy(frame, ...one.keys);
  return await summarize(frame, one);
}

/** Intervals of other statistics are bootstrapped, which pandas does not. */
function isCompared({ kind, statistic }: Case, column: string): boolean {
  return kind !== "summarize" || statistic === "mean" ||
    !["lower", "upper"].includes(column);
}

for (const one of cases) {
  Deno.test(`pandas agrees: ${one.kind}, ${one.name}`, async () => {
    const frame = await compute(one);
    assertEquals(frame.columns, one.columns);
    const rows = frameRows<Record<string, TypedCell>>(frame);
    assertEquals(rows.length, one.expected.length);
    for (const [index, expected] of one.expected.entries()) {
      for (const [place, column] of one.columns.entries()) {
        if (!isCompared(one, column)) continue;
        const [ours, theirs] = [rows[index][column], expected[place]].map(
          unify,
        );
        const where = `row ${index}, column ${column}`;
        if (typeof ours === "number" && Number.isFinite(theirs)) {
          const tolerance = one.kind === "summarize"
            ? 1e-12 * Math.abs(Number(theirs))
            : 0;
          assertAlmostEquals(ours, Number(theirs), tolerance, where);
        } else assertEquals(ours, theirs, where);
      }
    }
  });
}

Deno.test("pandas is asked about sixty cases of every kind", () => {
  assert(cases.length >= 60);
  const kinds = new Set(cases.map(({ kind }) => kind));
  assertEquals(kinds.size, 5);
});
