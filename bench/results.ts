/**
 * What a benchmark run comes to: its rows, and a table of most of them.
 *
 * @module
 */

import {
  type BenchRow,
  formatMs,
  formatRatio,
  withoutEmptyColumns,
} from "../lib/cli/bench_results.ts";
import { median } from "../lib/stats/mod.ts";
import type { Blocks, Contender, PeerName } from "./contender.ts";

/** Names of rows start like this that say what the core gives at most. */
export const PEAK_PREFIX = "peak/";

/** Rates of rows whose name starts like this are the core's sgemm. */
export const SGEMM_PREFIX = `${PEAK_PREFIX}sgemm`;
/** The row of 128-bit fused multiply-adds. */
export const FMA128_NAME = `${PEAK_PREFIX}fma128`;

/** `td3/wasm/64` does the same as `td3/pytorch/64`: both are `td3/64`. */
function workOf(name: string): string {
  const [part, , ...rest] = name.split("/");
  return [part, ...rest].join("/");
}

/** The peer that is fastest at a contender's work, if any does it. */
function bestPeerOf(
  { name }: Contender,
  pooled: readonly Blocks[],
  medians: ReadonlyMap<string, number>,
): string | undefined {
  if (name.startsWith(PEAK_PREFIX)) return undefined;
  return pooled.map(({ contender }) => contender)
    .filter((one) =>
      one.peer !== undefined && workOf(one.name) === workOf(name)
    )
    .map((one) => one.name)
    .sort((a, b) => medians.get(a)! - medians.get(b)!)[0];
}

const PYMOO: PeerName = "pymoo";

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
    const { contender, ms, cpuMs = [], compileMs, stages } = one;
    const medianMs = medians.get(contender.name)!;
    const bestPeer = bestPeerOf(contender, pooled, medians);
    const { evaluations } = contender;
    const [part, , ...rest] = contender.name.split("/");
    const pymoo = medians.get([part, PYMOO, ...rest].join("/"));
    return withoutUndefined({
      name: contender.name,
      peer: contender.peer,
      unit: contender.unit,
      medianMs,
      minMs: Math.min(...ms),
      maxMs: Math.max(...ms),
      blocks: ms.length,
      perSecond: 1000 / medianMs,
      bestPeer,
      ratioToBestPeer: bestPeer === undefined
        ? undefined
        : medianMs / medians.get(bestPeer)!,
      evaluationsPerSecond: evaluations && 1000 * evaluations / medianMs,
      throughputToPymoo: evaluations && share(pymoo, medianMs),
      growth: growthOf(one, pooled, medians),
      gflops: rate(one),
      shareOfSgemm: share(rate(one), sgemm),
      shareOfFma128: contender.simd128 ? share(rate(one), fma128) : undefined,
      cpuMs: cpuMs.length === 0 ? undefined : median(cpuMs),
      compileMs,
      stages,
    });
  });
}

function withoutUndefined<T extends object>(row: T): T {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined),
  ) as T;
}

function percent(value: number | undefined): string {
  return value === undefined ? "" : `${Math.round(100 * value)} %`;
}

/**
 * The cells of the table of everything but slots and searches, the head first; of
 * these see {@linkcode searchTableOf}.
 */
export function tableOf(rows: readonly BenchRow[]): string[][] {
  return withoutEmptyColumns([
    [
      "name",
      "median",
      "least",
      "most",
      "a second",
      "of best peer",
      "GFLOP/s",
      "of sgemm",
      "of FMA 128",
      "processor",
    ],
    ...rows.filter((row) => row.evaluationsPerSecond === undefined).map((
      row,
    ) => [
      row.name,
      formatMs(row.medianMs),
      formatMs(row.minMs),
      formatMs(row.maxMs),
      row.perSecond >= 10
        ? row.perSecond.toFixed(0)
        : row.perSecond.toPrecision(2),
      formatRatio(row),
      row.gflops === undefined ? "" : row.gflops.toFixed(1),
      percent(row.shareOfSgemm),
      percent(row.shareOfFma128),
      row.cpuMs === undefined ? "" : formatMs(row.cpuMs),
    ]),
  ]);
}
