/**
 * What `bench/results.json` holds, a table for every processor, and how the bench
 * and the pages show it.
 *
 * @module
 */

import { z } from "zod";
import { parseInput } from "../input/input_error.ts";
import { parseJson } from "../input/json.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import { readText } from "../input/text.ts";

const TEXT = z.string({ error: "must be a text" });
const NUMBER = numberSchema();

/** A row of the table. */
export interface BenchRow {
  /** What was timed, `part/contender/size`: `td3/wasm/64`. */
  readonly name: string;
  /** The peer that did the work, if it was not ours. */
  readonly peer?: string;
  /** What the times are of: `update`, `step`, `run`, … */
  readonly unit: string;
  /** Median of the blocks. */
  readonly medianMs: number;
  /** Fastest block. */
  readonly minMs: number;
  /** Slowest block. */
  readonly maxMs: number;
  /** Number of blocks. */
  readonly blocks: number;
  /** Units a second, by the median. */
  readonly perSecond: number;
  /**
   * Name of the row that has the least median of all peers that did the same in
   * the same run, where there is one. The replay buffers and the environment of
   * peers are NumPy's, but for those of `jax-scan` and `jax-jit`.
   */
  readonly bestPeer?: string;
  /** `medianMs` over that of `bestPeer`. */
  readonly ratioToBestPeer?: number;
  /** Slots decoded and evaluated a second, where that is the work. */
  readonly evaluationsPerSecond?: number;
  /** `evaluationsPerSecond` over that of the pymoo peer in the same run. */
  readonly throughputToPymoo?: number;
  /**
   * `medianMs` per U·log2 U over that of the next smaller U among the rows of the
   * same part and contender: at most 1 where time grows no faster than U·log U.
   */
  readonly growth?: number;
  /** Achieved GFLOP/s, where operations are counted. */
  readonly gflops?: number;
  /** Share of the core's largest measured sgemm rate. */
  readonly shareOfSgemm?: number;
  /**
   * Share of the core's rate of 128-bit fused multiply-adds, of what has no wider
   * vectors.
   */
  readonly shareOfFma128?: number;
  /**
   * Median processor time of all threads, where it is known: near `medianMs` if
   * there is one thread and the machine is idle, more with more threads, less
   * where others used the core.
   */
  readonly cpuMs?: number;
  /** What compiling took before, once; it is no part of the other times. */
  readonly compileMs?: number;
  /** Share of the time by stage. */
  readonly stages?: Readonly<Record<string, number>>;
}

/** What was measured on one processor, in one run. */
export interface BenchResults {
  /** What it ran on: `cpu` and `instructions` tell processors apart. */
  readonly machine:
    & Readonly<Record<"cpu" | "instructions", string>>
    & Readonly<Record<string, string | number>>;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Every row. */
  readonly rows: readonly BenchRow[];
}

/** The content of `bench/results.json`. */
export interface BenchFile {
  /** A table for every processor. */
  readonly processors: readonly BenchResults[];
}

const ROW: z.ZodType<BenchRow> = objectSchema({
  name: TEXT,
  peer: TEXT.optional(),
  unit: TEXT,
  medianMs: NUMBER,
  minMs: NUMBER,
  maxMs: NUMBER,
  blocks: NUMBER,
  perSecond: NUMBER,
  bestPeer: TEXT.optional(),
  ratioToBestPeer: NUMBER.optional(),
  evaluationsPerSecond: NUMBER.optional(),
  throughputToPymoo: NUMBER.optional(),
  growth: NUMBER.optional(),
  gflops: NUMBER.optional(),
  shareOfSgemm: NUMBER.optional(),
  shareOfFma128: NUMBER.optional(),
  cpuMs: NUMBER.optional(),
  compileMs: NUMBER.optional(),
  stages: z.record(z.string(), NUMBER).optional(),
}, "a row of a benchmark");

