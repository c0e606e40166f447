/**
 * The tokens of TypeScript, which are what is left of a module without comments and
 * white space, and the modules that it imports.
 *
 * @module
 */

/** A text that the scanner cannot follow to its end. */
export class ScanError extends Error {}

const SPACE = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)+/uy;
const WORD = /[\p{ID_Continue}$#@\\]+/uy;
const STRING = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/uy;
const REGEX =
  /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[\p{ID_Continue}]*/uy;
/** From a backtick, or the brace that ends an expression, to the next. */
const TEMPLATE = /[`}](?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/uy;
const PUNCTUATION =
  />>>=|\.\.\.|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==+|!==?|<=|>=|\+\+|--|\*\*|<<|>>|&&|\|\||\?\?|\?\.(?!\d)|[-+*/%&|^]=|[^]/uy;

/** Reserved words after which a slash begins a regular expression. */
const BEFORE_VALUE = new Set(
  "return typeof case in do else void delete throw new instanceof yield await"
    .split(" "),
);

/** Signs that stand before a value or behind one. */
const KEEPS_PLACE = new Set(["++", "--", "!"]);

/** Words whose parentheses a statement follows. */
const BEFORE_CONDITION = new Set(["if", "while", "for", "with"]);

/** Words after which, and signs before which, a line break means something. */
const BREAKS_AFTER = new Set(
  "return break continue throw yield async get set static accessor".split(" "),
);
const BREAKS_BEFORE = new Set(["++", "--"]);

/**
 * The tokens of a TypeScript or JavaScript module, without comments and without
 * white space: two texts with the same tokens are the same program. A line break
 * is a token where it can end a statement that would otherwise go on.
 *
 * @throws {ScanError} If a string, a template or a comment has no end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tokensOf } from "./source_tokens.ts";
 *
 * assertEquals(tokensOf("a /= /[/*]/; // no /* comment"), [
 *   "a",
 *   "/=",
 *   "/[/*]/",
 *   ";",
 * ]);
 * ```
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  /** What every open bracket is: what it is closed by decides what may follow. */
  const open: string[] = [];
  let at = 0;
  let last = "";
  /** Whether a slash would begin a regular expression here. */
  let value = true;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const need = (pattern: RegExp, what: string): string => {
    const found = match(pattern);
    if (found !== undefined) return found;
    throw new ScanError(`Cannot find the end of ${what} at character ${at}`);
  };
  if (text.startsWith("#!")) at = /^.*/.exec(text)![0].length;
  while (at < text.length) {
    const space = match(SPACE);
    const broken = space !== undefined && /[\n\r\u2028\u2029]/.test(space);
    if (at === text.length) break;
    if (broken && BREAKS_AFTER.has(last)) tokens.push("\n");
    const next = text[at];
    let token: string;
    if (next === "/" && text[at + 1] === "*") {
      throw new ScanError(
        `Cannot find the end of a comment at character ${at}`,
      );
    } else if (next === '"' || next === "'") {
      token = need(STRING, "a string");
      value = false;
    } else if (next === "`" || (next === "}" && open.at(-1) === "${")) {
      token = need(TEMPLATE, "a template");
      if (next === "}") open.pop();
      value = token.endsWith("${");
      if (value) open.push("${");
    } else if (next === "/" && value) {
      token = need(REGEX, "a regular expression");
      value = false;
    } else {
      const word = match(WORD);
      token = word ?? match(PUNCTUATION)!;
      if (word !== undefined) value = last !== "." && BEFORE_VALUE.has(word);
      else if (token === "(" || token === "[" || token === "{") {
        open.push(BEFORE_CONDITION.has(last) ? "condition" : token);
        value = true;
      } else if (token === ")" || token === "]" || token === "}") {
        value = open.pop() === "condition";
      } else if (!KEEPS_PLACE.has(token)) value = true;
      if (broken && BREAKS_BEFORE.has(token)) tokens.push("\n");
    }
    tokens.push(token);
    last = token;
  }
  return tokens;
}

/** What a module imports from another. */
export interface ModuleImport {
  /** How the module names the other. */
  readonly specifier: string;
  /** Names that it takes, as the other calls them; `undefined`: all of it. */
  readonly names?: readonly string[];
  /** Whether it does so while it runs, by `import(…)`. */
  readonly dynamic?: true;
  /** Names under which it passes on what it takes, in the order of `names`. */
  readonly passedOnAs?: readonly string[];
}

/** Names in braces, such as `a, b as c, type D`; those of types are left out. */
function namesIn(tokens: readonly string[]): [name: string, as: string][] {
  const parts: string[][] = [[]];
  for (const token of tokens) {
    if (token === ",") parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.filter((part) =>
    part.length > 0 &&
    !(part[0] === "type" && part.length > 1 && part[1] !== "as")
  ).map((part) => [part[0], part.at(-1)!]);
}

/** One import or export that begins at a token, unless it is of types alone. */
function importAt(
  tokens: readonly string[],
  start: number,
): ModuleImport | undefined {
  const isString = (token?: string) => /^["']/.test(token ?? "");
  const textOf = (token: string) => token.slice(1, -1);
  const next = tokens[start + 1];
  const passesOn = tokens[start] === "export";
  if (!passesOn && isString(next)) return { specifier: textOf(next) };
  if (!passesOn && next === "(") {
    const specifier = tokens[start + 2];
    return isString(specifier) && tokens[start - 1] !== "typeof"
      ? { specifier: textOf(specifier), dynamic: true }
      : undefined;
  }
  if (passesOn && !["{", "*", "type"].includes(next)) return undefined;
  // `import type from "x"` takes a value of that name.
  if (next === "type" && tokens[start + 2] !== "from") return undefined;
  let end = start + 1;
  while (end < tokens.length && !isString(tokens[end])) {
    if (/^[;=(]$/.test(tokens[end])) return undefined;
    end++;
  }
  if (tokens[end - 1] !== "from" || end === tokens.length) return undefined;
  const specifier = textOf(tokens[end]);
  const clause = tokens.slice(start + 1, end - 1);
  if (clause[0] !== "{") return { specifier };
  const names = namesIn(clause.slice(1, -1));
  if (names.length === 0) return undefined;
  return {
    specifier,
    names: names.map(([name]) => name),
    ...passesOn ? { passedOnAs: names.map(([, as]) => as) } : {},
  };
}

/**
 * What a module of these tokens imports, but for types, which are gone when it
 * runs. Imports whose target is computed are not found.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { importsOf, tokensOf } from "./source_tokens.ts";
 *
 * const text = 'import { a } from "./a.ts"; import type { B } from "./b.ts";';
 * assertEquals(importsOf(tokensOf(text)), [
 *   { specifier: "./a.ts", names: ["a"] },
 * ]);
 * ```
 */
export function importsOf(tokens: readonly string[]): ModuleImport[] {
  const imports: ModuleImport[] = [];
  tokens.forEach((token, index) => {
    if (token !== "import" && token !== "export") return;
    if (tokens[index - 1] === "." || tokens[index - 1] === "?.") return;
    const found = importAt(tokens, index);
    if (found !== undefined) imports.push(found);
  });
  return imports;
}
