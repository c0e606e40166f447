/**
 * What `bench/results.json` holds, and how the bench and the pages show it.
 *
 * @module
 */

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
