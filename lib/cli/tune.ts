/**
 * `deno task sweep tune`: searches hyperparameters on validation traces.
 *
 * @module
 */

import { dirname, join } from "node:path";
import type { SweepTrial } from "../studies/expand.ts";
import { sweepDirectory } from "../studies/folder.ts";
import { readForecast, workOf } from "../studies/forecast.ts";
import { isMethodFile } from "../trials/method_file.ts";
import {
  loadMethods,
  type MethodSpec,
  resolveMethods,
} from "../studies/methods.ts";
import {
  checkTuneConfig,
  parseTuneConfig,
  tuneJsonSchema,
} from "../studies/tuning/config.ts";
import {
  planTune,
  proposalTrials,
  testSweep,
  type TunePlan,
} from "../studies/tuning/plan.ts";
import {
  type RankedConfig,
  rankingCsv,
  rankingTable,
} from "../studies/tuning/ranking.ts";
import { readValidationRows } from "../studies/read_validation_rows.ts";
import { runTune } from "../studies/tuning/run_tune.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { InputError } from "../input/input_error.ts";
import { readJson } from "../input/json.ts";
import { requireEngine } from "./engine.ts";
import type { EventFiles } from "./event_files.ts";
import { parseArguments } from "./command.ts";
import { readNative, sayNative } from "./native.ts";
import { DEFAULT_ENGINE } from "../nn/engine_name.ts";
import { SearchJournal } from "./search_journal.ts";
import { stopOnSignals } from "./signals.ts";
import {
  acceptedLine,
  checkStaleChoice,
  settleStale,
  STALE_HELP,
  type StaleChoice,
} from "./stale.ts";
import { formatForeseen } from "../studies/progress_text.ts";
import {
  orSystemError,
  readJobs,
  readRunning,
  type SweepMainOptions,
} from "./sweep_options.ts";
import { printFailures, runShown } from "./sweep_run.ts";
import { formatTable } from "./table.ts";
import { TUNE } from "./study_tasks.ts";
import { observeForBoards, openEventFiles } from "./tensorboard.ts";
import { pathForUser } from "./user_path.ts";
import { wallClockMs } from "./wall_clock.ts";

const HELP = `
Searches the hyperparameters of a method: random search or successive halving,
judged on validation traces; test traces are left for the config that is best.

Usage: deno task sweep tune CONFIG.json [options]

  -j, --jobs N       trials at a time; by default one per core
  --timeout SECONDS  a trial that takes longer has failed
  --native on|off    whether to take native kernels where they are built (on by
                     default); results are the same to the bit
  --data FOLDER      where results are; by default data
  --tensorboard DIR  TensorBoard's event files, a run for every trial
  --dry-run          the rungs, the configs of the first and how long all take
  --schema           the JSON Schema of configs

A config says what varies, how it is searched, and on how many seeds:

  {
    "name": "td3-rates",
    "scenario": "paper",
    "method": "td3",
    "seeds": "0-2",
    "metric": "episodeReturn",
    "space": {
      "td3.actorLearningRate": { "logUniform": [1e-5, 1e-2] },
      "td3.discount": { "uniform": [0.5, 0.99] },
      "td3.policyDelay": { "integer": [1, 4] },
      "td3.hiddenSizes": { "choice": [[64, 64], [256, 256]] }
    },
    "search": {
      "halving": { "configs": 27, "episodes": 270, "leastEpisodes": 30 }
    }
  }

or  "search": { "random": { "configs": 20, "episodes": 200 } }

The ranking is written to data/sweeps/NAME/ranking.csv, and best.json beside it is
the sweep that tests the best config on seeds that the search did not see. All that
the search tries is in optuna_journal.log there, for Optuna's plots and dashboard.
Finished trials are skipped. Ctrl-C stops; the same command continues.
${STALE_HELP}
Exit code: 0, or 1 if a trial failed or the search was stopped, or 2 if the config
or an argument is not valid.
`;

/** Configs that are printed; the file has all. */
const PLACES = 10;

async function readPlan(source: string): Promise<TunePlan> {
  const act = `read ${source}`;
  const given = parseTuneConfig(await readJson(source, act), act);
  const [method] = resolveMethods([given.method], dirname(source));
  const [loaded] = await loadMethods([method], act);
  const config = checkTuneConfig({ ...given, method }, loaded, act);
  return planTune(config, act, [loaded]);
}

/** Prints what a search would run, and how long that would take. */
async function printTunePlan(
  plan: TunePlan,
  dataDirectory: string,
  jobs: number,
): Promise<void> {
  const { assignments, config, rungs, seeds } = plan;
  const keys = Object.keys(config.space);
  const rows = assignments.map((one, candidate) => [
    String(candidate),
    ...keys.map((key) => JSON.stringify(one[key])),
  ]);
  for (const line of formatTable([["config", ...keys], ...rows])) {
    console.log(line);
  }
  // Which configs go on is not known; as many of the first stand for them.
  const trials = rungs.flatMap(({ count, episodes }, rung) =>
    Array.from(
      { length: count },
      (_, candidate) => proposalTrials(plan, { candidate, rung, episodes }),
    ).flat()
  );
  rungs.forEach(({ count, episodes }, rung) =>
    console.log(
      `Rung ${
        rung + 1
      }: ${count} × ${seeds.length} seeds × ${episodes} episodes`,
    )
  );
  const forecast = await readForecast(dataDirectory);
  const work = workOf(trials.map((trial) => trial.config));
  console.log(
    `${trials.length} trials. Estimated time, ${jobs} at a time: ${
      formatForeseen(forecast.foresee(work, jobs))
    }`,
  );
}

