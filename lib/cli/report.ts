/**
 * `deno task report`: figures, tables and verdicts of a study, from its finished
 * trials.
 *
 * @module
 */

import { join } from "node:path";
import lab from "../../deno.json" with { type: "json" };
import { PAPER_METHODS } from "../claims/mod.ts";
import type { LabSources } from "../trials/lab_sources.ts";
import { type MetricName, METRICS } from "../studies/metrics.ts";
import { collectProvenance } from "../trials/provenance.ts";
import { describeStale } from "../trials/stale.ts";
import { METRIC_COLUMNS } from "../studies/columns.ts";
import { isMethodFile } from "../trials/method_file.ts";
import { isTraining } from "../trials/trial.ts";
import {
  figureFiles,
  type FigureFormat,
  type FigureSpec,
  fitFigure,
  type FitOptions,
} from "../figures/mod.ts";
import { writeFilesTogether } from "../files/write_file.ts";
import { InputError } from "../input/input_error.ts";
import {
  axesOf,
  checkStandIns,
  csvTable,
  gatherStudy,
  latexTable,
  markdownTable,
  reportStudy,
  type StandIns,
  type StudyReport,
  type StudyResults,
} from "../reports/mod.ts";
import { FIGURES_HELP, readFit, readFormats } from "./figure_options.ts";
import {
  type Arguments,
  parseArguments,
  readChoice,
  runMain,
} from "./command.ts";
import { acceptedLine } from "./stale.ts";
import { orSystemError, readData, readSelection } from "./sweep_options.ts";
import { formatTable } from "./table.ts";
import { REPORT } from "./study_tasks.ts";
import { pathForUser, userPath } from "./user_path.ts";

const HELP = `
Draws figures and writes tables and verdicts of a study, from its finished trials;
runs no trial.

Usage: deno task report STUDY [options]

  STUDY  a JSON file, or one of those that come with the project
         (deno task sweep --list)

Which trials: as for deno task sweep
  --set KEY=VALUE,...  --seeds LIST  --methods LIST  --profile NAME  --data FOLDER
  --accept-stale       shows trials, too, that other code made than today's

What to show
  --metrics LIST       drawn against all that varies: ${
  METRIC_COLUMNS.slice(0, 3).join(", ")
},
                       responseTimeS and other columns of the study's table; by
                       default objective,hitRate
  --against LIST       columns of the table that are axes, such as users; by
                       default all that vary
  --compare-by NAME    what methods are compared by over all worlds: objective
                       (default), episodeReturn or hitRate
  --claims PAPER=MINE,...
                       which methods of the study stand for the paper's in its
                       claims, such as td3=./mine.ts

How it looks
${FIGURES_HELP}
  --output FOLDER      by default figures/ and the study's name

Writes report.md, and every figure and table as files of its own, all or none.
Exit code: 0, or 1 if trials are damaged or stale or the files cannot be written,
or 2 if the study or an argument is not valid, or none of its trials is finished.
`;

type ReportArguments = Arguments<typeof REPORT.options>;

/** `td3=./mine.ts,ga=other` as an object. */
function readStandIns(text: string | undefined): StandIns {
  if (text === undefined) return {};
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [, paper, mine] = /^(\w+)=(.+)$/.exec(pair) ?? [];
      if (mine === undefined) {
        throw new InputError(
          `Cannot read the arguments: --claims must be such as td3=./mine.ts, got ${pair}`,
        );
      }
      return [
        readChoice("--claims", PAPER_METHODS, paper),
        isMethodFile(mine) ? userPath(mine) : mine,
      ];
    }),
  );
}

/** The choices of a list, or `undefined` if there is none. */
function readList<const Name extends string>(
  option: string,
  names: readonly Name[],
  text: string | undefined,
): Name[] | undefined {
  return text?.split(",").map((one) => readChoice(option, names, one));
}

