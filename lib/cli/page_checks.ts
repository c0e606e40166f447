/**
 * What is checked of the documentation's pages, and of comments in code: pure
 * functions from texts to problems.
 *
 * @module
 */

import { dirname, join, normalize } from "node:path/posix";

/** Something wrong with a text. */
export interface Problem {
  /** The file, from the root of the checkout. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** What is wrong. */
  readonly what: string;
}

/** A text with its place. */
export interface Page {
  /** The file, from the root of the checkout. */
  readonly file: string;
  /** All of it. */
  readonly text: string;
}

/** What pages may name. */
export interface Checkout {
  /** Files and folders, from the root. */
  readonly paths: ReadonlySet<string>;
  /** Tasks of `deno task`. */
  readonly tasks: ReadonlySet<string>;
  /** Pages by their files, for the headings that links lead to. */
  readonly pages: ReadonlyMap<string, string>;
}

/** A problem as a line: `FILE:LINE: what is wrong`. */
export function formatProblem({ file, line, what }: Problem): string {
  return `${file}:${line}: ${what}`;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

/** A text with blanks where a pattern matches, so that places stay. */
function blank(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, (found) => found.replaceAll(/[^\n]/g, " "));
}

const FENCE = /^( *)```[^]*?^\1```/gm;
const CODE = /(`+)(?!`)[^]*?[^`]\1(?!`)/g;
const GENERATED = /<!-- generated: [^]*?<!-- end -->/g;
const HTML_COMMENT = /<!--[^]*?-->/g;
/** The target of a link, or an address. */
const TARGET = /\]\([^)]*\)|https?:\/\/\S+/g;
/** What is quoted, as from the paper, word for word. */
const QUOTED = /"[^"\n]*"/g;

function* findAll(
  { file, text }: Page,
  pattern: RegExp,
  within: string,
  judge: (found: RegExpMatchArray) => string | undefined,
): Generator<Problem> {
  for (const found of within.matchAll(pattern)) {
    const what = judge(found);
    if (what !== undefined) {
      yield { file, line: lineAt(text, found.index), what };
    }
  }
}

/** A page that is longer than it should be. */
export function checkLength({ file, text }: Page, most: number): Problem[] {
  const lines = text.trimEnd().split("\n").length;
  return lines <= most ? [] : [{
    file,
    line: most + 1,
    what: `must have at most ${most} lines, got ${lines}`,
  }];
}

/**
 * The anchors of a page's headings, by GitHub's rules.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { anchorsOf } from "./page_checks.ts";
 *
 * const text = "# The `wasm` engine's speed\n\n## Why?\n\n## Why?\n";
 * assertEquals(anchorsOf(text), ["the-wasm-engines-speed", "why", "why-1"]);
 * ```
 */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...blank(text, FENCE).matchAll(/^#{1,6} +(.+?) *#*$/gm)]
    .map(([, heading]) => {
      const slug = heading
        .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
        .replaceAll(" ", "-");
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    });
}

/** Links that lead to no file, or to no heading of a page. */
export function checkLinks(page: Page, checkout: Checkout): Problem[] {
  const prose = blank(blank(page.text, FENCE), CODE);
  return [...findAll(page, /\]\(\s*([^)\s]+)\s*\)/g, prose, ([, target]) => {
    // Another protocol, or a place that is filled in when the page is copied.
    if (/^[a-z][a-z+.-]*:|^[A-Z_]+$/.test(target)) return undefined;
    const [path, anchor] = target.split("#");
    const file = path === ""
      ? page.file
      : normalize(join(dirname(page.file), path)).replace(/\/$/, "");
    if (!checkout.paths.has(file)) {
      return `${target} must lead to a file, got none at ${file}`;
    }
    const text = checkout.pages.get(file);
    if (anchor === undefined || text === undefined) return undefined;
    return anchorsOf(text).includes(anchor)
      ? undefined
      : `${target} must lead to a heading of ${file}, got none`;
  })];
}

/** Commands of `deno task` that there are not. */
export function checkTasks(page: Page, { tasks }: Checkout): Problem[] {
  const pattern = /\bdeno(?:@[\d.]+)?\s+task\s+([a-z][\w:-]*)/g;
  return [...findAll(
    page,
    pattern,
    page.text,
    ([, name]) => tasks.has(name) ? undefined : `there is no deno task ${name}`,
  )];
}

/** A path, which may have stars, as a pattern. */
function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^/]*")}$`);
}

/** What commands make that is not committed. */
const MADE: readonly string[] = ["docs/api"];

