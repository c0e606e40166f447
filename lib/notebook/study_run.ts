/**
 * What a cell shows while a study runs in it.
 *
 * @module
 */

import type { LearningRow } from "../figures/mod.ts";
import {
  gatherStudy,
  growingFigure,
  hasGrowingFigure,
  type SeenTrials,
} from "../reports/mod.ts";
import { labelOf, type SweepTrial } from "../studies/expand.ts";
import { readStates } from "../studies/folder.ts";
import { type Forecast, readForecast } from "../studies/forecast.ts";
import { formatProgress } from "../studies/progress_text.ts";
import type { RunDisplay, StudyRun } from "../studies/run_display.ts";
import type { SweepReport } from "../studies/run_sweep.ts";
import { labelTrials } from "../studies/score_rows.ts";
import { SweepProgress } from "../studies/sweep_progress.ts";
import { LabSources } from "../trials/lab_sources.ts";
import type { EpisodeRow } from "../trials/rows.ts";
import { isTraining } from "../trials/trial.ts";
import { pageBundle } from "./displays/display.ts";
import { specBundle } from "./displays/vega_lite.ts";
import { figureBundle } from "./figure.ts";
import { display, type DisplayBundle } from "./front_end.ts";
import { escapeHtml } from "./html.ts";
import { LiveDisplay } from "./live_display.ts";
import { stopSignal } from "./stop_signal.ts";

const LINE_INTERVAL_MS = 250;
const FIGURE_INTERVAL_MS = 2000;
/** A figure that takes long is drawn more seldom, so that trials get the cores. */
const FIGURE_SHARE = 0.1;

/** An error of one line. */
class Stopped extends Error {
  override readonly name = "Stopped";

  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`;
  }
}

function textBundle(text: string, html = escapeHtml(text)): DisplayBundle {
  return { data: { "text/html": html, "text/plain": text }, metadata: {} };
}

/** What is never seen: it keeps the place of a figure. */
const NOTHING: DisplayBundle = { data: { "text/plain": "" }, metadata: {} };

/** One run in one cell. */
class StudyScreen implements RunDisplay {
  readonly #run: StudyRun;
  readonly #progress: SweepProgress;
  readonly #stop = stopSignal();
  readonly #line = new LiveDisplay({ intervalMs: LINE_INTERVAL_MS });
  readonly #figure = new LiveDisplay({ intervalMs: FIGURE_INTERVAL_MS });
  readonly #sources = new LabSources();
  /** Episodes of learners that run. */
  readonly #episodes = new Map<SweepTrial, EpisodeRow[]>();
  readonly #seen: SeenTrials = new Map();
  readonly #labels;
  /** Ends a pause. */
  #wake = () => {};
  readonly #clock = () => performance.now();
  #note = "";
  #isOver = false;
  /** Whether something has happened that the figure does not show. */
  #isStale = true;
  #figureDueMs = 0;
  #showing: Promise<void> | undefined;

  constructor(run: StudyRun, forecast: Forecast) {
    this.#run = run;
    const { jobs } = run;
    this.#progress = new SweepProgress({ clock: this.#clock, forecast, jobs });
    this.#labels = labelTrials(run.sweep.trials);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  readonly onBegin = (finished: number, trials: readonly SweepTrial[]) => {
    this.#progress.begin(finished, trials);
    this.#showing = this.#show();
  };

  readonly onStarted = (trial: SweepTrial) => this.#progress.start(trial);

  readonly onEpisode = (trial: SweepTrial, row: EpisodeRow) => {
    this.#progress.step(trial, row.episode);
    if (!isTraining(trial.config)) return;
    const rows = this.#episodes.get(trial) ?? [];
    this.#episodes.set(trial, rows);
    rows.push(row);
    this.#isStale = true;
  };

  readonly onFinished = (trial: SweepTrial) => {
    this.#progress.finish(trial);
    this.#forget(trial);
  };

  readonly onFailed = ({ trial }: { readonly trial: SweepTrial }) => {
    this.#progress.fail(trial);
    this.#forget(trial);
  };

  readonly onLeft = (trial: SweepTrial) => this.#progress.leave(trial);

  readonly onNote = (line: string) => {
    this.#note = line;
  };

  async end(report?: SweepReport): Promise<void> {
    const isStopped = this.signal.aborted;
    this.#stop.release();
    this.#isOver = true;
    this.#wake();
    await this.#showing;
    if (report === undefined) {
      if (this.#showing) await this.#line.finish(() => textBundle(this.#head));
      return;
    }
    await this.#line.finish(() => textBundle(this.#ending(report)));
    if (!isStopped) await this.#finishFigure();
    await this.#showFailures(report);
    if (isStopped) throw new Stopped(await this.#kept(report));
  }

  get #head(): string {
    return `Study ${this.#run.sweep.name}`;
  }

