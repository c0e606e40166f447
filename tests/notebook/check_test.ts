import { assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import {
  displayTable,
  figureBundle,
  LiveDisplay,
  progressBundle,
  ProgressDisplay,
  showFramesAsTables,
  tableBundle,
} from "../../lib/notebook/mod.ts";

/** What a cell, whose types nobody checks, may pass. */
const untyped = (value: unknown) => value as never;

const circle: { mark: string; inner?: unknown } = { mark: "bar" };
circle.inner = circle;
const figure = (fields: object) => () =>
  figureBundle(untyped({ spec: { mark: "bar" }, text: "x", ...fields }));
const table = (rows: unknown, columns?: unknown, options?: unknown) => () =>
  tableBundle(untyped(rows), untyped(columns), untyped(options));
const progress = (options: unknown) => () =>
  new ProgressDisplay(untyped(options));

const REFUSED: readonly (readonly [() => unknown, string])[] = [
  [
    () => figureBundle(untyped(3)),
    "Cannot show the figure: figure must be an object with spec and text, got 3",
  ],
  [
    figure({ spec: undefined }),
    "Cannot show the figure: spec must be a Vega-Lite specification, an object with mark, layer, facet, repeat, concat, hconcat or vconcat, got nothing",
  ],
  [figure({ spec: [] }), "or vconcat, got an empty array"],
  [figure({ spec: { svg: "<svg>" } }), 'or vconcat, got {"svg":"<svg>"}'],
  [
    figure({ spec: { mark: "bar", data: { values: [{ y: 1 }, { y: NaN }] } } }),
    "Cannot show the figure: spec.data.values[1].y must be a finite number or null, got NaN",
  ],
  [
    figure({ spec: { mark: "bar", a: [Infinity] } }),
    "spec.a[0] must be a finite number or null, got Infinity",
  ],
  [
    figure({ spec: { mark: "bar", a: 1n } }),
    "spec.a must be what JSON can hold, got a bigint",
  ],
  [figure({ spec: circle }), "must be nested at most 64 deep, got more"],
  [
    figure({ png: "iVBORw0KGgo" }),
    'png must be the bytes of a PNG, got "iVBORw0KGgo"',
  ],
  [
    figure({ png: new Uint8Array(30) }),
    "png must be the bytes of a PNG, got an array of 30",
  ],
  [figure({ text: 5 }), "text must be text, got 5"],
  [
    figure({ pixelRatio: 0 }),
    "pixelRatio must be a finite number above 0, got 0",
  ],
  [
    table(undefined),
    "Cannot show the table: rows must be an array of objects, or a danfojs frame, got nothing",
  ],
  [
    table({ a: 1 }),
    'rows must be an array of objects, or a danfojs frame, got {"a":1}',
  ],
  [table([1]), "rows[0] must be an object, got 1"],
  [table([{ a: 1 }, null]), "rows[1] must be an object, got null"],
  [
    table([{ gap: 1 }], "gap"),
    'columns must be an array of keys or columns, got "gap"',
  ],
  [
    table([{ method: 1, gap: 1 }], ["gap", "metod"]),
    'columns[1] must be a key of the rows (nearest: method), got "metod"',
  ],
  [
    table([{ a: 1 }], [{ key: "a", format: 3 }]),
    "columns[0].format must be a function, got 3",
  ],
  [
    table([{ a: 1 }], [{ key: "a", format: () => 3 }]),
    "what a column's format gives must be text, got 3",
  ],
  [
    table([{ a: 1 }], ["a"], { maxRows: NaN }),
    "maxRows must be a whole number of at least 1, got NaN",
  ],
  [
    () => showFramesAsTables(untyped({})),
    "Cannot show frames as tables: frameClass must be a function, got {}",
  ],
  [
    progress({ total: 3 }),
    "Cannot show the progress: label must be text, got nothing",
  ],
  [
    progress({ label: "a", total: NaN }),
    "total must be a finite number of at least 0, got NaN",
  ],
  [
    progress({ label: "a", total: "3" }),
    'total must be a finite number of at least 0, got "3"',
  ],
  [
    progress({ label: "a", total: 3, intervalMs: -1 }),
    "intervalMs must be a finite number of at least 0, got -1",
  ],
  [
    () => progressBundle("a", Infinity, 3),
    "done must be a finite number of at least 0, got Infinity",
  ],
  [() => progressBundle("a", 1, 3, untyped(7)), "note must be text, got 7"],
  // An interval of NaN would never show anything.
  [
    () => new LiveDisplay({ intervalMs: NaN }),
    "Cannot make a live display: intervalMs must be a finite number",
  ],
  [
    () => new LiveDisplay(untyped(undefined)),
    "the document must be an object, got nothing",
  ],
];

Deno.test("what a cell passes wrongly is refused with its path", async () => {
  for (const [act, message] of REFUSED) assertThrows(act, InputError, message);
  await assertRejects(
    () => displayTable(untyped("rows")),
    InputError,
    "Cannot show the table: rows must be an array of objects",
  );
  const live = new LiveDisplay({ intervalMs: 0 });
  await assertRejects(
    () => live.update(untyped({})),
    InputError,
    "Cannot show the display: draw must be a function, got {}",
  );
});
