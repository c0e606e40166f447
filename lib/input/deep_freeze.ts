/**
 * Values that nobody can change by mistake.
 *
 * @module
 */

/**
 * Freezes plain objects and arrays with all that is in them: to change a part of
 * them is then an error, not a silent change of everybody's value.
 *
 * @returns The value.
 */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) {
    return value;
  }
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
