/**
 * Where users and servers stand, and who belongs to whom.
 *
 * @module
 */

import { seriesColors } from "./colors.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** A user or a server on the map. */
export interface MapRow {
  /** Which of the two. */
  readonly kind: "user" | "server";
  /** Its number. */
  readonly id: number;
  /** Place from west to east in m. */
  readonly xM: number;
  /** Place from south to north in m. */
  readonly yM: number;
  /** The server that the user belongs to; of a server, its own number. */
  readonly server: number;
  /** What the tooltip tells besides, such as the request. */
  readonly note?: string;
}

/** How {@linkcode networkMapFigure} draws. */
export interface NetworkMapOptions {
  /** Title; by default `Users and edge servers`. */
  readonly title?: string;
  /** Side of the area in m; by default what holds all. */
  readonly areaSideM?: number;
}

const act = "draw the map";

const SIDE_PX = 320;

/** What the map shows, in words. */
function describe(rows: readonly MapRow[], farthestM: number): string {
  const users = rows.filter(({ kind }) => kind === "user");
  const servers = rows.filter(({ kind }) => kind === "server");
  const shares = servers.map(({ id }) =>
    `server ${id} has ${users.filter(({ server }) => server === id).length}`
  );
  return `A map of ${servers.length} servers and ${users.length} users: ${
    listText(shares)
  }; the farthest user is ${farthestM} m from its server.`;
}

/**
 * A map: squares are servers, circles are users in the color of their server, and a
 * line runs between the two.
 *
 * @throws {RangeError} If there are no rows, a place is not finite, or a user's
 * server is not on the map.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { networkMapFigure } from "./network_map.ts";
 *
 * const spec = networkMapFigure([
 *   { kind: "server", id: 0, xM: 500, yM: 500, server: 0 },
 *   { kind: "user", id: 0, xM: 100, yM: 200, server: 0 },
 * ]);
 * assertEquals(spec.title, {
 *   text: "Users and edge servers",
 *   subtitle: "Squares are servers; a line leads from each user to its own.",
 * });
 * ```
 */
export function networkMapFigure(
  rows: readonly MapRow[],
  options: NetworkMapOptions = {},
): FigureSpec {
  requireRows(rows, ["id", "xM", "yM", "server"], act);
  const { title = "Users and edge servers" } = options;
  const servers = rows.filter(({ kind }) => kind === "server");
  const placeOf = new Map(servers.map((row) => [row.id, row]));
  const places = rows.map((row, i) => {
    const own = placeOf.get(row.server);
    if (own === undefined) {
      throw new RangeError(
        `Cannot ${act}: rows[${i}].server must be a server of the rows, got ${row.server}`,
      );
    }
    const distanceM = Math.sqrt(
      (row.xM - own.xM) ** 2 + (row.yM - own.yM) ** 2,
    );
    return {
      kind: row.kind,
      name: `${row.kind} ${row.id}`,
      text: row.kind === "server" ? `server ${row.id}` : String(row.id),
      belongs: `server ${row.server}`,
      x: roundSignificant(row.xM, 4),
      y: roundSignificant(row.yM, 4),
      serverX: roundSignificant(own.xM, 4),
      serverY: roundSignificant(own.yM, 4),
      distance: roundSignificant(distanceM, 4),
      note: row.note ?? "",
    };
  });
  const names = servers.map(({ id }) => `server ${id}`);
  const side = options.areaSideM ??
    Math.max(...places.flatMap(({ x, y }) => [x, y]));
  const axis = (field: "x" | "y", direction: string) => ({
    field,
    type: "quantitative" as const,
    title: `${direction} (m)`,
    scale: { domain: [0, side] as [number, number], nice: false },
    axis: { tickCount: 5 },
  });
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    description: describe(rows, Math.max(...places.map((row) => row.distance))),
    title: {
      text: title,
      subtitle: "Squares are servers; a line leads from each user to its own.",
    },
    width: SIDE_PX,
    height: SIDE_PX,
    data: { values: places },
    encoding: {
      x: axis("x", "West to east"),
      y: axis("y", "South to north"),
      color: {
        field: "belongs",
        type: "nominal",
        title: null,
        scale: { domain: names, range: seriesColors(names) },
        legend: null,
      },
      tooltip: [
        { field: "name", type: "nominal" },
        { field: "belongs", type: "nominal", title: "belongs to" },
        { field: "distance", type: "quantitative", title: "distance (m)" },
        ...places.some(({ note }) => note !== "")
          ? [{ field: "note", type: "nominal" as const }]
          : [],
      ],
    },
    layer: [
      {
        mark: { type: "rule", opacity: 0.5 },
        encoding: { x2: { field: "serverX" }, y2: { field: "serverY" } },
      },
      {
        transform: [{ filter: "datum.kind === 'user'" }],
        mark: { type: "circle", size: 320, opacity: 1 },
      },
      {
        transform: [{ filter: "datum.kind === 'server'" }],
        mark: { type: "square", size: 420, opacity: 1 },
      },
      {
        transform: [{ filter: "datum.kind === 'user'" }],
        mark: { type: "text", fontSize: 11, fontWeight: "bold" },
        encoding: {
          text: { field: "text", type: "nominal" },
          color: { value: "#FFFFFF" },
        },
      },
      {
        transform: [{ filter: "datum.kind === 'server'" }],
        mark: { type: "text", dy: -20, fontSize: 12, fontWeight: "bold" },
        encoding: {
          text: { field: "text", type: "nominal" },
          color: { value: inkColor },
        },
      },
    ],
  };
}
