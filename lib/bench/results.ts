/**
 * What a benchmark run comes to: rows, a table, a file.
 *
 * @module
 */

import { median } from "../stats/mod.ts";
import type { Blocks } from "./contender.ts";
import type { PeerName } from "./contender.ts";

/** A row of the table. */
export interface BenchRow {
  /** What was timed, `part/contender/size`: `td3/wasm/64`. */
  readonly name: string;
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
   * `medianMs` over that of the PyTorch peer in the same run, or `null`. The
   * PyTorch peer's environment and replay buffer are NumPy's.
   */
  readonly ratioToPyTorch: number | null;
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
  /** Share of the core's rate of 128-bit fused multiply-adds. */
  readonly shareOfFma128?: number;
  /**
   * Median processor time of all threads, where it is known: near `medianMs` if
   * there is one thread and the machine is idle, more with more threads, less
   * where others used the core.
   */
  readonly cpuMs?: number;
  /** Share of the time by stage. */
  readonly stages?: Readonly<Record<string, number>>;
}

/** The content of `bench/results.json`. */
export interface BenchResults {
  /** What it ran on. */
  readonly machine: Readonly<Record<string, string | number>>;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Every row. */
  readonly rows: readonly BenchRow[];
}

/** Rates of rows whose name starts like this are the core's sgemm. */
export const SGEMM_PREFIX = "peak/sgemm";
/** The row of 128-bit fused multiply-adds. */
export const FMA128_NAME = "peak/fma128";

/** `td3/wasm/64` is compared to `td3/pytorch/64`. */
function referenceName(name: string, peer: PeerName): string {
  const [part, , ...rest] = name.split("/");
  return [part, peer, ...rest].join("/");
}

/** `slot/decode+evaluate/U=10` is one of `slot/decode+evaluate`. */
function seriesName(name: string): string {
  return name.split("/").slice(0, 2).join("/");
}

/** Growth of a row, see {@linkcode BenchRow}. */
function growthOf(
  { contender: { name, users = 0 } }: Blocks,
  pooled: readonly Blocks[],
  medians: ReadonlyMap<string, number>,
): number | undefined {
  const smaller = pooled.map(({ contender }) => contender)
    .filter((other) =>
      seriesName(other.name) === seriesName(name) &&
      other.users !== undefined && other.users < users
    )
    .sort((a, b) => a.users! - b.users!)
    .at(-1);
  if (smaller === undefined) return undefined;
  const work = (count: number) => count * Math.log2(count);
  return (medians.get(name)! / work(users)) /
    (medians.get(smaller.name)! / work(smaller.users!));
}

/** Blocks of the same name, measured at several times, as one. */
function pool(blocks: readonly Blocks[]): Blocks[] {
  const pooled = new Map<string, Blocks>();
  for (const one of blocks) {
    const { name } = one.contender;
    const before = pooled.get(name);
    pooled.set(name, {
      ...one,
      ms: [...(before?.ms ?? []), ...one.ms],
      cpuMs: [...(before?.cpuMs ?? []), ...(one.cpuMs ?? [])],
    });
  }
  return [...pooled.values()];
}

function share(part: number | undefined, whole: number) {
  return part === undefined || whole <= 0 ? undefined : part / whole;
}

/** Turns blocks into rows, in the order in which names first appear. */
export function toRows(blocks: readonly Blocks[]): BenchRow[] {
  const pooled = pool(blocks);
  const medians = new Map(
    pooled.map(({ contender, ms }) => [contender.name, median(ms)]),
  );
  const rate = ({ contender }: Blocks) =>
    contender.flop === undefined
      ? undefined
      : contender.flop / (1e6 * medians.get(contender.name)!);
  const peak = (belongs: (name: string) => boolean) =>
    Math.max(
      0,
      ...pooled.filter(({ contender }) => belongs(contender.name))
        .map((one) => rate(one) ?? 0),
    );
  const sgemm = peak((name) => name.startsWith(SGEMM_PREFIX));
  const fma128 = peak((name) => name === FMA128_NAME);
  return pooled.map((one) => {
    const { contender, ms, cpuMs = [], stages } = one;
    const medianMs = medians.get(contender.name)!;
    const to = (peer: PeerName) =>
      medians.get(referenceName(contender.name, peer));
    const reference = to("pytorch");
    const { evaluations } = contender;
    return withoutUndefined({
      name: contender.name,
      unit: contender.unit,
      medianMs,
      minMs: Math.min(...ms),
      maxMs: Math.max(...ms),
      blocks: ms.length,
      perSecond: 1000 / medianMs,
      ratioToPyTorch: reference === undefined ? null : medianMs / reference,
      evaluationsPerSecond: evaluations && 1000 * evaluations / medianMs,
      throughputToPymoo: evaluations && share(to("pymoo"), medianMs),
      growth: growthOf(one, pooled, medians),
      gflops: rate(one),
      shareOfSgemm: share(rate(one), sgemm),
      shareOfFma128: share(rate(one), fma128),
      cpuMs: cpuMs.length === 0 ? undefined : median(cpuMs),
      stages,
    });
  });
}

function withoutUndefined<T extends object>(row: T): T {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined),
  ) as T;
}

/** A time with its unit: seconds, milliseconds or microseconds. */
export function formatMs(value: number): string {
  if (value >= 1000) return `${(value / 1000).toPrecision(4)} s`;
  if (value >= 0.1) return `${value.toPrecision(3)} ms`;
  return `${(1000 * value).toPrecision(3)} µs`;
}

function percent(value: number | undefined): string {
  return value === undefined ? "" : `${Math.round(100 * value)} %`;
}

/** Whether a row counts slots that are evaluated, see {@linkcode searchTableOf}. */
function countsEvaluations({ evaluationsPerSecond }: BenchRow): boolean {
  return evaluationsPerSecond !== undefined;
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
    ...rows.filter(countsEvaluations).map((row) => [
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

/** The cells of the table of everything else, the head first. */
export function tableOf(rows: readonly BenchRow[]): string[][] {
  return [
    [
      "name",
      "median",
      "least",
      "most",
      "a second",
      "of PyTorch",
      "GFLOP/s",
      "of sgemm",
      "of FMA 128",
      "processor",
    ],
    ...rows.filter((row) => !countsEvaluations(row)).map((row) => [
      row.name,
      formatMs(row.medianMs),
      formatMs(row.minMs),
      formatMs(row.maxMs),
      row.perSecond >= 10
        ? row.perSecond.toFixed(0)
        : row.perSecond.toPrecision(2),
      row.ratioToPyTorch === null ? "" : row.ratioToPyTorch.toFixed(2),
      row.gflops === undefined ? "" : row.gflops.toFixed(1),
      percent(row.shareOfSgemm),
      percent(row.shareOfFma128),
      row.cpuMs === undefined ? "" : formatMs(row.cpuMs),
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
