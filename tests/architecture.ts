/**
 * What the architecture test enforces: who may import whom, as data, and how
 * imports are read.
 *
 * Imports are read by `deno info`, that is by the compiler's own parser, so that
 * static, dynamic, type-only, re-exporting and import-map imports all count, and
 * comments and strings do not.
 *
 * @module
 */

import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** An import between two modules. */
export interface Import {
  /** The importing file, relative to the root: `lib/workload/trace.ts`. */
  readonly from: string;
  /** The imported file relative to the root, or `npm:zod`, `node:path`, … */
  readonly to: string;
  /** Whether only types are imported, so that nothing is left at run time. */
  readonly typeOnly: boolean;
}

/** What a folder of lib may import. */
export interface LayerRule {
  /** Folders of which everything may be imported. */
  readonly values?: readonly string[];
  /** Folders of which types alone may be imported. */
  readonly types?: readonly string[];
}

/** Upstream folders of every folder in lib; a folder may always import itself. */
export const LAYERS: Readonly<Record<string, LayerRule>> = {
  files: {},
  input: {},
  math: {},
  stats: { values: ["input", "math"] },
  scenario: { values: ["input", "math"] },
  workload: { values: ["input", "math", "scenario"] },
  env: { values: ["input", "math", "scenario", "workload"] },
  nn: { values: ["input", "math"] },
  agents: { values: ["input", "math", "nn"], types: ["env", "workload"] },
  search: { values: ["input", "math"] },
  optimum: { values: ["input", "math", "scenario", "workload", "env"] },
  policies: {
    values: ["input", "math", "scenario", "workload", "env", "optimum"],
  },
  methods: {
    values: [
      ...["input", "math", "scenario", "workload", "env", "nn"],
      ...["agents", "search", "optimum", "policies"],
    ],
  },
  trials: {
    values: [
      ...["files", "input", "math", "stats", "scenario", "workload", "env"],
      ...["nn", "agents", "methods"],
    ],
  },
  studies: {
    values: [
      ...["files", "input", "math", "stats", "scenario", "workload", "env"],
      ...["nn", "agents", "optimum", "policies", "methods", "trials"],
    ],
  },
  claims: {
    values: [
      ...["input", "math", "stats", "scenario", "env", "nn", "methods"],
      ...["files", "trials", "studies"],
    ],
  },
  figures: {
    values: ["input", "math", "stats", "optimum", "methods", "files"],
    types: [
      "scenario",
      "workload",
      "env",
      "search",
      "trials",
      "studies",
      "claims",
    ],
  },
  reports: {
    values: [
      ...["input", "math", "stats", "optimum", "methods", "trials"],
      ...["studies", "claims", "figures"],
    ],
  },
  notebook: {
    values: [
      ...["files", "input", "math", "stats", "scenario", "env", "trials"],
      ...["studies", "figures", "reports"],
    ],
    types: ["agents"],
  },
  kernel: { values: ["input", "files"] },
  cli: {
    values: [
      ...["files", "input", "math", "stats", "scenario", "workload", "env"],
      ...["nn", "agents", "search", "optimum", "policies", "methods"],
      ...["trials", "studies", "claims", "figures", "reports", "notebook"],
      "kernel",
    ],
  },
};

/** Files that may import more than their folder. */
export const EXCEPTIONS: Readonly<Record<string, LayerRule>> = {
  // Where a search meets the environment; the algorithms know none.
  "lib/search/edge_problem.ts": {
    values: ["input", "math", "scenario", "workload", "env"],
  },
};

/** Packages that one folder alone may import. */
export const OWNERS: Readonly<Record<string, string>> = {
  "npm:@tensorflow/tfjs": "nn",
  "npm:@tensorflow/tfjs-backend-wasm": "nn",
};

/** Folders that run in browsers and Node, too, and do without Node's modules. */
export const ELSEWHERE: readonly string[] = [
  ...["input", "math", "scenario", "workload", "env", "nn", "agents"],
  ...["search", "optimum", "policies", "methods"],
];

/** What of them runs in Deno alone; nothing imports it but when it is asked for. */
const DENO_ALONE: readonly string[] = ["lib/nn/reference/tfjs_engine.ts"];

/** What stands on lib: it may import all of it, and nothing in lib imports it. */
const BENCH = "bench/";

/** Files outside lib that lib may import. */
export const OUTSIDE: readonly string[] = ["deno.json"];

function layerOf(file: string): string | undefined {
  return /^lib\/([^/]+)\//.exec(file)?.[1];
}

function isAllowed(rule: LayerRule, layer: string, typeOnly: boolean) {
  return rule.values?.includes(layer) ||
    (typeOnly && (rule.types?.includes(layer) ?? false));
}

/** What `deno task new` copies: it stands outside the lab, and imports all of it. */
export const TEMPLATE = "lib/cli/new/";

/** Why an import is not allowed, or `undefined` if it is. */
export function violationOf(
  { from, to, typeOnly }: Import,
): string | undefined {
  const text = `${from} must not import ${typeOnly ? "types of " : ""}${to}`;
  const isBench = from.startsWith(BENCH);
  const layer = isBench ? "bench" : layerOf(from);
  const target = layerOf(to);
  if (to.startsWith("unresolved:")) return `${text}: nothing is there`;
  if (to.startsWith(BENCH)) {
    return isBench ? undefined : `${text}: nothing in lib imports bench`;
  }
  if (from.startsWith(TEMPLATE)) return undefined;
  if (from === "lib/mod.ts") {
    return target === "cli" ? `${text}: nothing in lib imports cli` : undefined;
  }
  if (layer === undefined || !(isBench || layer in LAYERS)) {
    return `${from} must be in a known folder of lib`;
  }
  if (
    to.startsWith("node:") && ELSEWHERE.includes(layer) &&
    !DENO_ALONE.includes(from)
  ) return `${text}: browsers have no such module`;
  if (/^[a-z]+:/.test(to)) {
    const owner = OWNERS[to];
    return owner !== undefined && owner !== layer
      ? `${text}: only lib/${owner} does`
      : undefined;
  }
  if (!to.startsWith("lib/")) {
    return OUTSIDE.includes(to) ? undefined : `${text}: it is outside lib`;
  }
  if (isBench || target === layer) return undefined;
  const rule = EXCEPTIONS[from] ?? LAYERS[layer];
  if (target === undefined || !isAllowed(rule, target, typeOnly)) {
    return `${text}: imports point upstream only`;
  }
  return undefined;
}