/** Paths of the checkout that there are not; `*` stands for part of a name. */
export function checkPaths(page: Page, { paths }: Checkout): Problem[] {
  const pattern =
    /(?<![\w/.@*-])(?:lib|tests|docs|bench|\.github|\.ci)\/[\w*.-]+(?:\/[\w*.-]+)*/g;
  const exists = (path: string) =>
    path.includes("*")
      ? [...paths].some((one) => patternOf(path).test(one))
      : paths.has(path);
  return [...findAll(page, pattern, page.text, ([found]) => {
    const path = found.replace(/\.+$/, "");
    return MADE.includes(path) || exists(path) ||
        exists(join(dirname(page.file), path))
      ? undefined
      : `there is no ${path}`;
  })];
}

/** Tables whose cells are padded: every change of one would change all rows. */
export function checkTables(page: Page): Problem[] {
  return [...findAll(
    page,
    /^\|.*(?:(?<=[^ |] {2,})\||\| {2,}[^ |]|-{4,} *\|).*$/gm,
    blank(page.text, FENCE),
    () => "a table must not be padded",
  )];
}

/** British spellings; the American one is another. */
const BRITISH = new RegExp(
  `\\b(?:${
    [
      "\\w*(?:colour|behaviour|favour|honour|labour|flavour|neighbour|rigour)\\w*",
      "(?:kilo|centi|milli)?metres?",
      "(?:centre|fibre|litre|theatre|calibre)[sd]?",
      `(?:${
        [
          "normal|optim|minim|maxim|initial|serial|synchron|organ|recogn|summar",
          "real|general|visual|util|special|character|categor|parametr|parameter",
          "random|vector|token|final|local|emphas|penal|discret|stabil|standard",
          "priorit|custom|author|formal|memor|regular|linear|scrutin|capital|reorgan",
        ].join("|")
      })is(?:e[drs]?|ers|ing|ations?)`,
      "analys(?:e|ed|ing)",
      "(?:cancel|label|model|signal|travel|channel)l(?:ed|ing|er|ers)",
      "(?:mis)?spelt|learnt|burnt|whilst|amongst|grey|catalogue[sd]?",
      "artefacts?|licence[sd]?|defence|programmes?|sceptic\\w*|fulfil|fulfils",
    ].join("|")
  })\\b`,
  "gi",
);

/** Words and phrases that say nothing, or that a shorter one says. */
const BANNED =
  /\b(?:utili[sz]\w+|leverag\w+|simply|obviously|basically|very|please\s+note|in\s+order\s+to)\b/gi;

function* wordsIn(page: Page, prose: string): Generator<Problem> {
  const show = (found: string) => found.replaceAll(/\s+/g, " ");
  yield* findAll(
    page,
    BRITISH,
    prose,
    ([found]) => `"${show(found)}" must be spelled the American way`,
  );
  yield* findAll(
    page,
    BANNED,
    prose,
    ([found]) => `"${show(found)}" must be left out or said otherwise`,
  );
}

/**
 * British spellings and empty words in a page's own words: not in code, quotations,
 * links' targets, or generated parts, whose words stand in code.
 */
export function checkWords(page: Page): Problem[] {
  const prose = [GENERATED, HTML_COMMENT, FENCE, CODE, TARGET, QUOTED]
    .reduce(blank, page.text);
  return [...wordsIn(page, prose)];
}

/** A comment, or what may hide the sign of one: strings, templates, patterns. */
const COMMENT_OR_TEXT = new RegExp(
  [
    /(\/\*[^]*?\*\/|\/\/[^\n]*)/,
    /"(?:[^"\\\n]|\\[^])*"/,
    /'(?:[^'\\\n]|\\[^])*'/,
    /`(?:[^`\\$]|\\[^]|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*`/,
    /(?<=[(,=:?&|!{;[]\s*)\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//,
  ].map(({ source }) => source).join("|"),
  "g",
);

/** British spellings and empty words in the comments of a module. */
export function checkComments(module: Page): Problem[] {
  let comments = "";
  let end = 0;
  for (
    const { 0: found, 1: comment, index } of module.text.matchAll(
      COMMENT_OR_TEXT,
    )
  ) {
    comments += blank(module.text.slice(end, index), /[^]+/g);
    comments += comment ?? blank(found, /[^]+/g);
    end = index + found.length;
  }
  const prose = [
    // The fences and lines of an example, which begin with stars.
    /^ *\* *```[^]*?^ *\* *```/gm,
    CODE,
    TARGET,
    QUOTED,
  ].reduce(blank, comments);
  return [...wordsIn(module, prose)];
}
