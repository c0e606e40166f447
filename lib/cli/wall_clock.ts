/**
 * The time of day, for files of other programs that say when something was; no
 * result depends on it.
 *
 * @module
 */

/** Milliseconds since 1970. */
export function wallClockMs(): number {
  return Date.now();
}
