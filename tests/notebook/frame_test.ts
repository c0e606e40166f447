import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { concat, DataFrame, merge, toJSON } from "danfojs";
import { InputError } from "../../lib/input/input_error.ts";
import {
  columnOf,
  frameOf,
  frameRows,
  sortBy,
  summarize,
} from "../../lib/notebook/frame.ts";
import { openStudy } from "../../lib/studies/mod.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** Refused, in one line. */
async function assertRefused(
  make: () => Promise<unknown>,
  message: string,
): Promise<void> {
  await assertRejects(make, InputError, `Cannot ${message}`);
}

Deno.test("danfojs takes no missing number of a frame for 0", async () => {
  const frame = await frameOf([
    { g: "a", x: 1 },
    { g: "b" },
    { x: 3, g: "a" },
    { g: "b", x: -1 },
  ]);
  const means = frame.groupby(["g"]).agg({ x: "mean" });
  assertEquals(frameRows(means), [{ g: "a", x_mean: 2 }, {
    g: "b",
    x_mean: null,
  }]);
  const atLeast0 = frame.query(frame["x"].ge(0));
  assertEquals(columnOf(atLeast0, "x"), [1, 3]);
  assertEquals(frame["x"].mean(), 1);
});

Deno.test("what danfojs does rightly works on frames", async () => {
  const left = await frameOf([{ k: 1, a: "x" }, { a: "y", k: 2 }]);
  const right = await frameOf([{ k: 2, b: 0.5 }]);
  const merged = merge({ left, right, on: ["k"], how: "left" });
  assertEquals(frameRows(merged), [
    { k: 1, a: "x", b: null },
    { k: 2, a: "y", b: 0.5 },
  ]);
  assertEquals(left["a"].valueCounts().values, [1, 1]);
  assertEquals(left.rename({ a: "c" }).columns, ["k", "c"]);
  assertEquals(toJSON(left), [{ k: 1, a: "x" }, { k: 2, a: "y" }]);
  // The last: it changes its first frame.
  const both = concat({ dfList: [left, right], axis: 0 }) as DataFrame;
  assertEquals(columnOf(both, "b"), [null, null, 0.5]);
});

Deno.test("a column is whole numbers to danfojs only if all of it are", async () => {
  const rows = Array.from({ length: 25 }, (_, x) => ({ x, y: x, z: 2 ** x }));
  const frame = await frameOf([...rows, { x: 0.5, y: 1, z: 2 ** 31 }]);
  assertEquals(frame.dtypes, ["float32", "int32", "float32"]);
  assertEquals(frame["x"].tensor.arraySync().at(-1), 0.5);
});

Deno.test("a frame holds its own copy of the rows", async () => {
  const rows = [{ a: 1 }];
  const frame = await frameOf(rows);
  rows[0].a = 2;
  columnOf(frame, "a")[0] = 3;
  assertEquals(frameRows(frame), [{ a: 1 }]);
});

Deno.test("what has rows becomes a frame, and objects in rows columns", async () => {
  const rows = [{
    seed: 0,
    metrics: { hitRate: 0.5, interval: { lower: 0.25 } },
  }];
  const expected = [{
    seed: 0,
    "metrics.hitRate": 0.5,
    "metrics.interval.lower": 0.25,
  }];
  for (const source of [rows, { rows: () => Promise.resolve(rows) }]) {
    assertEquals(frameRows(await frameOf(source)), expected);
  }
});

Deno.test("what does not apply to a trial of a study is missing in its frame", async () => {
  await withTemporaryFolder(async (data) => {
    const study = await openStudy({
      name: "mixed",
      scenario: "small",
      methods: ["random", "cloud-only"],
      seeds: "0",
      testEpisodes: 1,
      grid: { "random.cacheDecoding": ["threshold", "rank"] },
    }, { data });
    await study.run({ jobs: 1 });
    const frame = await frameOf(study);
    assertEquals(
      frameRows(frame).map((row) => {
        const { method, "random.cacheDecoding": decoding } = row as {
          method: string;
          "random.cacheDecoding": string | null;
        };
        return [method, decoding];
      }).toSorted(),
      [["cloud-only", null], ["random", "rank"], ["random", "threshold"]],
    );
  });
});

Deno.test("an empty cell beside numbers is missing where a source has rows, and refused in rows", async () => {
  const rows = [{ method: "random", h: "" }, { method: "td3", h: 0.5 }];
  const frame = await frameOf({ rows: () => rows });
  assertEquals(frameRows(frame), [
    { method: "random", h: null },
    { method: "td3", h: 0.5 },
  ]);
  await assertRejects(() => frameOf(rows), InputError, "must be a text");
});

