/**
 * Checks of what a configuration may have got wrong.
 *
 * @module
 */

/** What a numeric option must be. */
export interface NumberCondition {
  /** Least value. */
  readonly minimum: number;
  /** Largest value; by default any finite number. */
  readonly maximum?: number;
  /** Whether only whole numbers are allowed. */
  readonly integer?: boolean;
}

/**
 * Checks the options of an algorithm.
 *
 * @param algorithm Its name, for the message.
 * @throws {RangeError} Naming the first option that is out of range.
 */
export function checkOptions<Options extends object>(
  algorithm: string,
  options: Options,
  conditions: Readonly<Record<keyof Options, NumberCondition>>,
): void {
  for (const name of Object.keys(conditions) as (keyof Options & string)[]) {
    const value: unknown = options[name];
    const { minimum, maximum = Infinity, integer = false } = conditions[name];
    const holds = typeof value === "number" && Number.isFinite(value) &&
      value >= minimum && value <= maximum &&
      (!integer || Number.isSafeInteger(value));
    if (holds) continue;
    const kind = integer ? "an integer" : "a number";
    const range = maximum === Infinity
      ? `≥ ${minimum}`
      : `in [${minimum}, ${maximum}]`;
    throw new RangeError(
      `Cannot create a ${algorithm} search: ${name} must be ${kind} ${range}, got ${value}`,
    );
  }
}
