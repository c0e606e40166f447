/**
 * How far a sweep is, in words.
 *
 * @module
 */

import type { Foreseen } from "./forecast.ts";
import type { SweepProgress } from "./sweep_progress.ts";

/** Seconds as `1 min 05 s`, from an hour on as `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${pad(whole % 60)} s`
    : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** How long something takes, as far as it is known. */
export function formatForeseen({ seconds, unknown }: Foreseen): string {
  if (unknown === 0) return formatSeconds(seconds);
  return seconds === 0 ? "unknown" : `more than ${formatSeconds(seconds)}`;
}

/** A rate in two digits, by the hour where few end in a minute. */
export function formatRate(perMinute: number): string {
  const round = (value: number) =>
    String(value >= 10 ? Math.round(value) : Number(value.toPrecision(2)));
  return perMinute >= 1
    ? `${round(perMinute)} a minute`
    : `${round(60 * perMinute)} an hour`;
}

/** One line of where a sweep is. */
export function formatProgress(progress: SweepProgress): string {
  const { perMinute } = progress;
  const counts = [
    `${progress.done} of ${progress.total} done`,
    ...progress.failed > 0 ? [`${progress.failed} failed`] : [],
    `${progress.running.length} running`,
  ];
  const rate = perMinute === undefined ? [] : [formatRate(perMinute)];
  return `${counts.join(", ")}; ${
    [...rate, `left: ${formatForeseen(progress.left)}`].join(", ")
  }`;
}