/** What was read, in a line for the reader. */
async function originOf({ sweep, finished, stale }: StudyResults) {
  const { gitCommit } = await collectProvenance();
  const engines = new Set(
    finished.flatMap(({ config }) => isTraining(config) ? [config.engine] : []),
  );
  return [
    `${finished.length} of ${sweep.trials.length} trials of the study \`${sweep.name}\` are finished.`,
    ...acceptedLine(stale.length),
    `Drawn by version ${lab.version} of the lab${
      gitCommit === null ? "" : `, commit \`${gitCommit.slice(0, 12)}\``
    }${
      engines.size === 0
        ? ""
        : `; engine of learners: ${[...engines].join(", ")}`
    }.`,
  ].join(" ");
}

/** What a figure's title and the lines below it say, for a caption. */
function captionOf({ title }: FigureSpec): string {
  const { text, subtitle } = title as { text: string; subtitle: string[] };
  return [`${text}.`, ...subtitle].join(" ");
}

function markdownOf(
  results: StudyResults,
  { figures, tables, notes }: StudyReport,
  { origin, picture }: { readonly origin: string; readonly picture?: string },
): string {
  const { sweep } = results;
  return [
    `# ${sweep.title || sweep.name}`,
    [origin, ...notes].join(" "),
    ...tables.flatMap(({ title, table, notes }) => [
      `## ${title}`,
      markdownTable(table),
      ...notes.length === 0
        ? []
        : [notes.map((note) => `- ${note}`).join("\n")],
    ]),
    ...picture === undefined
      ? []
      : Object.entries(figures).map(([name, spec]) =>
        `## ${name.replaceAll("_", " ")}\n\n![${name}](${name}.${picture})\n\n${
          captionOf(spec)
        }`
      ),
  ].join("\n\n") + "\n";
}

/** Every file of a report, by name. */
async function filesOf(
  results: StudyResults,
  report: StudyReport,
  { fit, formats }: {
    readonly fit: FitOptions | undefined;
    readonly formats: readonly FigureFormat[];
  },
): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for (const [name, spec] of Object.entries(report.figures)) {
    const fitted = fit === undefined ? spec : await fitFigure(spec, fit);
    for (const [file, content] of await figureFiles(name, fitted, formats)) {
      files.set(file, content);
    }
  }
  for (const { name, table, notes } of report.tables) {
    const note = notes.length === 0 ? "" : `\n${notes.join("\n")}\n`;
    files.set(`${name}.md`, `${markdownTable(table)}\n${note}`);
    files.set(`${name}.tex`, `${latexTable(table)}\n`);
    files.set(`${name}.csv`, `${csvTable(table)}\n`);
  }
  const picture = (["svg", "png"] as const).find((one) =>
    formats.includes(one)
  );
  const origin = await originOf(results);
  files.set(
    "report.md",
    markdownOf(results, report, {
      origin,
      ...picture === undefined ? {} : { picture },
    }),
  );
  return files;
}

/** The finished trials, or `undefined` if stale ones stop the command. */
async function gather(
  args: ReportArguments,
  standIns: StandIns,
  sources: LabSources | undefined,
): Promise<StudyResults | undefined> {
  const { values } = args;
  const { sweep } = await readSelection(args);
  checkStandIns(sweep.trials, standIns);
  const results = await gatherStudy(sweep, {
    data: readData(values.data),
    ...sources === undefined ? {} : { sources },
  });
  if (results.finished.length === 0) {
    throw new InputError(
      `Cannot report ${sweep.name}: ${
        pathForUser(values.data)
      } must hold finished trials of it (deno task sweep runs them), got none`,
    );
  }
  if (results.stale.length === 0 || values["accept-stale"]) return results;
  for (const line of describeStale(results.stale)) console.error(line);
  console.error(
    "Nothing was written. To show them as they are: --accept-stale",
  );
  return undefined;
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  { sources }: { readonly sources?: LabSources } = {},
): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...REPORT }, args);
  if (parsed === undefined) return 0;
  const { values } = parsed;
  // Before anything is read that takes time.
  const look = { fit: readFit(values), formats: readFormats(values) };
  const standIns = readStandIns(values.claims);
  const metrics = readList("--metrics", METRIC_COLUMNS, values.metrics);
  const compareBy = readChoice(
    "--compare-by",
    Object.keys(METRICS) as MetricName[],
    values["compare-by"],
  );
  const results = await gather(parsed, standIns, sources);
  if (results === undefined) return 1;
  const against = readList("--against", axesOf(results), values.against);
  const report = reportStudy(results, {
    compareBy,
    standIns,
    ...metrics === undefined ? {} : { metrics },
    ...against === undefined ? {} : { against },
  });
  const folder = values.output ?? join("figures", results.sweep.name);
  return await orSystemError("write the report", async () => {
    const files = await filesOf(results, report, look);
    await writeFilesTogether(
      Array.from(files, ([name, content]) => [join(folder, name), content]),
    );
    const [{ title, table }] = report.tables;
    console.log(`${title}:`);
    for (const line of formatTable(table)) console.log(`  ${line}`);
    for (const note of report.notes) console.log(note);
    console.log(
      `${
        Object.keys(report.figures).length
      } figures and ${report.tables.length} tables: ${
        pathForUser(join(folder, "report.md"))
      }`,
    );
    return 0;
  });
}

if (import.meta.main) await runMain(main);
