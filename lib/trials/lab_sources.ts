/**
 * The code that decides a trial's numbers: which modules of the checkout a trial
 * runs, and what is in them. A finished trial keeps the list, so that later code
 * is not taken for the code that made it.
 *
 * @module
 */

import { dirname, join, posix } from "node:path";
import { CHECKOUT } from "./checkout.ts";
import { sha256 } from "./seal.ts";
import {
  importsOf,
  type ModuleImport,
  ScanError,
  tokensOf,
} from "./source_tokens.ts";

/** SHA-256 of modules, by path from the checkout with `/`, in order. */
export type SourceRecord = Readonly<Record<string, string>>;

/** One list of modules from several; sums that differ are all kept. */
export function uniteSources(records: readonly SourceRecord[]): SourceRecord {
  const sums = new Map<string, Set<string>>();
  for (const [path, sum] of records.flatMap(Object.entries)) {
    sums.set(path, (sums.get(path) ?? new Set()).add(sum));
  }
  return Object.fromEntries(
    [...sums].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([path, own]) => [path, [...own].sort().join(" ")]),
  );
}

/** Reads a file of the checkout, given its path with `/`. */
export type ReadSource = (path: string) => Promise<Uint8Array>;

/** What of a trial's config decides which modules run. */
export interface TrialCode {
  /** Name of the method. */
  readonly method: string;
  /** Engine of a trial that trains. */
  readonly engine?: string;
  /** Whether the method is from a file, and may build on any other. */
  readonly own?: boolean;
}

/** Where every trial begins. */
const RUNNER = "lib/trials/run_trial.ts";

/** What methods from files build on; which of it they take is not looked at. */
const PARTS: readonly string[] = ["agents", "search", "policies", "optimum"]
  .map((room) => `lib/${room}/mod.ts`);

/** Imports every method, of which a trial runs one. */
const REGISTRY = "lib/methods/registry.ts";

/** Offers parts of all methods; who imports some of them does not run the rest. */
const OFFERS = "lib/methods/mod.ts";

/** Where each engine begins. */
const ENGINE_FILES: Readonly<Record<string, string>> = {
  wasm: "lib/nn/wasm/wasm_engine.ts",
  blas: "lib/nn/wasm/blas_engine.ts",
  tfjs: "lib/nn/reference/tfjs_engine.ts",
};

/** Loads one engine of several. */
const ENGINES = "lib/nn/open_engine.ts";

/** Modules that are scanned; others count byte for byte. */
const SCANNED = /\.[cm]?[jt]s$/;

/** A module of the checkout. */
interface LabModule {
  readonly sha256: string;
  readonly imports: readonly ModuleImport[];
}

/** Reads the files of a checkout; by default of the one that this module is of. */
export function sourceReader(checkout = CHECKOUT): ReadSource {
  return (path) => Deno.readFile(join(checkout, path));
}

function scan(path: string, bytes: Uint8Array): LabModule {
  if (!SCANNED.test(path)) return { sha256: sha256(bytes), imports: [] };
  const text = new TextDecoder().decode(bytes);
  try {
    const tokens = tokensOf(text);
    return { sha256: sha256(tokens.join("\n")), imports: importsOf(tokens) };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    // Rather a comment too many that counts than a trial that cannot run.
    const imports = [
      ...text.matchAll(/\b(?:from|import)\s*["']([^"'\n]+)["']/g),
    ]
      .map(([, specifier]) => ({ specifier }));
    return { sha256: sha256(bytes), imports };
  }
}

/**
 * The modules of the lab as they are now. It reads every file once, so an object
 * is for one look at the checkout, and for as many trials as one likes.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { LabSources } from "./lab_sources.ts";
 *
 * const sources = new LabSources();
 * const td3 = await sources.of({ method: "td3", engine: "wasm" });
 * assert("lib/agents/td3.ts" in td3);
 * assert("lib/nn/wasm/kernels/kernels_base64.ts" in td3);
 * assert(!("lib/search/ga.ts" in td3));
 * ```
 */
export class LabSources {
  readonly #read: ReadSource;
  readonly #modules = new Map<string, Promise<LabModule | undefined>>();
  readonly #records = new Map<string, Promise<SourceRecord>>();

  /** Reads by `read`, by default the checkout that this module is of. */
  constructor(read: ReadSource = sourceReader()) {
    this.#read = read;
  }

  async #load(path: string): Promise<LabModule | undefined> {
    try {
      return scan(path, await this.#read(path));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** The module, or `undefined` if there is none. */
  #module(path: string): Promise<LabModule | undefined> {
    let module = this.#modules.get(path);
    if (module === undefined) {
      module = this.#load(path);
      this.#modules.set(path, module);
    }
    return module;
  }

  /** What an import runs, of all that a module imports. */
  async #targets(
    path: string,
    { specifier, names }: ModuleImport,
  ): Promise<string[]> {
    if (!specifier.startsWith(".")) return [];
    const target = posix.join(dirname(path), specifier);
    if (target.startsWith("..") || target === REGISTRY) return [];
    if (target !== OFFERS || names === undefined) return [target];
    const offers = (await this.#module(OFFERS))?.imports ?? [];
    const wanted = offers.filter(({ passedOnAs }) =>
      passedOnAs === undefined || passedOnAs.some((as) => names.includes(as))
    );
    const found = await Promise.all(
      wanted.map((offer) => this.#targets(OFFERS, offer)),
    );
    return found.flat();
  }

  async #collect(roots: readonly string[]): Promise<SourceRecord> {
    const found = new Map<string, string>();
    const seen = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const module = await this.#module(path);
      if (module === undefined) return;
      found.set(path, module.sha256);
      await Promise.all(module.imports.map(async (one) => {
        if (one.dynamic && path === ENGINES) return;
        const targets = await this.#targets(path, one);
        await Promise.all(targets.map(visit));
      }));
    };
    await Promise.all(roots.map(visit));
    return Object.fromEntries([...found].sort(([a], [b]) => a < b ? -1 : 1));
  }

  /**
   * The modules that decide a trial's numbers: those that `run_trial.ts` imports,
   * of methods and engines only the trial's. A method from a file has no module
   * here, but all that methods are built from. Modules that are imported for their types alone run nothing, and count no
   * more than comments and white space do. Packages are no part of it: `deno.json`
   * pins them.
   */
  of({ method, engine, own = false }: TrialCode): Promise<SourceRecord> {
    const roots = [
      RUNNER,
      `lib/methods/${method.replaceAll("-", "_")}.ts`,
      ...engine === undefined ? [] : [ENGINE_FILES[engine]],
      ...own ? PARTS : [],
    ];
    const key = roots.join(" ");
    let record = this.#records.get(key);
    if (record === undefined) {
      record = this.#collect(roots);
      this.#records.set(key, record);
    }
    return record;
  }
}
