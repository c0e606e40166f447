/**
 * The few functions of `jsr:@std/assert` that the tests use, with upstream's
 * signatures, so that the tests run where JSR cannot be reached.
 *
 * `deno unlink ./tests/std_assert` returns to the published package.
 *
 * @module
 */

import nodeAssert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";

/** An assertion that did not hold. */
export class AssertionError extends Error {
  /** Builds the error from its message. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

type ErrorConstructorLike<E extends Error> =
  // deno-lint-ignore no-explicit-any -- as upstream: any constructor of errors
  abstract new (...args: any[]) => E;

function withMessage(text: string, msg?: string): string {
  return msg ? `${text}: ${msg}` : text;
}

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is false {
  if (expr) throw new AssertionError(msg);
}

/** Asserts that the two values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  try {
    nodeAssert.deepStrictEqual(actual, expected);
  } catch (error) {
    throw new AssertionError(
      withMessage(`Values are not equal. ${(error as Error).message}`, msg),
    );
  }
}

/** Asserts that the two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!isDeepStrictEqual(actual, expected)) return;
  throw new AssertionError(
    withMessage(`Expected actual to differ from ${inspect(expected)}`, msg),
  );
}

/** Asserts that the two values are the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  throw new AssertionError(
    withMessage(
      `Values are not strictly equal: ${inspect(actual)} and ${
        inspect(expected)
      }`,
      msg,
    ),
  );
}

/**
 * Asserts that two numbers differ by at most `tolerance`, by default 1e-7 of
 * the expected value.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ??
    (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (Math.abs(expected - actual) <= allowed) return;
  throw new AssertionError(
    withMessage(
      `Expected ${actual} to be within ${allowed} of ${expected}`,
      msg,
    ),
  );
}

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(
    withMessage(
      `Expected ${inspect(actual)} to contain ${inspect(expected)}`,
      msg,
    ),
  );
}

/** Asserts that `actual` matches the expression. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (expected.test(actual)) return;
  throw new AssertionError(
    withMessage(`Expected ${inspect(actual)} to match ${expected}`, msg),
  );
}

/** Asserts that `actual` is greater than or equal to `expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (actual >= expected) return;
  throw new AssertionError(
    withMessage(`Expected ${inspect(actual)} >= ${inspect(expected)}`, msg),
  );
}

/** Asserts that `actual` is less than or equal to `expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (actual <= expected) return;
  throw new AssertionError(
    withMessage(`Expected ${inspect(actual)} <= ${inspect(expected)}`, msg),
  );
}

function checkError<E extends Error>(
  error: unknown,
  ErrorClass: ErrorConstructorLike<E>,
  msgIncludes: string | undefined,
  msg: string | undefined,
): E {
  if (!(error instanceof ErrorClass)) {
    throw new AssertionError(
      withMessage(
        `Expected error to be instance of "${ErrorClass.name}", but was ${
          inspect(error)
        }`,
        msg,
      ),
    );
  }
  if (msgIncludes !== undefined && !error.message.includes(msgIncludes)) {
    throw new AssertionError(
      withMessage(
        `Expected error message to include ${inspect(msgIncludes)}, but got ${
          inspect(error.message)
        }`,
        msg,
      ),
    );
  }
  return error;
}

/** Asserts that `fn` throws, and returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorConstructorLike<E> =
    Error as unknown as ErrorConstructorLike<E>,
  msgIncludes?: string,
  msg?: string,
): E {
  let result: unknown;
  try {
    result = fn();
  } catch (error) {
    return checkError(error, ErrorClass, msgIncludes, msg);
  }
  throw new AssertionError(
    withMessage(`Expected function to throw, got ${inspect(result)}`, msg),
  );
}

/** Asserts that the promise of `fn` is rejected, and returns the error. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorConstructorLike<E> =
    Error as unknown as ErrorConstructorLike<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E> {
  let result: unknown;
  try {
    result = await fn();
  } catch (error) {
    return checkError(error, ErrorClass, msgIncludes, msg);
  }
  throw new AssertionError(
    withMessage(`Expected function to reject, got ${inspect(result)}`, msg),
  );
}