/**
 * A shortest circle of imports through each file that is on one, as a text, every
 * circle once; types count.
 */
export function circlesOf(imports: readonly Import[]): string[] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const circles = new Set<string>();
  for (const start of targets.keys()) {
    const paths = [[start]];
    const seen = new Set<string>();
    // The list grows while it is walked: breadth first.
    for (const path of paths) {
      for (const { to } of targets.get(path[path.length - 1]) ?? []) {
        if (to === start) {
          const first = path.indexOf(path.toSorted()[0]);
          const circle = [...path.slice(first), ...path.slice(0, first)];
          circles.add([...circle, circle[0]].join(" → "));
          paths.length = 0;
          break;
        }
        if (!seen.has(to)) paths.push([...path, to]);
        seen.add(to);
      }
    }
  }
  return [...circles].sort();
}

interface InfoReference {
  readonly specifier?: string;
  readonly error?: string;
}

interface InfoDependency {
  readonly specifier: string;
  readonly code?: InfoReference;
  readonly type?: InfoReference;
}

interface InfoModule {
  readonly specifier: string;
  readonly error?: string;
  readonly dependencies?: readonly InfoDependency[];
}

/** `npm:/@scope/name@1.2.3/sub` → `npm:@scope/name`. */
function packageOf(specifier: string): string {
  const parts = /^(npm|jsr):\/?((?:@[^/]+\/)?[^@/]+)/.exec(specifier);
  return parts === null ? specifier : `${parts[1]}:${parts[2]}`;
}

/** Every source file below a folder, as paths. */
export async function sourceFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) files.push(...await sourceFiles(path));
    else if (/\.[cm]?[jt]sx?$/.test(entry.name)) files.push(path);
  }
  return files.sort();
}

/** The source files of a checkout that have rules: the library and its bench. */
export async function ruledFiles(root: string): Promise<string[]> {
  return [
    ...await sourceFiles(join(root, "lib")),
    ...await sourceFiles(join(root, BENCH)),
  ];
}

/** Reads every import of the {@linkcode ruledFiles} of a checkout. */
export async function readImports(root: string): Promise<Import[]> {
  const files = await ruledFiles(root);
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      entry,
      files.map((file) => `import "${pathToFileURL(file)}";\n`).join(""),
    );
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["info", "--json", "--no-lock", "--no-npm"],
        ...["--config", join(root, "deno.json"), entry],
      ],
      cwd: dirname(entry),
    }).output();
    if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
    const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
      modules: InfoModule[];
    };
    const missing = new Set(
      modules.filter(({ error, specifier }) =>
        error !== undefined && !specifier.startsWith("npm:")
      ).map(({ specifier }) => specifier),
    );
    const nameOf = (dependency: InfoDependency): string => {
      const { specifier } = dependency.code ?? dependency.type ?? {};
      if (specifier === undefined || missing.has(specifier)) {
        return `unresolved:${dependency.specifier}`;
      }
      return specifier.startsWith("file:")
        ? relative(root, fileURLToPath(specifier))
        : packageOf(specifier);
    };
    const wanted = new Set(files.map((file) => String(pathToFileURL(file))));
    return modules.filter(({ specifier }) => wanted.has(specifier)).flatMap((
      { specifier, dependencies = [] },
    ) =>
      dependencies.map((dependency) => ({
        from: relative(root, fileURLToPath(specifier)),
        to: nameOf(dependency),
        typeOnly: dependency.code === undefined,
      }))
    );
  } finally {
    await Deno.remove(entry);
  }
}

/** What hides chance, time or imports from a reader, and how to find it. */
export const HIDDEN: Readonly<Record<string, RegExp>> = {
  "Math.random":
    /\bMath\s*(\.\s*random\b|\[)|\{[^}]*\brandom\b[^}]*\}\s*=\s*Math\b/,
  // A date that is written out is no clock.
  "Date.now":
    /\bDate\s*\.\s*now\b|(?<!\bnew\s+)\bDate\s*\(|\bnew\s+Date\s*\((?!\d)/,
  "performance.now": /\bperformance\s*(\.\s*(now|timeOrigin)\b|\[)/,
  "crypto's random numbers": /\bcrypto\s*\.\s*(getRandomValues|randomUUID)\b/,
  "an import whose target is computed":
    /\bimport\s*\((?!\s*(["'])[^"'\n]*\1\s*[,)])/,
  "a worker, which is an import in disguise": /\bnew\s+Worker\s*\(/,
};

/** A source without its comments, as far as they stand on lines of their own. */
function withoutComments(source: string): string {
  return source.split("\n")
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .join("\n");
}

/** Which of the {@linkcode HIDDEN} things a source does. */
export function hiddenIn(source: string): string[] {
  const code = withoutComments(source);
  return Object.entries(HIDDEN).filter(([, pattern]) => pattern.test(code))
    .map(([what]) => what);
}
