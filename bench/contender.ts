/**
 * Contenders that take turns: block after block, so that whatever slows the
 * machine down for a while slows all of them down.
 *
 * @module
 */

import { cpuUsage } from "node:process";

/** The libraries that peers' own agents are written with. */
export const LEARNING_PEERS = ["pytorch", "jax"] as const;

/** The library that a peer is written with; the last are whole learners. */
export type PeerName = typeof LEARNING_PEERS[number] | "pymoo" | "sb3" | "sbx";

/** What a block of work took. */
export interface Measurement {
  /** By the wall clock. */
  readonly ms: number;
  /** Processor time of all threads, where it is known. */
  readonly cpuMs?: number;
  /** What compiling took before, which is no part of the block, where it is known. */
  readonly compileMs?: number;
  /** Share of the time by stage, where it is known. */
  readonly stages?: Readonly<Record<string, number>>;
}

/** Times work of this process, done `count` times. */
export function timeHere(count: number, work: () => void): Measurement {
  const cpu = cpuUsage();
  const start = performance.now();
  for (let i = 0; i < count; i++) work();
  const ms = performance.now() - start;
  const { user, system } = cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** Something that can be timed. */
export interface Contender {
  /** Name of its row. */
  readonly name: string;
  /** What `count` counts: `update`, `step`, … */
  readonly unit: string;
  /** Floating-point operations of a unit, where they are known. */
  readonly flop?: number;
  /** Slots that are decoded and evaluated in a unit, where that is its work. */
  readonly evaluations?: number;
  /** Number of users, where rows show how time grows with it. */
  readonly users?: number;
  /** Whether it has no vectors but those of WebAssembly, of 128 bits. */
  readonly simd128?: boolean;
  /** The peer that does the work; by default this process does. */
  readonly peer?: PeerName;
  /** Works off `count` units, which is even. */
  run(count: number): Promise<Measurement>;
}

/** A contender of this process; what it needs is made when it is first timed. */
export function contenderHere(
  named: Omit<Contender, "run" | "peer">,
  create: () => () => void,
): Contender {
  let work: (() => void) | undefined;
  return {
    ...named,
    run: (count) => {
      work ??= create();
      return Promise.resolve(timeHere(count, work));
    },
  };
}

/** A contender's blocks; times are of one unit. */
export interface Blocks {
  /** Who was timed. */
  readonly contender: Contender;
  /** By the wall clock, one number a block. */
  readonly ms: readonly number[];
  /** Processor time of all threads, one number a block, where it is known. */
  readonly cpuMs?: readonly number[];
  /** What compiling took before the last block, where it is known. */
  readonly compileMs?: number;
  /** Stages of the last block. */
  readonly stages?: Readonly<Record<string, number>>;
}

/** Options of {@linkcode interleave}. */
export interface InterleaveOptions {
  /** Blocks of every contender. */
  readonly rounds: number;
  /** How long a block is meant to take; 0 makes every block a single unit. */
  readonly blockMs: number;
  /** Who took longer than this in the first round sits the others out. */
  readonly onceAboveMs?: number;
  /** Called before a round. */
  readonly onRound?: (round: number) => void;
  /** Called when a peer fails, whose contender is left out from then on. */
  readonly onFailure?: (contender: Contender, error: unknown) => void;
}

/**
 * Units that a block must have, from what some units took: even, because TD3
 * moves its actor in every other update, and at least 2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { blockSize } from "./contender.ts";
 *
 * assertEquals(blockSize(100, { count: 2, ms: 10 }), 20);
 * assertEquals(blockSize(100, { count: 2, ms: 900 }), 2);
 * ```
 */
export function blockSize(
  blockMs: number,
  seen: { readonly count: number; readonly ms: number },
): number {
  const wanted = blockMs * seen.count / Math.max(seen.ms, 1e-3);
  return Math.max(2, 2 * Math.round(wanted / 2));
}

/** Warms a contender up and finds out how many units fill a block. */
async function calibrate(
  contender: Contender,
  blockMs: number,
): Promise<number> {
  if (blockMs === 0) return 1;
  let count = 2;
  for (;;) {
    // Only the second call of a size is looked at: the first may compile.
    await contender.run(count);
    const { ms } = await contender.run(count);
    if (ms >= blockMs / 4) return blockSize(blockMs, { count, ms });
    count *= 4;
  }
}

/**
 * Times contenders in turns. The order is that of the list; each round starts
 * one place further on, so that nobody always follows the same one.
 */
export async function interleave(
  contenders: readonly Contender[],
  options: InterleaveOptions,
): Promise<Blocks[]> {
  const { rounds, blockMs, onceAboveMs = Infinity, onRound } = options;
  const failed = new Set<Contender>();
  /** What a contender gives, unless it is a peer's that fails. */
  const attempt = async <T>(contender: Contender, work: () => Promise<T>) => {
    if (contender.peer === undefined) return await work();
    try {
      return await work();
    } catch (error) {
      if (options.onFailure === undefined) throw error;
      failed.add(contender);
      options.onFailure(contender, error);
    }
  };
  const counts: number[] = [];
  for (const contender of contenders) {
    const size = () => calibrate(contender, blockMs);
    counts.push(await attempt(contender, size) ?? 0);
  }
  const measured = contenders.map((): Measurement[] => []);
  for (let round = 0; round < rounds; round++) {
    onRound?.(round);
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      const contender = contenders[index];
      if (failed.has(contender)) continue;
      if (round > 0 && measured[index][0].ms > onceAboveMs) continue;
      const block = await attempt(
        contender,
        () => contender.run(counts[index]),
      );
      if (block !== undefined) measured[index].push(block);
    }
  }
  return contenders.flatMap((contender, index) => {
    if (failed.has(contender)) return [];
    const blocks = measured[index];
    const perUnit = (total: number) => total / counts[index];
    const cpuMs = blocks.flatMap((block) =>
      block.cpuMs === undefined ? [] : [perUnit(block.cpuMs)]
    );
    const { stages, compileMs } = blocks.at(-1) ?? {};
    return [{
      contender,
      ms: blocks.map((block) => perUnit(block.ms)),
      ...(cpuMs.length < blocks.length ? {} : { cpuMs }),
      ...(compileMs === undefined ? {} : { compileMs }),
      ...(stages === undefined ? {} : { stages }),
    }];
  });
}
