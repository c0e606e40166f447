/**
 * The checkout's cache: what is made once for a kind of processor.
 *
 * @module
 */

/** The path of a file in the cache; only of a checkout, not of a module on the web. */
export function cachePath(name: string): string {
  const { pathname } = new URL(`../../../.cache/${name}`, import.meta.url);
  return decodeURIComponent(pathname);
}