Deno.test("a frame refuses what it cannot hold rightly", async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const called = (name: string) =>
    `columns must not be called as members of danfojs frames, which would be lost, got "${name}"`;
  const cases: [unknown, string][] = [
    ...["values", "index", "columns", "mean", "$data", "constructor"].map((
      name,
    ): [unknown, string] => [[{ [name]: 1 }], called(name)]),
    [[JSON.parse('{"__proto__":1}')], called("__proto__")],
    [[{ "": 1 }], 'columns must have names, got ""'],
    [[{ a: 1 }, { a: "x" }], 'rows[1], column "a" must be a number, as before'],
    [
      [{ a: [1, 2, 3] }],
      "rows[0].a must be a number, a text, true, false, null",
    ],
    [[{ a: 1n }], "rows[0].a must be a number"],
    [[{ a: new Date(0) }], "rows[0].a must be a number"],
    [[{ a: { b: 1 }, "a.b": 2 }], 'rows[0]["a.b"] must be a column of its own'],
    [[circle], "rows[0].self.self.self"],
    [[[1, 2]], "rows[0] must be an object, got [1,2]"],
    [5, "rows must be an array of objects, or what has rows, got 5"],
    [null, "rows must be an array of objects, or what has rows, got null"],
  ];
  for (const [rows, message] of cases) {
    await assertRefused(
      () => frameOf(rows as object[]),
      `make a frame: ${message}`,
    );
  }
});

Deno.test("a column that is not there is named, with the nearest", async () => {
  const frame = await frameOf([{ method: "td3", hitRate: 0.5 }]);
  const missing =
    'column must be one of the frame (nearest: hitRate), got "hitrate"';
  assertThrows(
    () => columnOf(frame, "hitrate"),
    InputError,
    `Cannot take the column: ${missing}`,
  );
  await assertRefused(
    () => sortBy(frame, "hitrate"),
    `sort the frame: ${missing}`,
  );
  await assertRefused(
    () => summarize(frame, { by: "method", metric: "hitrate" }),
    `summarize the frame: ${missing}`,
  );
  await assertRefused(
    () => summarize(frame, { by: ["method", "hitrate"], metric: "hitRate" }),
    `summarize the frame: ${missing}`,
  );
});

Deno.test("a summary refuses what has none", async () => {
  const frame = await frameOf([{ m: "a", n: 1, x: Infinity }, {
    m: "a",
    n: 2,
  }]);
  const cases: [object, string][] = [
    [{ metric: "m" }, "metric must be a column of numbers, got"],
    [{}, "column must be one of the frame, got nothing"],
    [{ metric: "x", by: "n" }, "by must have columns, each once, that are not"],
    [{ metric: "x", by: ["m", "m"] }, "by must have columns, each once"],
    [
      { metric: "x", statistic: "interquartilemean" },
      "statistic must be one of mean, interquartileMean, median (nearest: interquartileMean)",
    ],
    [{ metric: "x", statistic: "median" }, "metric must be finite for"],
  ];
  for (const [options, message] of cases) {
    await assertRefused(
      () => summarize(frame, options as { metric: string }),
      `summarize the frame: ${message}`,
    );
  }
});

Deno.test("an interval without a formula is bootstrapped, the same each time", async () => {
  const frame = await frameOf([1, 2, 3, 4, 10].map((x) => ({ x })));
  const options = { metric: "x", statistic: "interquartileMean" } as const;
  const [once] = frameRows<Record<string, number>>(
    await summarize(frame, options),
  );
  assertEquals(once.estimate, 3);
  assert(once.lower >= 1 && once.lower < 3, `${once.lower}`);
  assert(once.upper > 3 && once.upper <= 10, `${once.upper}`);
  assertEquals(frameRows(await summarize(frame, options)), [once]);
});

Deno.test("frames of danfojs itself are taken if they are whole", async () => {
  const whole = new DataFrame([{ a: 2, b: NaN }, { a: 1, b: 0.5 }]);
  assertEquals(frameRows(await sortBy(whole, "a")), [
    { a: 1, b: 0.5 },
    { a: 2, b: null },
  ]);
  const ragged = new DataFrame([{ a: 1, b: 2 }, { a: 3 }]);
  assertThrows(
    () => frameRows(ragged),
    InputError,
    "rows[1] of the frame must have a cell for each of 2 columns, got 1",
  );
  for (const other of [whole["a"], {}, null, [[1]]]) {
    await assertRefused(
      () => sortBy(other as DataFrame, "a"),
      "sort the frame: frame must be a danfojs frame, got",
    );
  }
});

Deno.test("a missing cell shows as nothing, a given NaN as NaN", async () => {
  const frame = await frameOf([{ x: 1.5 }, { x: null }, { x: NaN }]);
  const show = Reflect.get(frame, Symbol.for("Jupyter.display"));
  const { "text/plain": text } = show.call(frame);
  assertStringIncludes(text, "0  1.5\n1\n2  NaN");
});