/**
 * What lets a sweep read a method's file, which need not lie near the sweep; one with
 * hyperparameters of its own has no such option.
 */
function optionFor(method: MethodSpec): string {
  return typeof method === "string" && isMethodFile(method)
    ? ` --methods ${pathForUser(method)}`
    : "";
}

/** Writes and prints what a search came to. */
async function reportRanking(
  plan: TunePlan,
  ranking: readonly RankedConfig[],
  dataDirectory: string,
): Promise<void> {
  const folder = sweepDirectory(dataDirectory, plan.config.name);
  const file = join(folder, "ranking.csv");
  await writeFileAtomically(file, rankingCsv(plan, ranking));
  console.log(
    `\nBest configs on validation traces, 95 % intervals over ${plan.seeds.length} seeds:`,
  );
  for (const line of formatTable(rankingTable(plan, ranking, PLACES))) {
    console.log(`  ${line}`);
  }
  console.log(`All ${ranking.length}: ${file}`);
  const [best] = ranking;
  if (best.value === null) {
    console.log(
      "No config is feasible and has all its trials: none is chosen.",
    );
    return;
  }
  const sweep = join(folder, "best.json");
  await writeFileAtomically(
    sweep,
    JSON.stringify(testSweep(plan, best), null, 1) + "\n",
  );
  console.log(
    `The best of many is a lucky one. To test it: deno task sweep ${
      pathForUser(sweep)
    }${optionFor(plan.config.method)}`,
  );
}

/** How {@linkcode runSearch} runs. */
interface RunSearchOptions extends ReturnType<typeof readRunning> {
  readonly choice: StaleChoice;
  readonly sources: SweepMainOptions["sources"];
  readonly events: EventFiles | undefined;
}

/** What a search came to, unless it was stopped, and what went wrong. */
interface SearchResult {
  readonly ranking: readonly RankedConfig[] | undefined;
  /** Trials that failed. */
  readonly failed: number;
  /** Whether the journal is written. */
  readonly isWritten: boolean;
}

/** Runs the trials of a search, rung after rung, and writes its journal. */
async function runSearch(
  plan: TunePlan,
  { choice, sources, events, ...running }: RunSearchOptions,
): Promise<SearchResult> {
  const { dataDirectory } = running;
  const signal = stopOnSignals();
  const readRows = (trial: SweepTrial) =>
    readValidationRows(dataDirectory, trial);
  const journal = new SearchJournal(plan, {
    dataDirectory,
    readRows,
    now: wallClockMs,
    onProblem: (line) => console.error(line),
  });
  let failed = 0;
  const ranking = await runTune(plan, {
    runRung: async (sweep, rung, proposals) => {
      const number = plan.rungs.indexOf(rung) + 1;
      console.log(
        `Rung ${number} of ${plan.rungs.length}: ${rung.episodes} episodes`,
      );
      const accepted = await settleStale(sweep.trials.map(({ id }) => id), {
        dataDirectory,
        choice,
        ...sources === undefined ? {} : { sources },
      });
      if (accepted === undefined) return false;
      for (const line of acceptedLine(accepted)) console.log(line);
      const report = await runShown(
        sweep,
        { ...running, signal, split: "validation" },
        [
          journal.begin(proposals),
          ...events === undefined
            ? []
            : [observeForBoards(events, sweep, { episodes: rung.episodes })],
        ],
      );
      failed += report.failed.length;
      printFailures(report.failed);
      return !report.stopped;
    },
    readRows,
    onJudged: (proposal, verdict) => journal.judged(proposal, verdict),
  });
  const isWritten = await journal.close(ranking !== undefined);
  return { ranking, failed, isWritten };
}

/** Runs a search and prints what it came to; returns the exit code. */
async function run(
  plan: TunePlan,
  options: RunSearchOptions,
): Promise<number> {
  const { ranking, failed, isWritten } = await runSearch(plan, options);
  if (ranking === undefined) {
    console.log("Stopped. The same command continues from here.");
    return 1;
  }
  await reportRanking(plan, ranking, options.dataDirectory);
  if (failed === 0) return isWritten ? 0 : 1;
  console.log(
    "Configs with a failed trial rank last; the same command runs it again.",
  );
  return 1;
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  options: SweepMainOptions = {},
): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...TUNE }, args);
  if (parsed === undefined) return 0;
  const { values, positionals: [source] } = parsed;
  const { tensorboard } = values;
  const look = (["schema", "dry-run"] as const).find((name) => values[name]);
  if (look !== undefined && tensorboard !== undefined) {
    throw new InputError(
      `Cannot read the arguments: --tensorboard must be left out beside --${look}, got ${tensorboard}`,
    );
  }
  if (values.schema) {
    console.log(JSON.stringify(tuneJsonSchema(), null, 1));
    return 0;
  }
  if (source === undefined) {
    throw new InputError(
      "Cannot read the arguments: there must be a config, got none (see --help)",
    );
  }
  checkStaleChoice(values);
  const plan = await readPlan(source);
  const native = readNative(values);
  const running = readRunning({ ...values, native }, options);
  return await orSystemError("run the search", async () => {
    if (values["dry-run"]) {
      await printTunePlan(plan, values.data, readJobs(values.jobs));
      return 0;
    }
    const { engine } = plan.config;
    if (engine !== undefined) await requireEngine(engine);
    await sayNative(native, [engine ?? DEFAULT_ENGINE]);
    const events = await openEventFiles(values.tensorboard, values.data);
    const { sources } = options;
    const code = await run(plan, {
      ...running,
      choice: values,
      sources,
      events,
    }).finally(() => events?.close());
    return await events?.close() === false ? 1 : code;
  });
}
