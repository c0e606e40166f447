/**
 * Trying damaged inputs, one after another, from a seed.
 *
 * @module
 */

import { RandomStream } from "../../lib/math/prng.ts";
import { LONGEST_MS } from "./judge.ts";
import type { FuzzInput, Target } from "./target.ts";

/** An input that was not taken as it must be. */
export interface Finding {
  /** The target's name. */
  readonly target: string;
  /** Number of the input: with the seed it makes it again. */
  readonly index: number;
  /** What is wrong. */
  readonly fault: string;
  /** The input. */
  readonly input: FuzzInput;
}

/** What a run came to. */
export interface FuzzReport {
  /** Inputs by target. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of all inputs the one that took longest, in ms. */
  readonly longestMs: number;
  /** What was found. */
  readonly findings: readonly Finding[];
}

/** Options of {@linkcode runFuzz}. */
export interface FuzzOptions {
  /** Seed of the inputs. */
  readonly seed: number;
  /** How many inputs are tried. */
  readonly count: number;
  /** How an input is tried; by default in this process. */
  readonly run?: (
    target: Target,
    input: FuzzInput,
    folder: string,
  ) => Promise<string | undefined>;
}

async function tryInput(
  run: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await run();
  } catch (error) {
    return `an uncaught error: ${(error as Error)?.stack ?? error}`;
  }
}

/** The target whose turn it is, in proportion to the weights. */
function targetOf(stream: RandomStream, targets: readonly Target[]): Target {
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  let place = stream.integer(total);
  return targets.find(({ weight }) => (place -= weight) < 0)!;
}

/** Tries `count` damaged inputs; the same seed tries the same ones. */
export async function runFuzz(
  targets: readonly Target[],
  { seed, count, run = (target, ...rest) => target.run(...rest) }: FuzzOptions,
): Promise<FuzzReport> {
  const counts: Record<string, number> = {};
  const findings: Finding[] = [];
  let longestMs = 0;
  const folder = await Deno.makeTempDir();
  try {
    for (let index = 0; index < count; index++) {
      // A stream of its own, so that one input can be tried again alone.
      const stream = new RandomStream(seed, `fuzz/${index}`);
      const target = targetOf(stream, targets);
      const input = target.draw(stream);
      counts[target.name] = (counts[target.name] ?? 0) + 1;
      const startMs = performance.now();
      const fault = await tryInput(() => run(target, input, folder));
      const tookMs = performance.now() - startMs;
      longestMs = Math.max(longestMs, tookMs);
      const late = tookMs > LONGEST_MS ? `${Math.round(tookMs)} ms` : undefined;
      const found = fault ?? late;
      if (found !== undefined) {
        findings.push({ target: target.name, index, fault: found, input });
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return { counts, longestMs, findings };
}
