/**
 * Agreement of computed outputs with expected ones.
 *
 * @module
 */

/** Relative difference up to which outputs agree. */
export const OUTCOME_TOLERANCE = 1e-9;

/** A difference between an expected and a computed output. */
export interface OutcomeDifference {
  /** Where: `responseTimeS[2]`. */
  readonly path: string;
  /** Expected value, as JSON. */
  readonly expected: unknown;
  /** Computed value, as JSON. */
  readonly actual: unknown;
}

function agree(
  expected: unknown,
  actual: unknown,
  scale: number,
): boolean {
  if (typeof expected !== "number" || typeof actual !== "number") {
    return expected === actual;
  }
  return Math.abs(actual - expected) <= OUTCOME_TOLERANCE * Math.abs(scale);
}

function numberAt(values: unknown, index: number): number {
  const value = Array.isArray(values) ? values[index] : undefined;
  return typeof value === "number" ? value : 0;
}

/**
 * Compares outputs in JSON form to a relative 1e-9; a wait, which is a difference
 * of large numbers, relative to its response time.
 *
 * @param expected The outputs that are expected; others are not compared.
 * @param actual What {@linkcode outcomeToJson} made.
 * @returns Every difference; none if all agree.
 */
export function compareOutcome(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): OutcomeDifference[] {
  const differences: OutcomeDifference[] = [];
  for (const [key, wanted] of Object.entries(expected)) {
    const got = actual[key];
    if (!Array.isArray(wanted)) {
      const scale = typeof wanted === "number" ? wanted : 0;
      if (!agree(wanted, got, scale)) {
        differences.push({ path: key, expected: wanted, actual: got });
      }
      continue;
    }
    const items = Array.isArray(got) ? got : [];
    if (items !== got && wanted.length === 0) {
      differences.push({ path: key, expected: wanted, actual: got });
    }
    const length = Math.max(wanted.length, items.length);
    for (let i = 0; i < length; i++) {
      const scale = key === "waitTimeS"
        ? numberAt(actual.responseTimeS, i)
        : numberAt(wanted, i);
      if (!agree(wanted[i], items[i], scale)) {
        differences.push({
          path: `${key}[${i}]`,
          expected: wanted[i],
          actual: items[i],
        });
      }
    }
  }
  return differences;
}
