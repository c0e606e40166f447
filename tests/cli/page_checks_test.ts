import { assertEquals } from "@std/assert";
import { findProblems } from "../../lib/cli/check_pages.ts";
import {
  anchorsOf,
  checkComments,
  checkLength,
  checkLinks,
  type Checkout,
  checkPaths,
  checkTables,
  checkTasks,
  checkWords,
  formatProblem,
  type Problem,
} from "../../lib/cli/page_checks.ts";

const FILE = "docs/made_up.md";

/** A checkout with few files, of which two are pages. */
function checkoutWith(text: string): Checkout {
  return {
    paths: new Set([FILE, "docs", "docs/other.md", "lib/a.ts", "lib"]),
    tasks: new Set(["sweep", "check:method"]),
    pages: new Map([[FILE, text], [
      "docs/other.md",
      "# Other\n\n## A `b` c\n",
    ]]),
  };
}

/** What a check says of a made-up page, without the file's name. */
function told(
  check: (
    page: { file: string; text: string },
    checkout: Checkout,
  ) => Problem[],
  text: string,
): string[] {
  return check({ file: FILE, text }, checkoutWith(text)).map((problem) =>
    formatProblem(problem).slice(FILE.length + 1)
  );
}

Deno.test("a page that is too long is told with its lines", () => {
  const length = (text: string) => checkLength({ file: FILE, text }, 2);
  assertEquals(length("a\nb\n"), []);
  assertEquals(length("a\nb\nc\n").map(formatProblem), [
    `${FILE}:3: must have at most 2 lines, got 3`,
  ]);
});

Deno.test("links lead to files and headings", () => {
  assertEquals(
    told(
      checkLinks,
      "# Top\n[a](#top) [b](other.md#a-b-c) [c](../lib/a.ts) [d](https://x.org)\n" +
        "[e](LAB_PATH) `[f](none.md)`\n```md\n[g](none.md)\n```\n",
    ),
    [],
  );
  assertEquals(
    told(
      checkLinks,
      "# Top\n[a](#bottom)\n[b\nb](other.md#a-b) [c](../lib/none.ts)\n",
    ),
    [
      `2: #bottom must lead to a heading of ${FILE}, got none`,
      "4: other.md#a-b must lead to a heading of docs/other.md, got none",
      "4: ../lib/none.ts must lead to a file, got none at lib/none.ts",
    ],
  );
});

Deno.test("anchors are made as GitHub makes them", () => {
  assertEquals(
    anchorsOf(
      "# Errors in the paper's text\n## `a_b` – c/d\n```sh\n# no heading\n```\n## [Links](x.md), too\n## Twice\n## Twice\n",
    ),
    ["errors-in-the-papers-text", "a_b--cd", "links-too", "twice", "twice-1"],
  );
});

Deno.test("commands exist", () => {
  assertEquals(
    told(
      checkTasks,
      "`deno task sweep`, npx -y deno@2.9.6 task check:method\n`deno task NAME` `deno task` is\n",
    ),
    [],
  );
  assertEquals(
    told(checkTasks, "`deno\ntask sweeps` and\n`deno task check`\n"),
    ["1: there is no deno task sweeps", "3: there is no deno task check"],
  );
});

Deno.test("files that are named exist", () => {
  assertEquals(
    told(
      checkPaths,
      "`lib/a.ts`, lib/*.ts. `/home/lib/none.ts` mylib/none.ts `./lib/none.ts`\n",
    ),
    [],
  );
  assertEquals(
    told(checkPaths, "`lib/b.ts`\n`lib/*.json`, tests/none_test.ts.\n"),
    [
      "1: there is no lib/b.ts",
      "2: there is no lib/*.json",
      "2: there is no tests/none_test.ts",
    ],
  );
});

Deno.test("tables are not padded", () => {
  assertEquals(
    told(checkTables, "| a | b |\n| --- | --- |\n|  | c\\|d |\n"),
    [],
  );
  assertEquals(
    told(checkTables, "| a   | b |\n| --- | ----- |\n| c | d |\n"),
    ["1: a table must not be padded", "2: a table must not be padded"],
  );
});

Deno.test("words are American and say something", () => {
  assertEquals(
    told(
      checkWords,
      'color of every `colour`, "as the behaviour was" printed, otherwise precise\n' +
        "[x](colour.md) https://x.org/colour\n```ts\ncolour();\n```\n",
    ),
    [],
  );
  assertEquals(
    told(checkWords, "The colour is\nvery normalised, in\norder to\n"),
    [
      '1: "colour" must be spelled the American way',
      '2: "normalised" must be spelled the American way',
      '2: "very" must be left out or said otherwise',
      '2: "in order to" must be left out or said otherwise',
    ],
  );
});

Deno.test("of code the comments are read, and nothing else", () => {
  assertEquals(
    told(
      checkComments,
      'const colour = "// colour";\nconst metresPerUnit = `/* colour */`;\n// a `colour`\n',
    ),
    [],
  );
  assertEquals(
    told(
      checkComments,
      "/** The colour. */\nconst a = 1; // in metres\n/**\n * Simply.\n */\n",
    ),
    [
      '1: "colour" must be spelled the American way',
      '2: "metres" must be spelled the American way',
      '4: "Simply" must be left out or said otherwise',
    ],
  );
});

Deno.test("the pages and comments of the project have none of this", async () => {
  assertEquals((await findProblems()).map(formatProblem), []);
});
