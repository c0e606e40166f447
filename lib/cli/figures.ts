/**
 * `deno task figures`: redraws the figures from `data/`, without running anything.
 *
 * @module
 */

import { join } from "node:path";
import { readExperiment } from "../studies/paper/aggregate.ts";
import { readingsPath, readMatrix } from "../claims/mod.ts";
import { LabSources } from "../trials/lab_sources.ts";
import {
  type Experiment,
  EXPERIMENTS,
  FIG06_07,
  type ProfileName,
} from "../studies/paper/registry.ts";
import { readScalability } from "../studies/paper/scalability.ts";
import { findStaleTables } from "../studies/paper/table_sources.ts";
import { exists } from "../trials/store.ts";
import { profileDirectory } from "../studies/paper/paper_tables.ts";
import {
  CLAIMS_FIGURE,
  claimsFigure,
  experimentFigure,
  usersFigure,
} from "../figures/experiments.ts";
import { type FigureFormat, writeFigures } from "../figures/render.ts";
import { type FigureSpec, listText } from "../figures/spec.ts";
import { InputError } from "../input/input_error.ts";
import {
  type FigureArguments,
  FIGURES_HELP,
  readFit,
  readFormats,
} from "./figure_options.ts";
import { parseArguments, readChoice, runMain } from "./command.ts";
import { readProfile } from "./profile.ts";
import { describeTables } from "./stale.ts";
import { orSystemError } from "./sweep_options.ts";
import { FIGURES as FIGURES_TASK } from "./project_tasks.ts";

/** A figure's specification from the tables of a profile. */
type Draw = (
  data: string,
  profile: ProfileName,
  act: string,
) => Promise<FigureSpec>;

/** How each figure of the paper is drawn, by its name. */
const FIGURES_OF_PAPER: Readonly<Record<string, Draw>> = {
  ...Object.fromEntries(
    EXPERIMENTS.map((experiment): [string, Draw] => [
      experiment.figure,
      async (data, profile, act) => {
        const rows = await readExperiment(data, experiment, profile, act);
        return experimentFigure(experiment, profile, rows.curves);
      },
    ]),
  ),
  ...Object.fromEntries(
    (["hitRate", "objective"] as const).map((metric): [string, Draw] => [
      FIG06_07.figures[metric],
      async (data, profile, act) =>
        usersFigure(
          metric,
          profile,
          await readScalability(data, FIG06_07, profile, act),
        ),
    ]),
  ),
};

/** Names of the tables that an experiment's figure is drawn from. */
export function tablesOf({ figure, study: { name } }: Experiment): string[] {
  return [figure, `${name}_evaluations`];
}

/** Names of the tables that each figure of the paper is drawn from. */
const TABLES_OF_PAPER: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    EXPERIMENTS.map((one) => [one.figure, tablesOf(one)]),
  ),
  [FIG06_07.figures.hitRate]: [FIG06_07.table],
  [FIG06_07.figures.objective]: [FIG06_07.table],
};

/** Names of the tables that each figure is drawn from. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  ...TABLES_OF_PAPER,
  [CLAIMS_FIGURE]: [...Object.values(TABLES_OF_PAPER).flat(), "readings"],
};

/** Names of the paper's figures, in its order. */
export const PAPER_FIGURES: readonly string[] = Object.keys(FIGURES_OF_PAPER);

/** How each figure is drawn: the paper's, then the matrix of its claims. */
const FIGURES: Readonly<Record<string, Draw>> = {
  ...FIGURES_OF_PAPER,
  [CLAIMS_FIGURE]: async (data, profile, act) =>
    claimsFigure(profile, await readMatrix(data, profile, act)),
};

/** Names of all figures. */
export const FIGURE_NAMES: readonly string[] = Object.keys(FIGURES);

