/**
 * The downlinks of a slot as a Gantt chart: who is ready, who waits, who receives.
 *
 * @module
 */

import { requireRows } from "./require_rows.ts";
import { PHASE_COLORS, unitOfTime } from "./slot_timeline.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** What one user's result goes through at the downlink. */
export interface QueueRow {
  /** The user. */
  readonly user: number;
  /** The server whose downlink it needs. */
  readonly server: number;
  /** When the result is ready at the server, in s. */
  readonly readyTimeS: number;
  /** T_i^tw, wait for the downlink in s. */
  readonly waitTimeS: number;
  /** Transmission on the downlink in s. */
  readonly downlinkTimeS: number;
}

const act = "draw the downlinks";

/**
 * A bar for every user, sorted by server and by when results are ready: gray while
 * the result waits, then the transmission, of which a server has one at a time.
 *
 * A user whose result is never ready or never sent has no bar, and the subtitle says
 * so.
 *
 * @throws {RangeError} If there are no rows, or nobody is ever served.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { downlinkQueueFigure } from "./downlink_queue.ts";
 *
 * const spec = downlinkQueueFigure([
 *   { user: 0, server: 0, readyTimeS: 1, waitTimeS: 0, downlinkTimeS: 4 },
 *   { user: 1, server: 0, readyTimeS: 2, waitTimeS: 3, downlinkTimeS: 4 },
 * ]);
 * assertEquals(spec.title, {
 *   text: "The downlinks of the slot",
 *   subtitle: ["A server sends one result at a time, first ready, first sent."],
 * });
 * ```
 */
export function downlinkQueueFigure(rows: readonly QueueRow[]): FigureSpec {
  requireRows(rows, ["user", "server"], act);
  const endS = (row: QueueRow) =>
    row.readyTimeS + row.waitTimeS + row.downlinkTimeS;
  const served = rows.filter((row) => Number.isFinite(endS(row)))
    .sort((a, b) => a.server - b.server || a.readyTimeS - b.readyTimeS);
  if (served.length === 0) {
    throw new RangeError(
      `Cannot ${act}: a user must be served some time, got none`,
    );
  }
  const unit = unitOfTime(Math.max(...served.map(endS)));
  const inUnit = (timeS: number) => roundSignificant(timeS / unit.seconds, 6);
  const labelOf = ({ server, user }: QueueRow) =>
    `server ${server}: user ${user}`;
  const bars = served.flatMap((row) => {
    const sentS = row.readyTimeS + row.waitTimeS;
    return ([
      ["wait", row.readyTimeS, sentS],
      ["download", sentS, endS(row)],
    ] as const).filter(([, start, end]) => end > start).map((
      [phase, start, end],
    ) => ({
      user: labelOf(row),
      phase,
      seconds: roundSignificant(end - start, 5),
      start: inUnit(start),
      end: inUnit(end),
    }));
  });
  const never = rows.filter((row) => !served.includes(row))
    .map(({ user }) => String(user));
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    description: `A Gantt chart of ${served.length} downloads: ${
      served.filter(({ waitTimeS }) => waitTimeS > 0).length
    } wait for the downlink of their server, at most ${
      roundSignificant(Math.max(...served.map((row) => row.waitTimeS)), 3)
    } s.`,
    title: {
      text: "The downlinks of the slot",
      subtitle: [
        "A server sends one result at a time, first ready, first sent.",
        ...never.length === 0
          ? []
          : [`Never served, so without a bar: ${listText(never)}.`],
      ],
    },
    width: 600,
    height: { step: 22 },
    encoding: {
      y: {
        field: "user",
        type: "nominal",
        title: null,
        sort: served.map(labelOf),
        axis: { grid: false, ticks: false },
      },
    },
    layer: [
      {
        data: { values: bars },
        mark: { type: "bar", height: { band: 0.7 } },
        encoding: {
          x: {
            field: "start",
            type: "quantitative",
            title: `Time since the request (${unit.name})`,
            scale: { zero: false },
          },
          x2: { field: "end" },
          color: {
            field: "phase",
            type: "nominal",
            title: null,
            scale: {
              domain: ["wait", "download"],
              range: [PHASE_COLORS.wait, PHASE_COLORS.download],
            },
            legend: { orient: "top", symbolType: "square", symbolSize: 160 },
          },
          tooltip: [
            { field: "user", type: "nominal" },
            { field: "phase", type: "nominal" },
            { field: "seconds", type: "quantitative", title: "duration (s)" },
          ],
        },
      },
      {
        data: {
          values: served.map((row) => ({
            user: labelOf(row),
            ready: inUnit(row.readyTimeS),
          })),
        },
        mark: { type: "tick", thickness: 3, color: inkColor, size: 18 },
        encoding: {
          x: { field: "ready", type: "quantitative" },
          tooltip: [
            { field: "user", type: "nominal" },
            {
              field: "ready",
              type: "quantitative",
              title: `ready at (${unit.name})`,
            },
          ],
        },
      },
    ],
  };
}
