/**
 * The parts of the documentation that are made from the bench's results.
 *
 * @module
 */

import { markdownTable } from "../reports/tables.ts";
import {
  type BenchResults,
  compileLines,
  formatMs,
  formatRatio,
  processorOf,
  readBenchFile,
  searchTableOf,
  stageLines,
  withoutEmptyColumns,
} from "./bench_results.ts";

/** Rows on training that readers ask for first. */
const SHOWN_ROWS = /^(td3|ddpg|run)\/|^environment\//;

/** Training by the engines that are meant to be fast. */
const SPEED_ROWS = /^(td3|run)\/(?!tfjs\/)/;

async function readTables(path: string): Promise<readonly BenchResults[]> {
  return (await readBenchFile(path, `write the docs: in ${path}`)).processors;
}

function percent(share: number | undefined): string {
  return share === undefined ? "" : `${Math.round(100 * share)} %`;
}

/** A table without empty columns, with a dash in cells that are empty. */
function dashed(cells: readonly (readonly string[])[]): string {
  return markdownTable(
    withoutEmptyColumns(cells).map((row) =>
      row.map((cell) => cell === "" ? "–" : cell)
    ),
  );
}

/** A paragraph and the lines of a list below it; nothing, if there are none. */
function list(head: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : [`${head}\n\n${lines.map((line) => `- ${line}`).join("\n")}`];
}

function trainingTable({ rows }: BenchResults): string {
  return dashed([
    [
      "what",
      "median",
      "of the best peer's",
      "GFLOP/s",
      "of 128-bit FMA peak",
      "of sgemm peak",
    ],
    ...rows.filter(({ name }) => SHOWN_ROWS.test(name)).map((row) => [
      `\`${row.name}\``,
      formatMs(row.medianMs),
      formatRatio(row),
      row.gflops === undefined ? "" : String(Math.round(row.gflops)),
      percent(row.shareOfFma128),
      percent(row.shareOfSgemm),
    ]),
  ]);
}

/** Updates, steps and runs, a table for every processor. */
export async function bench(path: string): Promise<string> {
  const tables = await readTables(path);
  return tables.flatMap((results) => {
    const { machine, versions, rows } = results;
    const runs = stageLines(rows).filter((line) => line.startsWith("run/"));
    const { cpu: _, instructions: _instructions, ...rest } = machine;
    return [
      `### ${processorOf(results)}`,
      trainingTable(results),
      ...list(
        'Where the time of whole runs goes ("decide" is the actor and its noise):',
        runs,
      ),
      ...list(
        "What was compiled before, which is no part of these times, took:",
        compileLines(rows),
      ),
      `Measured on ${processorOf(results)}, ${
        Object.entries(rest).map(([key, value]) =>
          key === "cores" ? `${value} cores` : value
        ).join(", ")
      }; ${
        Object.entries(versions).map((entry) => entry.join(" ")).join(", ")
      }.`,
    ];
  }).join("\n\n");
}

/** Slots and searches, a table for every processor. */
export async function benchSearch(path: string): Promise<string> {
  const tables = await readTables(path);
  return tables.flatMap((results) => {
    const [head, ...cells] = searchTableOf(results.rows);
    if (cells.length === 0) return [];
    return [
      `### Searches on ${processorOf(results)}`,
      dashed([
        head,
        ...cells.map(([name, ...rest]) => [`\`${name}\``, ...rest]),
      ]),
    ];
  }).join("\n\n");
}

/** Ours by the best peer on every processor: one short table. */
export async function speed(path: string): Promise<string> {
  const tables = await readTables(path);
  return markdownTable([
    ["processor", "ours", "median", "of the best peer's", "best peer"],
    ...tables.flatMap((results) =>
      results.rows.filter(({ name, peer, bestPeer }) =>
        SPEED_ROWS.test(name) && peer === undefined && bestPeer !== undefined
      ).map((row) => [
        processorOf(results),
        `\`${row.name}\``,
        formatMs(row.medianMs),
        row.ratioToBestPeer!.toFixed(2),
        `\`${row.bestPeer}\``,
      ])
    ),
  ]);
}