const HELP = `
Redraws figures (.vl.json, .svg, .png) from data/; runs no trial.

Usage: deno task figures [NAME...] [options]

  NAME       figures: ${FIGURE_NAMES.join(", ")};
             by default all, but ${CLAIMS_FIGURE} only if its tables are there
  --profile  paper (default): from data/ into figures/;
             quick: from data/quick/ into figures/quick/
  --accept-stale
             draws tables, too, that other code than today's made, or that have
             no record of it in sources.json; without it nothing is drawn then

For a paper
${FIGURES_HELP.replace("default: all", "default: all but pdf")}
  --output FOLDER      needed with these, as figures/ is what is committed

Exit code: 0, or 1 if a table is stale, or 2 if an argument is not valid or the data are not there,
damaged or not whole.
`;

/** Folders that the command reads and writes. */
export interface FiguresFolders {
  /** The folder of the tables; by default `data`. */
  readonly data?: string;
  /** The folder of the figures; by default `figures`. */
  readonly figures?: string;
  /** The code of today; by default what is in the checkout. */
  readonly sources?: LabSources;
}

/**
 * The specification of one of the {@linkcode FIGURE_NAMES}.
 *
 * @throws {InputError} If there is no such figure, or a table of it is not there,
 * damaged or not whole.
 */
export async function drawPaperFigure(
  name: string,
  data: string,
  profile: ProfileName,
): Promise<FigureSpec> {
  const draw = FIGURES[readChoice("a figure", FIGURE_NAMES, name)];
  const act = `draw ${name}`;
  try {
    return await draw(data, profile, act);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      `Cannot ${act}: ${
        profileDirectory(data, profile)
      } must hold its tables (deno task ${
        name === CLAIMS_FIGURE ? "claims" : "reproduce"
      } --profile ${profile} writes them), got none`,
    );
  }
}

/** Every figure; the claims' only once `deno task claims` has run. */
export async function figuresByDefault(
  data: string,
  profile: ProfileName,
): Promise<readonly string[]> {
  return await exists(readingsPath(data, profile))
    ? FIGURE_NAMES
    : PAPER_FIGURES;
}

/** Name of the notebook that shows a figure. */
export function notebookOf(figure: string): string {
  return figure === CLAIMS_FIGURE ? "claims" : figure;
}

/** Formats of the committed figures. */
const COMMITTED_FORMATS: readonly FigureFormat[] = ["png", "svg", "vl.json"];

/** How figures look; those in `figures/` stay as they are drawn up. */
function readLook(args: FigureArguments) {
  const fit = readFit(args);
  const formats = args.formats === undefined
    ? COMMITTED_FORMATS
    : readFormats(args);
  if (args.output === undefined && (fit ?? args.formats) !== undefined) {
    throw new InputError(
      "Cannot read the arguments: --output must be a folder for figures that look otherwise than the committed ones, got none",
    );
  }
  return { formats, ...fit === undefined ? {} : { fit } };
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  { data = "data", figures = "figures", sources = new LabSources() }:
    FiguresFolders = {},
): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...FIGURES_TASK }, args);
  if (parsed === undefined) return 0;
  const profile = readProfile(parsed.values.profile);
  const { positionals, values } = parsed;
  const look = readLook(values);
  const names = positionals.length > 0
    ? positionals
    : await figuresByDefault(data, profile);
  // All are drawn up before the first is written.
  const specs = await Promise.all(
    names.map((name) => drawPaperFigure(name, data, profile)),
  );
  const tables = new Set(names.flatMap((name) => TABLES[name]));
  const stale = await findStaleTables(data, profile, [...tables], sources);
  if (stale.length > 0) {
    for (const line of describeTables(stale)) console.error(line);
    if (!parsed.values["accept-stale"]) {
      console.error(
        "Nothing was drawn. To draw them all the same: --accept-stale",
      );
      return 1;
    }
  }
  const folder = values.output ?? profileDirectory(figures, profile);
  return await orSystemError("write the figures", async () => {
    await writeFigures(
      folder,
      Object.fromEntries(names.map((name, k) => [name, specs[k]])),
      look,
    );
    const endings = look.formats.map((format) => `.${format}`);
    for (const name of names) {
      console.log(join(folder, name + listText(endings)));
    }
    return 0;
  });
}

if (import.meta.main) await runMain(main);
