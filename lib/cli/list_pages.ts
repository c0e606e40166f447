/**
 * The pages of the documentation.
 *
 * @module
 */

/**
 * The Markdown files that some places stand for, in order of their names within a
 * folder.
 *
 * @param places Files, and folders of pages.
 */
export async function listPages(places: readonly string[]): Promise<string[]> {
  const pages: string[] = [];
  for (const place of places) {
    if (place.endsWith(".md")) {
      pages.push(place);
      continue;
    }
    const names: string[] = [];
    for await (const { name } of Deno.readDir(place)) names.push(name);
    pages.push(
      ...names.filter((name) => name.endsWith(".md")).sort()
        .map((name) => `${place}/${name}`),
    );
  }
  return pages;
}
