/**
 * What a report draws of methods over all worlds of a study.
 *
 * @module
 */

import type { MethodSummary } from "../studies/method_summary.ts";
import { type MetricName, METRICS } from "../studies/metrics.ts";
import { gapPercent, gapTo } from "../stats/score_rows.ts";
import { skillsOf } from "../studies/skill_score.ts";
import { type MethodRow, taskScales } from "../studies/task_scales.ts";
import {
  type FigureSpec,
  improvementFigure,
  intervalEstimatesFigure,
  type MethodScoreRow,
  performanceProfileFigure,
  type SeriesColors,
} from "../figures/mod.ts";

/** A figure with its name, which its files have. */
export type NamedFigure = readonly [name: string, spec: FigureSpec];

/** The one name of what gaps are to, if worlds do not differ in it. */
function referenceName(ones: readonly string[]): string {
  const names = new Set(ones);
  return names.size === 1 ? [...names][0] : "reference";
}

/** By how many percent values are above the 1 of the scale on the same traces. */
function gapsOf(
  rows: readonly MethodRow[],
): { readonly gaps: readonly MethodScoreRow[]; readonly reference: string } {
  const { scales } = taskScales(rows, "objective");
  const byTask = Map.groupBy(rows, ({ task }) => task);
  const gaps = Array.from(scales, ([task, { one, bounds }]) => {
    const own = byTask.get(task)!;
    const gap = gapTo(own, one, () => task);
    return own.flatMap((row): MethodScoreRow[] => {
      const value = gap(row);
      const bound = bounds?.get(row.seed);
      return row.series === one || value === undefined ? [] : [{
        ...row,
        value,
        ...bound === undefined ? {} : { atBound: gapPercent(row.value, bound) },
      }];
    });
  }).flat();
  const ones = [...scales.values()].map(({ one }) => one);
  return { gaps, reference: referenceName(ones) };
}

/**
 * Interval estimates and performance profile of skills, or of the metric where there
 * is no skill; the gap to the 1 of the scale; probabilities of improvement.
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
  const { gaps, reference } = metric === "objective"
    ? gapsOf(rows)
    : { gaps: [], reference: "" };
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
          score: `G above the ${reference}, %`,
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
