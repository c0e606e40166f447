/**
 * Many small tasks, a few at a time.
 *
 * @module
 */

/** Files that are open at a time; more do not make reading faster. */
const AT_A_TIME = 16;

/**
 * Calls an asynchronous function for every item, a few at a time.
 *
 * @returns The results, in the order of the items.
 * @throws What the first call throws; no further call is begun then.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mapConcurrently } from "./map_concurrently.ts";
 *
 * const doubled = await mapConcurrently(
 *   [1, 2, 3],
 *   (value) => Promise.resolve(2 * value),
 * );
 * assertEquals(doubled, [2, 4, 6]);
 * ```
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await call(items[index]);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  return results;
}
