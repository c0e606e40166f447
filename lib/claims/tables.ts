/**
 * Verdicts as tables and sentences.
 *
 * @module
 */

import type { Judgement } from "./judge.ts";
import type { MatrixCell } from "./matrix.ts";
import type { ProfileName } from "../studies/paper/registry.ts";
import {
  DEFAULT_READING,
  isDefault,
  type Reading,
  READINGS,
} from "./readings.ts";
import { gridOf } from "./readings_table.ts";
import type { Verdict } from "./verdict.ts";

/** Signs of verdicts in tables and figures. */
export const VERDICT_SIGNS: Readonly<Record<Verdict | "not run", string>> = {
  reproduced: "✓",
  contradicted: "✗",
  undetermined: "?",
  "not run": "–",
};

const DIGITS = 2;

function showNumber(value: number): string {
  if (Number.isFinite(value)) return value.toFixed(DIGITS);
  return value > 0 ? "∞" : "-∞";
}

/**
 * Judgements as the rows of a table: claim, place, what is measured, ours, 95 %
 * interval, verdict and why.
 */
export function claimsTable(judgements: readonly Judgement[]): string[][] {
  return [
    ["claim", "place", "measured", "ours", "95 % interval", "verdict", "why"],
    ...judgements.map(({ claim, interval, seeds, verdict, reason }) => [
      claim.text,
      claim.place,
      claim.unit === "" ? claim.measure : `${claim.measure}, ${claim.unit}`,
      interval === undefined ? "–" : showNumber(interval.estimate),
      interval === undefined
        ? "–"
        : `${showNumber(interval.lower)} to ${showNumber(interval.upper)}`,
      `${VERDICT_SIGNS[verdict]} ${verdict}`,
      interval === undefined ? reason : `${reason} (${seeds} seeds)`,
    ]),
  ];
}

/** "2 claims are reproduced (…), 1 is contradicted (…)", of one reading. */
export function countVerdicts(judgements: readonly Judgement[]): string {
  const verdicts: readonly Verdict[] = [
    "reproduced",
    "contradicted",
    "undetermined",
  ];
  const counts = verdicts.map((verdict) => {
    const count = judgements.filter((one) => one.verdict === verdict).length;
    return `${count} ${count === 1 ? "is" : "are"} ${verdict}`;
  });
  return `Of ${judgements.length} claims ${
    counts.slice(0, -1).join(", ")
  } and ${counts.at(-1)}.`;
}

/** Users and seeds of a grid: "U = 5 (3 seeds), U = 10 (4 seeds)". */
export function describeGrid(reading: Reading, profile: ProfileName): string {
  return [
    ...Map.groupBy(
      gridOf(reading, profile),
      ({ seeds }) => seeds,
    ),
  ]
    .map(([seeds, points]) =>
      `U = ${points.map(({ users }) => users).join(", ")} (${seeds} seeds)`
    ).join("; ");
}

/**
 * The matrix as the rows of a table: a row per claim and a column per reading of a
 * grid; in brackets where the reading changes nothing that the claim rests on.
 */
export function readingsMatrix(
  cells: readonly MatrixCell[],
  grid: Reading["grid"],
): string[][] {
  const readings = READINGS.filter((reading) => reading.grid === grid);
  return [
    ["claim", ...readings.map(({ label }) => label)],
    ...[...Map.groupBy(cells, ({ claim }) => claim)].map(([claim, own]) => [
      claim.text,
      ...readings.map((reading) => {
        const cell = own.find((one) => one.reading === reading);
        const sign = VERDICT_SIGNS[cell?.verdict ?? "not run"];
        return cell?.inherited ? `(${sign})` : sign;
      }),
    ]),
  ];
}

/** The readings as the rows of a table: name, what it assumes, what it changes. */
export function readingsTable(): string[][] {
  return [
    ["reading", "assumes", "in the ledger"],
    ...READINGS.filter((reading) => !isDefault(reading))
      .map((reading) => [
        reading.label,
        reading.text,
        Object.entries(reading.choices)
          .map(([key, value]) =>
            `\`${key}\`: ${
              typeof value === "number" ? Number(value.toPrecision(4)) : value
            }`
          ).join(", "),
      ]),
  ];
}

/**
 * For every claim that the defaults do not reproduce, a sentence on the readings
 * that bear on it and do.
 */
export function describeNeeds(cells: readonly MatrixCell[]): string[] {
  return [...Map.groupBy(cells, ({ claim }) => claim)].flatMap(
    ([claim, own]) => {
      const verdict =
        own.find(({ reading }) => reading.key === DEFAULT_READING)?.verdict ??
          "not run";
      if (verdict === "reproduced") return [];
      const labels = own
        .filter((cell) =>
          cell.verdict === "reproduced" && !cell.inherited &&
          !isDefault(cell.reading)
        )
        .map(({ reading }) => reading.label);
      const needs = labels.length === 0
        ? "reproduced under no other reading"
        : `reproduced with ${labels.join(", ")}`;
      return [`"${claim.text}" is ${verdict} by default, and ${needs}.`];
    },
  );
}