  #forget(trial: SweepTrial): void {
    this.#episodes.delete(trial);
    this.#isStale = true;
  }

  /** Shows how far it is until it is over. */
  async #show(): Promise<void> {
    await this.#line.finish(() => this.#drawLine());
    if (hasGrowingFigure(this.#run.sweep)) {
      await this.#figure.finish(() => NOTHING);
    }
    while (!this.#isOver) {
      await this.#pause();
      if (this.#isOver) return;
      await this.#line.finish(() => this.#drawLine());
      await this.#growFigure();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LINE_INTERVAL_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #drawLine(): DisplayBundle {
    const { done, failed, total, running } = this.#progress;
    const begun = running.reduce(
      (sum, { episode, episodes }) => sum + episode / episodes,
      0,
    );
    const text = [
      `${this.#head}: ${formatProgress(this.#progress)}`,
      ...this.#note === "" ? [] : [this.#note],
    ].join(". ");
    return textBundle(
      text,
      `<progress value="${done + failed + begun}" max="${total}"></progress> ${
        escapeHtml(text)
      }`,
    );
  }

  async #growFigure(): Promise<void> {
    const startMs = this.#clock();
    const isDue = this.#isStale && startMs >= this.#figureDueMs;
    if (!isDue || !hasGrowingFigure(this.#run.sweep)) return;
    this.#isStale = false;
    try {
      const spec = await this.#draw({
        running: this.#runningRows(),
        seen: this.#seen,
      });
      if (spec === undefined) return;
      const text = `${this.#head}: what is measured so far`;
      const bundle = figureBundle({ spec, text });
      await this.#figure.finish(() => bundle);
    } catch {
      // What is wrong, such as a damaged trial, is told in the end.
    }
    const endMs = this.#clock();
    const pauseMs = (endMs - startMs) / FIGURE_SHARE;
    this.#figureDueMs = endMs + Math.max(FIGURE_INTERVAL_MS, pauseMs);
  }

  #runningRows(): LearningRow[] {
    return [...this.#episodes].flatMap(([{ id, config: { seed } }, rows]) =>
      rows.map(({ episode, episodeReturn }) => ({
        ...this.#labels.get(id)!,
        seed,
        episode,
        episodeReturn,
      }))
    );
  }

  /** The figure, or none if there is nothing to draw. */
  async #draw(
    { running, seen }: {
      readonly running?: readonly LearningRow[];
      readonly seen?: SeenTrials;
    } = {},
  ) {
    const { sweep, data, metric } = this.#run;
    const sources = this.#sources;
    const results = await gatherStudy(sweep, {
      ...{ data, sources },
      ...seen && { seen },
    });
    return growingFigure(results, { metric, ...running && { running } });
  }

  async #finishFigure(): Promise<void> {
    if (!hasGrowingFigure(this.#run.sweep)) return;
    let bundle = NOTHING;
    try {
      const spec = await this.#draw();
      if (spec !== undefined) bundle = await specBundle(spec);
    } catch (error) {
      bundle = textBundle(`No figure: ${(error as Error).message}`);
    }
    await this.#figure.finish(() => bundle);
  }

  #ending({ finished, failed, table }: SweepReport): string {
    const { sweep: { trials } } = this.#run;
    return [
      `${this.#head}: ${finished} of ${trials.length} trials finished`,
      ...failed.length > 0 ? [`${failed.length} failed`] : [],
      ...table === undefined ? ["the table could not be written"] : [],
    ].join(", ");
  }

  async #showFailures({ failed }: SweepReport): Promise<void> {
    if (failed.length === 0) return;
    await display(pageBundle({
      title: `Failed trials: ${failed.length}`,
      rows: failed.map(({ trial, reason, log }) => ({
        trial: labelOf(trial),
        message: reason,
        log,
      })),
      notes: ["Running the cell again runs them again."],
    }));
  }

  /** What a stop leaves. */
  async #kept({ finished }: SweepReport): Promise<string> {
    const { sweep, data } = this.#run;
    const states = [...(await readStates(data, sweep)).values()];
    const begun = states.filter((state) => state === "begun").length;
    return `kept: ${finished} of ${sweep.trials.length} trials finished, checkpoints of ${begun} more; running the cell again continues`;
  }
}

/** Begins to show a run in the cell. */
export async function showStudyRun(run: StudyRun): Promise<RunDisplay> {
  return new StudyScreen(run, await readForecast(run.data));
}
