/**
 * `deno task site`: builds pages that open from disk, without a server or a network.
 *
 * @module
 */

import { join } from "node:path";
import lab from "../../deno.json" with { type: "json" };
import { InputError } from "../input/input_error.ts";
import { CHECKOUT } from "../trials/checkout.ts";
import { parseArguments, runMain } from "./command.ts";
import { verdict } from "./docs_claims.ts";
import { SITE } from "./project_tasks.ts";
import {
  readSiteClaims,
  readSiteFigures,
  readSitePolicy,
} from "./site_data.ts";
import { orSystemError } from "./sweep_options.ts";

const HELP = `
Builds the pages of the site: figures, claims and a playground of the environment.
They open from disk and ask no host for anything.

Usage: deno task site [--output DIR]

  --output DIR  where they go; by default _site

Exit code: 0, or 1 if a script cannot be bundled, or 2 if an argument or a table is not
valid.
`;

/** Where the sources are. */
const SOURCES = join(CHECKOUT, "docs/site");

/** What the pages look like, which is copied. */
const SHEETS = ["site.css"];

/** Programs, each of which becomes one classic script. */
const SCRIPTS = ["figures", "claims", "playground"] as const;

/** A page, of which `docs/site` has what differs from others in its frame. */
interface Page {
  /** Name of the file. */
  readonly name: string;
  /** What other pages call it; by default they do not list it. */
  readonly link?: string;
  /** What it shows, in a sentence. */
  readonly description: string;
  /** The program that it runs, which has data of its own. */
  readonly script: typeof SCRIPTS[number];
}

const PAGES: readonly Page[] = [
  {
    name: "index",
    description:
      "The paper EdgeAIGC, computed again: its figures, its claims, and its model to play with.",
    script: "figures",
  },
  {
    name: "figures",
    link: "Figures",
    description: "Figures 4 to 7 of the paper as they come out here.",
    script: "figures",
  },
  {
    name: "claims",
    link: "Claims",
    description:
      "The claims of the paper, judged under every reading of what it leaves open.",
    script: "claims",
  },
  {
    name: "playground",
    link: "Playground",
    description:
      "Decide a slot of the EdgeAIGC model yourself, next to the optimum, a rule and a trained agent.",
    script: "playground",
  },
];

/** Worlds that the playground offers, each with a policy that was trained there. */
const WORLDS = ["paper", "balanced"];

/** A script that could not be bundled. */
class BundleError extends Error {}

/** A program and all that it imports as one classic script. */
async function bundle(name: string): Promise<Uint8Array> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--platform", "browser", "--format", "iife"],
      ...["--minify", join(SOURCES, `${name}.ts`)],
    ],
    cwd: CHECKOUT,
  }).output();
  if (success) return stdout;
  throw new BundleError(new TextDecoder().decode(stderr));
}

/** Data as a classic script, since a page from disk may not fetch any. */
function dataScript(value: unknown): string {
  // U+2028 and its like are fine in scripts, and no script ends within a file of one.
  return `globalThis.SITE_DATA = ${JSON.stringify(value)};\n`;
}

/** A text as HTML. */
function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}

/** A page with what is computed written into it. */
function fillPage(text: string, parts: Readonly<Record<string, string>>) {
  return Object.entries(parts).reduce(
    (page, [name, part]) => page.replaceAll(`<!-- ${name} -->`, () => part),
    text,
  );
}

/** The links to all pages that have one, on a page. */
function linksOn({ name }: Page): string {
  return PAGES.filter(({ link }) => link !== undefined).map((page) =>
    `<li><a href="${page.name}.html"${
      page.name === name ? ' aria-current="page"' : ""
    }>${page.link}</a></li>`
  ).join("\n");
}

/** A page within the frame that all of them have. */
function framePage(frame: string, page: Page, main: string): string {
  const { link, description, script } = page;
  return fillPage(frame, {
    title: link === undefined ? "EdgeAIGC Lab" : `${link} · EdgeAIGC Lab`,
    description,
    script,
    pages: linksOn(page),
    main: main.trimEnd(),
  });
}

/**
 * Every file of the site, by name.
 *
 * @param data The folder of the tables.
 * @throws {InputError} If a table is not there, damaged or not whole.
 */
export async function buildSite(
  data = "data",
): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  const lines = (await verdict(data)).split("\n");
  const parts = {
    version: lab.version,
    verdict: lines.map((line) => `<li>${escapeHtml(line.slice(2))}</li>`)
      .join("\n"),
  };
  const source = (name: string) => Deno.readTextFile(join(SOURCES, name));
  const frame = await source("frame.html");
  for (const page of PAGES) {
    const file = `${page.name}.html`;
    const text = framePage(frame, page, await source(file));
    files.set(file, fillPage(text, parts));
  }
  for (const sheet of SHEETS) {
    files.set(sheet, await Deno.readFile(join(SOURCES, sheet)));
  }
  const policies = await Promise.all(
    WORLDS.map((world) =>
      readSitePolicy(join(SOURCES, "policies", world), world)
    ),
  );
  files.set("figures_data.js", dataScript(await readSiteFigures(data)));
  files.set("claims_data.js", dataScript(await readSiteClaims(data)));
  files.set("playground_data.js", dataScript(policies));
  const scripts = await Promise.all(SCRIPTS.map(bundle));
  SCRIPTS.forEach((name, k) => files.set(`${name}.js`, scripts[k]));
  return files;
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...SITE }, args);
  if (parsed === undefined) return 0;
  const folder = parsed.values.output;
  let files: Map<string, string | Uint8Array>;
  try {
    files = await buildSite();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new InputError(
        `Cannot build the site: data must hold the tables of the paper profile, got none (${error.message})`,
      );
    }
    if (!(error instanceof BundleError)) throw error;
    console.error(`Cannot build the site: ${error.message}`);
    return 1;
  }
  return await orSystemError("write the site", async () => {
    await Deno.mkdir(folder, { recursive: true });
    let bytes = 0;
    for (const [name, content] of files) {
      const file = typeof content === "string"
        ? new TextEncoder().encode(content)
        : content;
      await Deno.writeFile(join(folder, name), file);
      bytes += file.length;
    }
    console.log(
      `${join(folder, "index.html")} and ${files.size - 1} more files, ${
        (bytes / 1e6).toFixed(1)
      } MB`,
    );
    return 0;
  });
}

if (import.meta.main) await runMain(main);
