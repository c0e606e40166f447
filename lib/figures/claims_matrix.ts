/**
 * The claims × readings matrix: which reading each claim of the paper needs.
 *
 * @module
 */

import type { MatrixRow } from "./rows.ts";
import type { PageParts } from "./page_parts.ts";
import { panelTitle } from "./panels.ts";
import { type FigureSpec, listText, vegaLiteSchema } from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** How {@linkcode claimsMatrixFigure} draws its rows. */
export interface ClaimsMatrixOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
}

/**
 * How each outcome looks: a sign and a color, so that neither is needed. The
 * colors are Okabe and Ito's blue and vermilion, which stay apart under every
 * color blindness, and neutrals.
 */
export const outcomeLooks: Readonly<
  Record<MatrixRow["verdict"], {
    /** Stands in the cell. */
    readonly sign: string;
    /** Fills the cell. */
    readonly color: string;
    /** Color of the sign on the full fill. */
    readonly ink: string;
  }>
> = {
  reproduced: { sign: "✓", color: "#0072B2", ink: "#FFFFFF" },
  contradicted: { sign: "✗", color: "#D55E00", ink: "#FFFFFF" },
  undetermined: { sign: "?", color: "#D9D9D9", ink: inkColor },
  "not run": { sign: "–", color: "#FFFFFF", ink: inkColor },
};

const verdicts = Object.keys(outcomeLooks) as MatrixRow["verdict"][];
const cellSize = 29;
/** Fill of cells that a reading does not change. */
const paleOpacity = 0.25;

const act = "draw the claims matrix";

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function requireRows(rows: readonly MatrixRow[]): void {
  if (rows.length === 0) {
    throw new RangeError(`Cannot ${act}: rows must be at least 1 row, got 0`);
  }
  const seen = new Set<string>();
  for (const { panel, claim, reading, verdict } of rows) {
    if (!Object.hasOwn(outcomeLooks, verdict)) {
      throw new RangeError(
        `Cannot ${act}: verdict must be one of ${
          verdicts.join(", ")
        }, got "${verdict}"`,
      );
    }
    const cell = `"${claim}" under "${reading}" of "${panel}"`;
    if (seen.has(cell)) {
      throw new RangeError(
        `Cannot ${act}: there must be one row for ${cell}, got two`,
      );
    }
    seen.add(cell);
  }
}

/** The readings of one panel: a column each. */
function drawPanel(
  title: string,
  rows: readonly MatrixRow[],
  claims: readonly string[],
  isFirst: boolean,
) {
  const label = (verdict: MatrixRow["verdict"]) =>
    `${outcomeLooks[verdict].sign} ${verdict}`;
  const signColor = ({ verdict, inherited }: MatrixRow) =>
    inherited ? inkColor : outcomeLooks[verdict].ink;
  return {
    title: panelTitle(title),
    width: { step: cellSize },
    height: { step: cellSize },
    data: {
      values: rows.map((row) => ({
        claim: row.claim,
        reading: row.reading,
        outcome: label(row.verdict),
        sign: outcomeLooks[row.verdict].sign,
        inherited: row.inherited,
        ink: signColor(row),
      })),
    },
    encoding: {
      x: {
        field: "reading",
        type: "nominal" as const,
        title: null,
        sort: null,
        axis: {
          orient: "top" as const,
          minExtent: 126,
          labelAngle: -60,
          labelAlign: "left" as const,
          domain: false,
          ticks: false,
          grid: false,
        },
      },
      y: {
        field: "claim",
        type: "nominal" as const,
        title: null,
        sort: [...claims],
        axis: isFirst
          ? { labelLimit: 420, domain: false, ticks: false, grid: false }
          : null,
      },
    },
    layer: [
      {
        mark: {
          type: "rect" as const,
          stroke: "#808080",
          strokeWidth: 0.5,
        },
        encoding: {
          fill: {
            field: "outcome",
            type: "nominal" as const,
            title: null,
            scale: {
              domain: verdicts.map(label),
              range: verdicts.map((verdict) => outcomeLooks[verdict].color),
            },
            legend: {
              orient: "bottom" as const,
              symbolType: "square" as const,
              symbolStrokeColor: "#808080",
              symbolStrokeWidth: 0.5,
              symbolSize: 180,
            },
          },
          fillOpacity: {
            condition: { test: "datum.inherited", value: paleOpacity },
            value: 1,
          },
        },
      },
      {
        mark: {
          type: "text" as const,
          fontSize: 16,
          fontWeight: "bold" as const,
          baseline: "middle" as const,
        },
        encoding: {
          text: { field: "sign" },
          color: { field: "ink", type: "nominal" as const, scale: null },
        },
      },
    ],
  };
}

/** The matrix in words: how many verdicts of each kind, panel by panel. */
function describeMatrix(rows: readonly MatrixRow[]): string {
  const panels = [...Map.groupBy(rows, ({ panel }) => panel)];
  const claims = unique(rows.map(({ claim }) => claim)).length;
  return `The paper's claims under each reading: a matrix of verdicts. ${
    panels.map(([panel, own]) => {
      const readings = unique(own.map(({ reading }) => reading)).length;
      const counts = verdicts.map((verdict) =>
        `${own.filter((row) => row.verdict === verdict).length} ${verdict}`
      );
      return `${panel}: ${claims} claims by ${readings} readings, ${
        listText(counts)
      }.`;
    }).join(" ")
  }`;
}

/** What the matrix can do on a page. */
function pageOf(rows: readonly MatrixRow[]): PageParts {
  const columns = [
    { field: "claim", title: "Claim" },
    { field: "reading", title: "Reading" },
  ];
  return {
    tooltips: { claim: [...columns, { field: "outcome", title: "Verdict" }] },
    columns: [...columns, { field: "verdict", title: "Verdict" }],
    rows: rows.map(({ claim, reading, verdict }) => (
      { claim, reading, verdict }
    )),
  };
}

/**
 * A cell for every claim and reading, with sign and color of the verdict, and a
 * panel for every group of readings that were run alike. Cells are pale where the
 * reading changes nothing that the claim rests on.
 *
 * @param rows One per claim and reading; claims, readings and panels stand in the
 * order of their first rows.
 * @param options `profile` is required.
 * @throws {RangeError} If there are no rows, a cell has two, or a verdict is unknown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { claimsMatrixFigure } from "./claims_matrix.ts";
 *
 * const spec = claimsMatrixFigure([{
 *   panel: "Trials of the figures",
 *   claim: "TD3 is best",
 *   reading: "default",
 *   verdict: "undetermined",
 *   inherited: false,
 * }], { profile: "An example" });
 * assertEquals("hconcat" in spec && spec.hconcat.length, 1);
 * ```
 */
export function claimsMatrixFigure(
  rows: readonly MatrixRow[],
  options: ClaimsMatrixOptions,
): FigureSpec {
  requireRows(rows);
  const claims = unique(rows.map(({ claim }) => claim));
  return {
    $schema: vegaLiteSchema,
    description: describeMatrix(rows),
    title: {
      text: "The paper's claims under each reading",
      subtitle: [
        `${options.profile}: verdicts from 95 % intervals over seeds.`,
        "Pale: the reading changes nothing that the claim rests on.",
      ],
    },
    spacing: 24,
    hconcat: unique(rows.map(({ panel }) => panel)).map((panel, i) =>
      drawPanel(
        panel,
        rows.filter((row) => row.panel === panel),
        claims,
        i === 0,
      )
    ),
    resolve: { scale: { y: "shared" } },
    config: houseTheme,
    usermeta: { page: pageOf(rows) },
  };
}
