/**
 * Checks the pages of the documentation, and the words of comments.
 *
 * @module
 */

import lab from "../../deno.json" with { type: "json" };
import { listPages } from "./list_pages.ts";
import { parseArguments, runMain } from "./command.ts";
import { folderConfig } from "./new.ts";
import {
  checkComments,
  checkLength,
  checkLinks,
  type Checkout,
  checkPaths,
  checkTables,
  checkTasks,
  checkWords,
  formatProblem,
  type Page,
  type Problem,
} from "./page_checks.ts";

const HELP = `
Checks README.md, the other pages and the comments in lib and bench: length, links and
their anchors, files and commands that there are not, padded tables, spelling.

Usage: lib/cli/check_pages.ts

Exit code: 0, or 1 if something is wrong.
`;

const CHANGELOG = "CHANGELOG.md";

/** Where the pages are: files and a folder. */
const PLACES: readonly string[] = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  CHANGELOG,
  "docs",
  "data/README.md",
  "lib/cli/new/README.md",
];

/** Pages that a reader should take in at a sitting: their most lines. */
const MOST_LINES: Readonly<Record<string, number>> = {
  "README.md": 150,
  "ARCHITECTURE.md": 200,
};

/** Folders that no page leads into. */
const SKIPPED = new Set([
  ...[".git", ".venv", "node_modules", "docs/api"],
  ...["data/trials", "data/sweeps"],
]);

async function listPaths(folder: string, paths: Set<string>): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder || ".")) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (SKIPPED.has(name) || SKIPPED.has(path)) continue;
    paths.add(path);
    if (isDirectory) await listPaths(path, paths);
  }
}

const read = async (file: string): Promise<Page> => ({
  file,
  text: await Deno.readTextFile(file),
});

/** What is wrong with a page. */
function checkPage(page: Page, checkout: Checkout): Problem[] {
  const most = MOST_LINES[page.file];
  return [
    ...most === undefined ? [] : checkLength(page, most),
    ...checkLinks(page, checkout),
    // What has been may be gone.
    ...page.file === CHANGELOG
      ? []
      : [...checkTasks(page, checkout), ...checkPaths(page, checkout)],
    ...checkTables(page),
    ...checkWords(page),
  ];
}

/** What is wrong with the pages and the comments of the checkout. */
export async function findProblems(): Promise<Problem[]> {
  const paths = new Set<string>();
  await listPaths("", paths);
  const pages = await Promise.all((await listPages(PLACES)).map(read));
  const checkout: Checkout = {
    paths,
    tasks: new Set([
      ...Object.keys(lab.tasks),
      ...Object.keys((folderConfig(".") as Pick<typeof lab, "tasks">).tasks),
    ]),
    pages: new Map(pages.map(({ file, text }) => [file, text])),
  };
  const modules = await Promise.all(
    [...paths].filter((path) => /^(lib|bench)\/.*\.ts$/.test(path)).sort()
      .map(read),
  );
  return [
    ...pages.flatMap((page) => checkPage(page, checkout)),
    ...modules.flatMap(checkComments),
  ];
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments(
    { help: HELP, options: {}, positionals: [0, 0] },
    args,
  );
  if (parsed === undefined) return 0;
  const problems = await findProblems();
  for (const problem of problems) console.error(formatProblem(problem));
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.main) await runMain(main);
