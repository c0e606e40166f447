/**
 * How good methods are in each world of a study, where worlds differ in their scale.
 *
 * @module
 */

import {
  type FigureSpec,
  type SeriesColors,
  skillByWorldFigure,
  type WorldSkillRow,
} from "../figures/mod.ts";
import { formatEstimate, type MetricName } from "../studies/metrics.ts";
import { summarizeMethods } from "../studies/method_summary.ts";
import { skillsOf } from "../studies/skill_score.ts";
import {
  type MethodRow,
  nameOf,
  referenceOfRow,
  taskScales,
} from "../studies/task_scales.ts";
import type { Table } from "./tables.ts";

/** Digits behind the point of a skill. */
const DIGITS = 3;

/** What a report shows of skills by world. */
export interface WorldSkills {
  /** Skills of methods in the worlds that have a scale; none if no world has. */
  readonly figure?: FigureSpec;
  /** A row a world: its scale, and the skill of every method. */
  readonly table: Table;
  /** A sentence a world: what its scale is, or why it has none. */
  readonly notes: readonly string[];
}

/** Tasks without the one column that varies, if only one does. */
function namesOf(tasks: readonly string[]): (task: string) => string {
  const column = tasks[0].slice(0, tasks[0].indexOf("=") + 1);
  return tasks.every((task) =>
      task.startsWith(column) && task.lastIndexOf("=") < column.length
    )
    ? (task) => task.slice(column.length)
    : (task) => task;
}

/** The methods at the ends of a world's scale. */
function endsOf(rows: readonly MethodRow[], metric: MetricName): string[] {
  const scale = taskScales(rows, metric).scales.get(rows[0].task);
  if (scale === undefined) return ["–", "–"];
  const { reference: { zero }, bounds } = scale;
  const one = nameOf(rows.find(({ series }) => series === scale.one)!);
  return [zero, bounds === undefined ? one : `${one}, down to its bound`];
}

/**
 * Skills in each world alone, if the worlds of a study differ in what gives their
 * scale: skills over all of them are then of no meaning, or there are none.
 *
 * @param rows One for every method, task and seed.
 * @returns Nothing if all worlds have one scale, or if nobody asks for any.
 */
export function worldSkills(
  rows: readonly MethodRow[],
  { metric, profile, colors }: {
    readonly metric: MetricName;
    readonly profile: string;
    readonly colors: SeriesColors;
  },
): WorldSkills | undefined {
  const worlds = Map.groupBy(rows, ({ task }) => task);
  const reasons = new Set(rows.map((row) => referenceOfRow(row).reason));
  if (reasons.size < 2) return undefined;
  const worldOf = namesOf([...worlds.keys()]);
  const series = [...new Set(rows.map((row) => row.series))];
  const points: WorldSkillRow[] = [];
  const without: string[] = [];
  const notes: string[] = [];
  const table = Array.from(worlds, ([task, own]) => {
    const world = worldOf(task);
    const { missing } = skillsOf(own, metric);
    const skills = new Map(
      summarizeMethods(own, metric).map((one) => [one.series, one.skill]),
    );
    for (const [name, skill] of skills) {
      if (skill !== null) points.push({ series: name, world, ...skill });
    }
    if (missing.length > 0) without.push(world);
    notes.push(
      ...missing.length > 0
        ? missing.map((why) => `${world}: no skill: ${why}`)
        : [`${world}: ${referenceOfRow(own[0]).reason}`],
    );
    return [
      world,
      ...missing.length > 0 ? ["–", "–"] : endsOf(own, metric),
      ...series.map((name) => {
        const skill = skills.get(name) ?? null;
        return skill === null ? "–" : formatEstimate(skill, DIGITS);
      }),
    ];
  });
  return {
    ...points.length === 0
      ? {}
      : { figure: skillByWorldFigure(points, { profile, without, colors }) },
    table: [["world", "0", "1", ...series], ...table],
    notes,
  };
}
