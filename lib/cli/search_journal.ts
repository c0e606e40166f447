/**
 * `optuna_journal.log` of a hyperparameter search, written as the search goes on.
 *
 * @module
 */

import { join } from "node:path";
import { ifWhole } from "../trials/check_trial.ts";
import { spanOf } from "../studies/event_records.ts";
import type { SweepTrial } from "../studies/expand.ts";
import { sweepDirectory } from "../studies/folder.ts";
import { trialsDirectory } from "../trials/store.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";
import type { SweepObserver } from "../studies/run_sweep.ts";
import { OptunaJournal } from "../studies/tuning/optuna_journal.ts";
import type { TunePlan } from "../studies/tuning/plan.ts";
import {
  judgeProposal,
  type PlannedProposal,
  type RunTuneOptions,
  type Verdict,
} from "../studies/tuning/run_tune.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { mean } from "../stats/statistics.ts";

/** Options of {@linkcode SearchJournal}. */
export interface SearchJournalOptions {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Reads what a trial left, as the search does. */
  readonly readRows: RunTuneOptions["readRows"];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called once, when the file cannot be written; the search goes on. */
  readonly onProblem: (line: string) => void;
}

/** When something began and ended, in milliseconds since 1970. */
interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Why a candidate has no value. */
const REASONS = {
  failed: "a trial failed",
  infeasible: "a constraint of Eq. 18 was broken",
} as const;

/** File of a search's journal. */
export function journalPath(dataDirectory: string, name: string): string {
  return join(sweepDirectory(dataDirectory, name), "optuna_journal.log");
}

/** Keeps the journal of a search in its file, whole at any time. */
export class SearchJournal {
  readonly #plan: TunePlan;
  readonly #options: SearchJournalOptions;
  readonly #journal: OptunaJournal;
  /** When the last training of every candidate ended. */
  readonly #endedMs = new Map<number, number>();
  /** Candidates that go on as far as is known. */
  #going: readonly number[];
  /** Judging and writing, one after the other. */
  #steps: Promise<void> = Promise.resolve();
  #hasBegun = false;
  #isDue = false;
  #isWhole = true;

  /** Writes nothing yet. */
  constructor(plan: TunePlan, options: SearchJournalOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#journal = new OptunaJournal(plan);
    this.#going = [...plan.assignments.keys()];
  }

  #then(step: () => Promise<void>): void {
    this.#steps = this.#steps.then(step).catch((error: Error) => {
      const { dataDirectory, onProblem } = this.#options;
      const path = journalPath(dataDirectory, this.#plan.config.name);
      if (this.#isWhole) onProblem(`Cannot write ${path}: ${error.message}`);
      this.#isWhole = false;
    });
  }

  /** Writes the file once for all that has come by then. */
  #write(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#then(async () => {
      this.#isDue = false;
      const { dataDirectory } = this.#options;
      const path = journalPath(dataDirectory, this.#plan.config.name);
      await writeFileAtomically(path, this.#journal.text());
    });
  }

  /** When the trials of a proposal ran; now, as far as they left nothing. */
  async #spanOf(trials: readonly SweepTrial[]): Promise<Span> {
    const { dataDirectory, now } = this.#options;
    const spans = await mapConcurrently(
      trials,
      async ({ id }) =>
        await ifWhole(
          join(trialsDirectory(dataDirectory), id),
          async (trial) => spanOf(trial.timings(), await trial.endedS()),
        ) ?? { startS: now() / 1000, endS: now() / 1000 },
    );
    return {
      startMs: 1000 * Math.min(...spans.map(({ startS }) => startS)),
      endMs: 1000 * Math.max(...spans.map(({ endS }) => endS)),
    };
  }

  /** Notes what a proposal came to. */
  async #note(proposal: PlannedProposal, verdict: Verdict): Promise<void> {
    const { candidate, episodes, trials } = proposal;
    const { startMs, endMs } = await this.#spanOf(trials);
    this.#journal.start(candidate, startMs);
    if (typeof verdict === "string") {
      this.#journal.end(candidate, "failed", endMs, REASONS[verdict]);
    } else {
      this.#journal.report(candidate, episodes, mean(verdict));
    }
    this.#endedMs.set(candidate, endMs);
    this.#write();
  }

  #end(candidate: number, how: "complete" | "pruned"): void {
    const { now } = this.#options;
    const endedMs = this.#endedMs.get(candidate) ?? now();
    this.#journal.end(candidate, how, endedMs);
  }

  /** Begins a rung: whoever is not on it was left behind on the one before. */
  begin(proposals: readonly PlannedProposal[]): SweepObserver {
    this.#hasBegun = true;
    const on = proposals.map(({ candidate }) => candidate);
    this.#then(() => {
      for (const candidate of this.#going) {
        if (!on.includes(candidate)) this.#end(candidate, "pruned");
      }
      this.#going = on;
      return Promise.resolve();
    });
    this.#write();
    return this.#observe(proposals);
  }

  #observe(proposals: readonly PlannedProposal[]): SweepObserver {
    const proposalOf = new Map(
      proposals.flatMap((one) => one.trials.map(({ id }) => [id, one])),
    );
    const finished = new Set<string>();
    const finish = ({ id }: SweepTrial) => {
      finished.add(id);
      const proposal = proposalOf.get(id)!;
      if (!proposal.trials.every((one) => finished.has(one.id))) return;
      this.#then(async () => {
        const { readRows } = this.#options;
        const verdict = await judgeProposal(this.#plan, proposal, readRows);
        // Whether a trial has failed for good is known at the end of the rung.
        if (verdict !== "failed") await this.#note(proposal, verdict);
      });
    };
    return {
      onBegin: (_, going) => {
        const ids = new Set(going.map(({ id }) => id));
        for (const { trials } of proposals) {
          trials.filter(({ id }) => !ids.has(id)).forEach(finish);
        }
      },
      onStarted: ({ id }) => {
        const { candidate } = proposalOf.get(id)!;
        const nowMs = this.#options.now();
        this.#then(() => {
          this.#journal.start(candidate, nowMs);
          this.#write();
          return Promise.resolve();
        });
      },
      onFinished: finish,
    };
  }

  /** Takes what a proposal came to at the end of its rung. */
  judged(proposal: PlannedProposal, verdict: Verdict): void {
    this.#then(() => this.#note(proposal, verdict));
  }

  /**
   * Waits until all is written.
   *
   * @param isDone Whether the search came to its end, so that those that are left
   * are complete.
   * @returns Whether it could be written.
   */
  async close(isDone: boolean): Promise<boolean> {
    // A search that was refused leaves the journal of one before it alone.
    if (!this.#hasBegun) return true;
    this.#then(() => {
      if (isDone) this.#going.forEach((one) => this.#end(one, "complete"));
      return Promise.resolve();
    });
    this.#write();
    // What has begun may have more to write.
    for (let last; last !== this.#steps;) await (last = this.#steps);
    return this.#isWhole;
  }
}