const FILE: z.ZodType<BenchFile> = objectSchema({
  processors: z.array(
    objectSchema({
      machine: objectSchema({
        cpu: TEXT,
        instructions: TEXT,
        cores: NUMBER,
        architecture: TEXT,
        os: TEXT,
      }, "what it ran on"),
      versions: z.record(z.string(), TEXT, { error: "must be versions" }),
      rows: z.array(ROW, { error: "must be an array of rows" }),
    }, "the table of a processor"),
    { error: "must be an array of tables" },
  ),
}, "tables of a benchmark");

/**
 * Reads a file of results; an empty one has no tables.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} If it is not there, cannot be read, or holds something else.
 */
export async function readBenchFile(
  path: string,
  act: string,
): Promise<BenchFile> {
  const text = await readText(path, act);
  if (text.trim() === "") return { processors: [] };
  return parseInput(FILE, parseJson(text, act), { act });
}

/** A processor by name and widest vectors: `AMD EPYC, AVX-512`. */
export function processorOf(
  { machine: { cpu, instructions } }: Pick<BenchResults, "machine">,
): string {
  return `${cpu}, ${instructions}`;
}

/** Tables with that of one processor replaced, or added. */
export function withResults(
  { processors }: BenchFile,
  fresh: BenchResults,
): BenchFile {
  const name = processorOf(fresh);
  const at = processors.findIndex((one) => processorOf(one) === name);
  return {
    processors: at < 0 ? [...processors, fresh] : processors.with(at, fresh),
  };
}

/** A row's time by that of the best peer, and who that is: `1.98 (jax-scan)`. */
export function formatRatio(
  { name, bestPeer, ratioToBestPeer }: BenchRow,
): string {
  if (bestPeer === undefined || ratioToBestPeer === undefined) return "";
  const ratio = ratioToBestPeer.toFixed(2);
  return bestPeer === name ? ratio : `${ratio} (${bestPeer.split("/")[1]})`;
}

/** Table cells without the columns that are empty below the head. */
export function withoutEmptyColumns(
  [head, ...rows]: readonly (readonly string[])[],
): string[][] {
  const kept = head.map((_, column) => rows.some((row) => row[column] !== ""));
  return [head, ...rows].map((row) => row.filter((_, column) => kept[column]));
}

/** Lines on what was compiled before it was timed, and how long that took. */
export function compileLines(rows: readonly BenchRow[]): string[] {
  return rows.flatMap(({ name, compileMs }) =>
    compileMs === undefined ? [] : [`${name}: ${formatMs(compileMs)}`]
  );
}

/** A time with its unit: seconds, milliseconds or microseconds. */
export function formatMs(value: number): string {
  if (value >= 1000) return `${(value / 1000).toPrecision(4)} s`;
  if (value >= 0.1) return `${value.toPrecision(3)} ms`;
  return `${(1000 * value).toPrecision(3)} µs`;
}

/** The cells of the table of slots and searches, the head first. */
export function searchTableOf(rows: readonly BenchRow[]): string[][] {
  return [
    [
      "name",
      "median",
      "least",
      "most",
      "slots a second",
      "speed-up over pymoo",
      "growth",
    ],
    ...rows.filter((row) => row.evaluationsPerSecond !== undefined).map((
      row,
    ) => [
      row.name,
      formatMs(row.medianMs),
      formatMs(row.minMs),
      formatMs(row.maxMs),
      String(Number(row.evaluationsPerSecond!.toPrecision(3))),
      row.throughputToPymoo?.toFixed(1) ?? "",
      row.growth?.toFixed(2) ?? "",
    ]),
  ];
}

/** Lines on how whole runs and others divide into stages. */
export function stageLines(rows: readonly BenchRow[]): string[] {
  return rows.flatMap(({ name, stages }) =>
    stages === undefined ? [] : [
      `${name}: ` +
      Object.entries(stages)
        .map(([stage, part]) => `${stage} ${(100 * part).toFixed(1)} %`)
        .join(", "),
    ]
  );
}
