/**
 * Exceptions from what the architecture test forbids.
 *
 * @module
 */

/** Who may read a clock or draw an unseeded number, and why. */
export const ALLOWED: Readonly<
  Record<string, readonly [what: string, why: string][]>
> = {
  "lib/cli/train.ts": [
    ["performance.now", "gives the progress display its clock"],
  ],
  "lib/cli/play.ts": [
    ["performance.now", "lets signals through while a search plays"],
  ],
  "lib/cli/reproduce.ts": [
    ["performance.now", "tells how long it took"],
  ],
  "lib/cli/claims.ts": [
    ["performance.now", "tells how long it took"],
  ],
  "lib/cli/run_trials.ts": [
    ["performance.now", "tells how long is left"],
  ],
  "lib/cli/notebooks.ts": [
    ["performance.now", "tells how long a notebook took"],
  ],
  "lib/cli/method_checker.ts": [
    ["performance.now", "tells how long a check took"],
  ],
  "lib/cli/trial_worker.ts": [
    ["performance.now", "gives the progress messages their clock"],
  ],
  "lib/cli/wall_clock.ts": [
    ["Date.now", "files of other programs say when something was"],
  ],
  "lib/cli/sweep_options.ts": [
    ["performance.now", "gives the progress display and the logs their clock"],
  ],
  "lib/trials/method_file.ts": [
    ["an import whose target is computed", "a user's method is imported"],
  ],
  "lib/notebook/reload.ts": [
    ["an import whose target is computed", "a user's module is imported anew"],
  ],
  "lib/nn/fastest_engine.ts": [
    [
      "performance.now",
      "time is what tells engines apart; results name theirs",
    ],
  ],
  "bench/contender.ts": [
    ["performance.now", "time is what a benchmark measures"],
  ],
  "bench/engine_start.ts": [
    ["performance.now", "time is what a benchmark measures"],
  ],
  "bench/whole_run.ts": [
    ["performance.now", "time is what a benchmark measures"],
  ],
  "lib/notebook/study_run.ts": [
    ["performance.now", "time left, of which nothing is saved"],
  ],
  "lib/notebook/live_display.ts": [
    ["performance.now", "redraws a figure only now and then"],
    ["crypto's random numbers", "a display id must be new to the front end"],
  ],
  "lib/kernel/kernel.ts": [
    ["performance.now", "a kernel that hangs is given up after a time"],
  ],
  "lib/kernel/patience.ts": [
    ["performance.now", "a kernel that hangs is given up after a time"],
  ],
  "lib/kernel/stop.ts": [
    ["performance.now", "a cell that awaits lets signals arrive now and then"],
  ],
  "lib/kernel/preamble.ts": [
    ["performance.now", "a cell outputs no faster than its kernel can send"],
  ],
  "lib/cli/lab_kernel.ts": [
    ["Date.now", "Jupyter's messages bear the time"],
    ["crypto's random numbers", "the name of a session must be new"],
  ],
  "lib/kernel/connection.ts": [
    ["crypto's random numbers", "the key that signs messages is a secret"],
  ],
};
