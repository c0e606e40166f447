/**
 * What a report draws of methods over all worlds of a study.
 *
 * @module
 */

import type { MethodSummary } from "../studies/method_summary.ts";
import { type MetricName, METRICS } from "../studies/metrics.ts";
import { type MethodRow, skillsOf } from "../studies/skill_score.ts";
import {
  type FigureSpec,
  improvementFigure,
  intervalEstimatesFigure,
  type MethodScoreRow,
  performanceProfileFigure,
  type SeriesColors,
} from "../figures/mod.ts";
import { OPTIMUM_LABELS } from "../optimum/reference.ts";

/** A figure with its name, which its files have. */
export type NamedFigure = readonly [name: string, spec: FigureSpec];

/** By how many percent values are above the optimum's on the same traces. */
function gapsOf(rows: readonly MethodRow[]): MethodScoreRow[] {
  const key = ({ task, seed }: MethodRow) => JSON.stringify([task, seed]);
  const best = new Map(
    rows.filter(({ series }) => series === OPTIMUM_LABELS.reference)
      .map((row) => [key(row), row.value]),
  );
  return rows.flatMap((row) => {
    const value = best.get(key(row));
    return value === undefined || !(value > 0) ||
        row.series === OPTIMUM_LABELS.reference
      ? []
      : [{ ...row, value: 100 * (row.value / value - 1) }];
  });
}

/**
 * Interval estimates and performance profile of skills, or of the metric where there
 * is no skill; the gap to the optimum; probabilities of improvement.
 *
 * @param rows One for every method, world and seed.
 * @param summaries What `summarizeMethods` says of them.
 */
export function scoreFigures(
  rows: readonly MethodRow[],
  summaries: readonly MethodSummary[],
  { metric, profile, colors }: {
    readonly metric: MetricName;
    readonly profile: string;
    readonly colors: SeriesColors;
  },
): NamedFigure[] {
  const { title, better } = METRICS[metric];
  const skills = skillsOf(rows, metric).rows;
  const hasSkill = skills.length > 0;
  const scores: readonly MethodScoreRow[] = hasSkill ? skills : rows;
  const options = {
    profile,
    colors,
    score: hasSkill ? `Skill by ${title}` : title,
  };
  const complete = summaries.some(({ seeds }) => seeds > 0);
  if (!complete) return [];
  const gaps = metric === "objective" ? gapsOf(rows) : [];
  const improvements = summaries.flatMap(({ series, improvement }) =>
    improvement === null ? [] : [{ series, ...improvement }]
  );
  const baseline = summaries.find(({ violations, improvement }) =>
    violations === 0 && improvement === null
  );
  return [
    ["interval_estimates", intervalEstimatesFigure(scores, options)],
    [
      "performance_profile",
      performanceProfileFigure(scores, {
        ...options,
        better: hasSkill ? "higher" : better,
      }),
    ],
    ...gaps.length === 0 ? [] : [
      [
        "optimality_gap",
        intervalEstimatesFigure(gaps, {
          profile,
          colors,
          score: "G above the optimum, %",
        }),
      ] as const,
    ],
    ...improvements.length === 0 || baseline === undefined ? [] : [
      [
        "improvement",
        improvementFigure(improvements, {
          profile,
          colors,
          baseline: baseline.series,
          metric: title,
          pairs: summaries.every(({ improvement, pairs }) =>
              improvement === null || pairs === "traces"
            )
            ? "traces"
            : "all",
        }),
      ] as const,
    ],
  ];
}
