/**
 * What the response time and the cost of every user of a slot are made of.
 *
 * @module
 */

import { requireRows } from "./require_rows.ts";
import {
  labelOf,
  PHASE_COLORS,
  PHASES,
  responseTimeS,
  type TimelineRow,
  unitOfTime,
} from "./slot_timeline.ts";
import { type FigureSpec, roundSignificant, vegaLiteSchema } from "./spec.ts";
import { panelTitle } from "./panels.ts";
import { houseTheme } from "./theme.ts";

/** What a user's request takes, and what it costs in currency. */
export interface AnatomyRow extends TimelineRow {
  /** Transfer between user and server. */
  readonly accessCost: number;
  /** Transfer between server and cloud. */
  readonly backhaulCost: number;
  /** GPU rental. */
  readonly gpuCost: number;
}

/** Parts of a cost, each in the color of the phase that it pays for. */
const COSTS = [
  ["accessCost", "user–server transfer", PHASE_COLORS.upload],
  ["backhaulCost", "server–cloud transfer", PHASE_COLORS.backhaul],
  ["gpuCost", "GPU rental", PHASE_COLORS.inference],
] as const;

const act = "draw the parts of the slot";

interface Part {
  readonly user: string;
  readonly part: string;
  /** Place in the stack. */
  readonly order: number;
  readonly value: number;
}

/**
 * Two panels of stacked bars, one a user: the parts of the response time (Eqs. 10
 * and 11) and those of the cost (Eqs. 12 and 13).
 *
 * @throws {RangeError} If there are no rows, or a number is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { slotAnatomyFigure } from "./slot_anatomy.ts";
 *
 * const spec = slotAnatomyFigure([{
 *   user: 0,
 *   isHit: true,
 *   uplinkTimeS: 2,
 *   backhaulUplinkTimeS: 0,
 *   inferenceTimeS: 30,
 *   backhaulDownlinkTimeS: 0,
 *   waitTimeS: 0,
 *   downlinkTimeS: 8,
 *   accessCost: 100,
 *   backhaulCost: 0,
 *   gpuCost: 50,
 * }]);
 * assertEquals(spec.title, "What a slot takes and what it costs, user by user");
 * ```
 */
export function slotAnatomyFigure(rows: readonly AnatomyRow[]): FigureSpec {
  requireRows(
    rows,
    ["user", ...PHASES.map(([time]) => time), ...COSTS.map(([cost]) => cost)],
    act,
  );
  const unit = unitOfTime(Math.max(...rows.map(responseTimeS)));
  const phases = Object.keys(PHASE_COLORS);
  const times = rows.flatMap((row) =>
    phases.map((phase, order): Part => ({
      user: labelOf(row),
      part: phase,
      order,
      value: roundSignificant(
        PHASES.filter(([, name]) => name === phase)
          .reduce((sum, [time]) => sum + row[time], 0) / unit.seconds,
        5,
      ),
    }))
  );
  const costs = rows.flatMap((row) =>
    COSTS.map(([cost, part], order): Part => ({
      user: labelOf(row),
      part,
      order,
      value: roundSignificant(row[cost], 5),
    }))
  );
  const panel = (
    values: readonly Part[],
    title: string,
    axis: string,
    colors: readonly (readonly [name: string, color: string])[],
    isFirst: boolean,
  ) => ({
    width: 300,
    height: { step: 20 },
    title: panelTitle(title),
    data: { values: values.filter(({ value }) => value > 0) },
    mark: { type: "bar" as const, height: { band: 0.75 } },
    encoding: {
      y: {
        field: "user",
        type: "nominal" as const,
        title: isFirst ? "User (served by)" : null,
        sort: rows.map(labelOf),
        axis: { grid: false, ticks: false, labels: isFirst },
        scale: { domain: rows.map(labelOf) },
      },
      x: {
        field: "value",
        type: "quantitative" as const,
        title: axis,
        axis: { tickCount: 5 },
      },
      order: { field: "order" },
      color: {
        field: "part",
        type: "nominal" as const,
        title: null,
        scale: {
          domain: colors.map(([name]) => name),
          range: colors.map(([, color]) => color),
        },
        legend: {
          orient: "bottom" as const,
          columns: 3,
          symbolType: "square",
          symbolSize: 140,
        },
      },
      tooltip: [
        { field: "user", type: "nominal" as const },
        { field: "part", type: "nominal" as const },
        { field: "value", type: "quantitative" as const, title: axis },
      ],
    },
  });
  const costOf = (row: AnatomyRow) =>
    COSTS.reduce((sum, [cost]) => sum + row[cost], 0);
  const slowest = rows.reduce((a, b) =>
    responseTimeS(b) > responseTimeS(a) ? b : a
  );
  const dearest = rows.reduce((a, b) => costOf(b) > costOf(a) ? b : a);
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    description:
      `Stacked bars of the response times and costs of ${rows.length} users: user ${
        labelOf(slowest)
      } waits longest, ${
        roundSignificant(responseTimeS(slowest) / unit.seconds, 3)
      } ${unit.name}; user ${labelOf(dearest)} costs most, ${
        roundSignificant(costOf(dearest), 3)
      }.`,
    title: "What a slot takes and what it costs, user by user",
    hconcat: [
      panel(
        times,
        "Response time (Eqs. 10 and 11)",
        `Time (${unit.name})`,
        Object.entries(PHASE_COLORS),
        true,
      ),
      panel(
        costs,
        "Cost (Eqs. 12 and 13)",
        "Cost (currency)",
        COSTS.map(([, part, color]) => [part, color]),
        false,
      ),
    ],
    resolve: { scale: { color: "independent" } },
  };
}
