/**
 * A slot as a Gantt chart: what every user waits for, one phase after another.
 *
 * @module
 */

import { numberText } from "./describe.ts";
import type { PageParts } from "./page_parts.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme } from "./theme.ts";

/** What one user's request goes through, in s. */
export interface TimelineRow {
  /** The user. */
  readonly user: number;
  /** Whether the edge serves the request, not the cloud. */
  readonly isHit: boolean;
  /** Upload to the server. */
  readonly uplinkTimeS: number;
  /** Upload from server to cloud. */
  readonly backhaulUplinkTimeS: number;
  /** Inference at the edge or in the cloud. */
  readonly inferenceTimeS: number;
  /** Download from cloud to server. */
  readonly backhaulDownlinkTimeS: number;
  /** Wait for the downlink. */
  readonly waitTimeS: number;
  /** Transmission on the downlink. */
  readonly downlinkTimeS: number;
}

type Time = Exclude<keyof TimelineRow, "user" | "isHit">;

/** What happens to a request, in its order; the cloud is reached by the backhaul. */
const PHASES: readonly (readonly [Time, string])[] = [
  ["uplinkTimeS", "upload"],
  ["backhaulUplinkTimeS", "backhaul"],
  ["inferenceTimeS", "inference"],
  ["backhaulDownlinkTimeS", "backhaul"],
  ["waitTimeS", "wait"],
  ["downlinkTimeS", "download"],
];

/** Colors that stay apart for all eyes; the wait, in which nothing happens, is gray. */
const COLORS: Readonly<Record<string, string>> = {
  upload: "#0072B2",
  backhaul: "#D55E00",
  inference: "#009E73",
  wait: "#BFBFBF",
  download: "#AA3377",
};

/** Units of the axis, and up to how many seconds each is used. */
const UNITS = [
  { name: "s", seconds: 1, most: 600 },
  { name: "min", seconds: 60, most: 10_800 },
  { name: "h", seconds: 3600, most: Infinity },
] as const;

/** What part of the longest bar cannot be seen. */
const UNSEEN = 0.003;

const act = "draw the slot";

function responseTimeS(row: TimelineRow): number {
  return PHASES.reduce((sum, [time]) => sum + row[time], 0);
}

function labelOf({ user, isHit }: TimelineRow): string {
  return `${user} (${isHit ? "edge" : "cloud"})`;
}

/**
 * A bar for every user, from the request to the end of the download: upload,
 * backhaul, inference, backhaul, wait for the downlink, download.
 *
 * A user who is never served has no bar, and the subtitle says so.
 *
 * @throws {RangeError} If there are no rows, or nobody is ever served.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { slotTimelineFigure } from "./slot_timeline.ts";
 *
 * const spec = slotTimelineFigure([{
 *   user: 0,
 *   isHit: true,
 *   uplinkTimeS: 2,
 *   backhaulUplinkTimeS: 0,
 *   inferenceTimeS: 30,
 *   backhaulDownlinkTimeS: 0,
 *   waitTimeS: 0,
 *   downlinkTimeS: 8,
 * }]);
 * assertEquals(spec.title, {
 *   text: "The slot, request by request",
 *   subtitle: ["Bars end at the response time (Eqs. 10 and 11)."],
 * });
 * ```
 */
export function slotTimelineFigure(rows: readonly TimelineRow[]): FigureSpec {
  requireRows(rows, ["user"], act);
  const served = rows.filter((row) => Number.isFinite(responseTimeS(row)));
  if (served.length === 0) {
    throw new RangeError(
      `Cannot ${act}: a user must be served some time, got none`,
    );
  }
  const longestS = Math.max(...served.map(responseTimeS));
  const unit = UNITS.find(({ most }) => longestS <= most) ?? UNITS[2];
  const bars = served.flatMap((row) => {
    let endS = 0;
    return PHASES.map(([time, phase]) => {
      const startS = endS;
      endS += row[time];
      return {
        user: labelOf(row),
        phase,
        seconds: roundSignificant(row[time], 5),
        start: roundSignificant(startS / unit.seconds, 6),
        end: roundSignificant(endS / unit.seconds, 6),
      };
    }).filter(({ seconds }) => seconds > 0);
  });
  const longestOf = (phase: string) =>
    Math.max(
      0,
      ...bars.filter((bar) => bar.phase === phase).map(({ seconds }) =>
        seconds
      ),
    );
  const short = Object.keys(COLORS).filter((phase) => {
    const longest = longestOf(phase);
    return longest > 0 && longest < UNSEEN * longestS;
  });
  const never = rows.filter((row) => !served.includes(row))
    .map(({ user }) => String(user));
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    usermeta: {
      page: {
        // Bars tell the pointer of themselves, also in files.
        tooltips: {},
        columns: [
          { field: "user", title: "User (served by)" },
          { field: "phase", title: "Phase" },
          { field: "seconds", title: "Duration (s)" },
        ],
        rows: bars,
      } satisfies PageParts,
    },
    description:
      `The slot, request by request. Bars of the time since the request (${unit.name}): ${
        served.map((row) =>
          `user ${labelOf(row)} ${
            numberText(responseTimeS(row) / unit.seconds)
          }`
        ).join(", ")
      }.${never.length === 0 ? "" : ` Never served: ${listText(never)}.`}`,
    title: {
      text: "The slot, request by request",
      subtitle: [
        "Bars end at the response time (Eqs. 10 and 11).",
        ...short.length === 0
          ? []
          : [`Too short to be seen: ${listText(short)}.`],
        ...never.length === 0
          ? []
          : [`Never served, so without a bar: ${listText(never)}.`],
      ],
    },
    width: 600,
    height: { step: 20 },
    data: { values: bars },
    mark: { type: "bar", height: { band: 0.75 } },
    encoding: {
      y: {
        field: "user",
        type: "nominal",
        title: "User (served by)",
        sort: served.map(labelOf),
        axis: { grid: false, ticks: false },
      },
      x: {
        field: "start",
        type: "quantitative",
        title: `Time since the request (${unit.name})`,
        scale: { nice: true, zero: true },
      },
      x2: { field: "end" },
      color: {
        field: "phase",
        type: "nominal",
        title: null,
        scale: { domain: Object.keys(COLORS), range: Object.values(COLORS) },
        legend: { orient: "top", symbolType: "square", symbolSize: 160 },
      },
      tooltip: [
        { field: "user", type: "nominal" },
        { field: "phase", type: "nominal" },
        { field: "seconds", type: "quantitative", title: "duration (s)" },
      ],
    },
  };
}
