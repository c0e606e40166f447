/**
 * `deno task docs`: writes the parts of the documentation that are made from
 * data: the ledger, the parameters, and our numbers next to the paper's.
 *
 * A part stands between `<!-- generated: NAME -->` and `<!-- end -->`. The pages
 * that have some are not formatted, which would pad their tables, so that a part
 * is in its page just as it is made.
 *
 * @module
 */

import { readExperiment } from "../studies/paper/aggregate.ts";
import {
  type Experiment,
  EXPERIMENTS,
  FIG04,
  FIG05,
  FIG06_07,
  lengthsOf,
  paperTrials,
} from "../studies/paper/registry.ts";
import { reportExperiment } from "../studies/paper/report.ts";
import { collectLedger } from "../studies/ledger.ts";
import { ERRATA } from "../scenario/assumptions.ts";
import type { LedgerEntry } from "../input/ledger_entry.ts";
import {
  PAPER_PARAMETERS,
  PARAMETERS,
  type Parameters,
} from "../scenario/parameters.ts";
import { bench, benchSearch, speed } from "./docs_bench.ts";
import { budget, claims, readings, verdict } from "./docs_claims.ts";
import { references } from "./docs_references.ts";
import { parseArguments, runMain } from "./command.ts";
import { markdownTable } from "../reports/tables.ts";
import { listPages } from "./list_pages.ts";
import { DOCS, DOCS_PLACES } from "./project_tasks.ts";

const HELP = `
Writes the generated parts of README.md, data/README.md and the pages of docs.

Usage: deno task docs [--check]

  --check  only say which files would change

Exit code: 0, or 1 if --check finds a file that would change.
`;

function describeOptions(entry: LedgerEntry): string {
  switch (entry.kind) {
    case "choice":
      return Object.entries(entry.options).map(([key, meaning]) =>
        `${key === entry.default ? `**\`${key}\`**` : `\`${key}\``}: ${meaning}`
      ).join("<br>");
    case "number":
      return [
        `**${Number(entry.default.toPrecision(4))}** ${
          entry.unit === "1" ? "" : entry.unit
        }`.trim(),
        ...Object.entries(entry.alternatives).map(([value, meaning]) =>
          `${value}: ${meaning}`
        ),
      ].join("<br>");
    case "sizes":
      return `**[${entry.default.join(", ")}]**`;
  }
}

function ledger(): string {
  const sections = Map.groupBy(collectLedger(), ({ section }) => section);
  return Array.from(
    sections,
    ([section, entries]) =>
      `#### ${section}\n\n${
        markdownTable([
          [
            "key",
            "the paper",
            "readings (default first or bold)",
            "why",
            "matters",
          ],
          ...entries.map(({ key, entry }) => [
            `\`${key}\``,
            entry.paper,
            describeOptions(entry),
            entry.reason,
            entry.matters,
          ]),
        ])
      }`,
  ).join("\n\n");
}

function errata(): string {
  return markdownTable([
    ["place", "printed", "here"],
    ...ERRATA.map(({ place, printed, handled }) => [place, printed, handled]),
  ]);
}

function showValue(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.map(showValue).join(", ")}]`
    : String(value);
}

function parameters(): string {
  return markdownTable([
    ["symbol", "name", "value", "unit", "source", "meaning"],
    ...(Object.keys(PARAMETERS) as (keyof Parameters)[]).map((key) => {
      const { symbol, unit, source, description } = PARAMETERS[key];
      const value = showValue(PAPER_PARAMETERS[key]);
      return [symbol, `\`${key}\``, value, unit, source, description];
    }),
  ]);
}

async function results(experiment: Experiment): Promise<string> {
  const { table, verdicts } = reportExperiment(
    experiment,
    await readExperiment("data", experiment, "paper"),
  );
  const list = verdicts.map((line) => `- ${line}.`);
  return [markdownTable(table), "", ...list].join("\n");
}

/** Profiles whose results say something. */
const SHOWN_PROFILES = ["quick", "paper"] as const;

function trials(): string {
  return markdownTable([
    ["figure", "profile", "trials", "episodes", "seeds"],
    ...[...EXPERIMENTS, FIG06_07].flatMap((study) =>
      SHOWN_PROFILES.map((profile) => {
        const { episodes, seeds } = lengthsOf(study, profile);
        return [
          study.source,
          profile,
          String(paperTrials(study, profile).length),
          String(episodes),
          String(seeds.length),
        ];
      })
    ),
  ]);
}

const BENCH_RESULTS = "bench/results.json";

const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  ledger,
  errata,
  parameters,
  trials,
  bench: () => bench(BENCH_RESULTS),
  "bench search": () => benchSearch(BENCH_RESULTS),
  speed: () => speed(BENCH_RESULTS),
  comparison: () => results(FIG05),
  "learning rates": () => results(FIG04),
  verdict: () => verdict("data"),
  claims: () => claims("data"),
  readings: () => readings("data"),
  budget: () => budget("data"),
  references,
};

/** Replaces every generated part of a text. */
export async function generate(text: string): Promise<string> {
  const pattern = /(<!-- generated: ([\w ]+) -->\n)[^]*?(<!-- end -->)/g;
  const parts = await Promise.all(
    Array.from(text.matchAll(pattern), async ([, , name]) => {
      const part = PARTS[name];
      if (part === undefined) {
        throw new Error(
          `Cannot write the docs: a generated part must be one of ${
            Object.keys(PARTS).join(", ")
          }, got ${name}`,
        );
      }
      return await part();
    }),
  );
  let index = 0;
  return text.replaceAll(
    pattern,
    (_, head: string, _name: string, end: string) =>
      `${head}\n${parts[index++]}\n\n${end}`,
  );
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...DOCS }, args);
  if (parsed === undefined) return 0;
  let stale = 0;
  for (const path of await listPages(DOCS_PLACES)) {
    const text = await Deno.readTextFile(path);
    const fresh = await generate(text);
    if (fresh === text) continue;
    stale++;
    if (parsed.values.check) {
      console.error(`${path} is stale: run deno task docs`);
    } else {
      await Deno.writeTextFile(path, fresh);
      console.log(`${path} written`);
    }
  }
  return parsed.values.check && stale > 0 ? 1 : 0;
}

if (import.meta.main) await runMain(main);
