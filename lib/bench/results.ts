/**
 * What a benchmark run comes to: rows, a table, a file.
 *
 * @module
 */

import { median } from "../math/mod.ts";
import type { Blocks } from "./contender.ts";

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
function referenceName(name: string): string {
  const [part, , ...rest] = name.split("/");
  return [part, "pytorch", ...rest].join("/");
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
    const reference = medians.get(referenceName(contender.name));
    return withoutUndefined({
      name: contender.name,
      unit: contender.unit,
      medianMs,
      minMs: Math.min(...ms),
      maxMs: Math.max(...ms),
      blocks: ms.length,
      perSecond: 1000 / medianMs,
      ratioToPyTorch: reference === undefined ? null : medianMs / reference,
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

function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toPrecision(4)} s`;
  if (value >= 0.1) return `${value.toPrecision(3)} ms`;
  return `${(1000 * value).toPrecision(3)} µs`;
}

function percent(value: number | undefined): string {
  return value === undefined ? "" : `${Math.round(100 * value)} %`;
}

/** The cells of the table, the head first. */
export function tableOf(rows: readonly BenchRow[]): string[][] {
  return [
    [
      "name",
      "median",
      "least",
      "most",
      "a second",
      "× PyTorch",
      "GFLOP/s",
      "of sgemm",
      "of FMA 128",
      "processor",
    ],
    ...rows.map((row) => [
      row.name,
      milliseconds(row.medianMs),
      milliseconds(row.minMs),
      milliseconds(row.maxMs),
      row.perSecond >= 10
        ? row.perSecond.toFixed(0)
        : row.perSecond.toPrecision(2),
      row.ratioToPyTorch === null ? "" : row.ratioToPyTorch.toFixed(2),
      row.gflops === undefined ? "" : row.gflops.toFixed(1),
      percent(row.shareOfSgemm),
      percent(row.shareOfFma128),
      row.cpuMs === undefined ? "" : milliseconds(row.cpuMs),
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
