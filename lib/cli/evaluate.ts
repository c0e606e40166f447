/**
 * `deno task evaluate`: judges the decisions of a slot file.
 *
 * @module
 */

import { compareOutcome } from "../env/compare_outcome.ts";
import { evaluateSlot } from "../env/evaluate_slot.ts";
import type { SlotOutcome } from "../env/slot.ts";
import {
  outcomeToJson,
  parseSlots,
  type SlotDocument,
} from "../env/slot_json.ts";
import { parseJson } from "../scenario/input_error.ts";
import { parseArguments, readText, runMain } from "./main.ts";
import { formatTable } from "./table.ts";

const HELP = `
Judges the decisions of a slot file and prints every output as JSON.

Usage: deno task evaluate SLOT.json [--table]
       deno task evaluate - < SLOT.json

  SLOT.json  a slot, or an array of slots (inputs in SI units)
  --table    print tables for people instead of JSON

Prints an object for a slot, an array for an array. Where a slot has "expected"
outputs, they are compared to a relative 1e-9.

Exit code: 0, or 1 if expected outputs differ, or 2 if the file is not valid.
`;

function formatNumber(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(6) : String(value);
}

function printTable(slot: SlotDocument, outcome: SlotOutcome): void {
  const { state, decision } = slot;
  console.log(slot.name ?? "slot");
  const columns: Record<string, (user: number) => string> = {
    user: String,
    server: (user) => String(decision.server[user]),
    model: (user) => String(state.requestedModel[user]),
    hit: (user) => outcome.hit[user] ? "yes" : "no",
    "uplink s": (user) => formatNumber(outcome.uplinkTimeS[user]),
    "inference s": (user) => formatNumber(outcome.inferenceTimeS[user]),
    "wait s": (user) => formatNumber(outcome.waitTimeS[user]),
    "downlink s": (user) => formatNumber(outcome.downlinkTimeS[user]),
    "response s": (user) => formatNumber(outcome.responseTimeS[user]),
    cost: (user) => formatNumber(outcome.userCost[user]),
  };
  const table = formatTable([
    Object.keys(columns),
    ...Array.from(
      decision.server,
      (_, user) => Object.values(columns).map((cell) => cell(user)),
    ),
  ]);
  for (const line of table) console.log(`  ${line}`);
  const { objective, reward, hitRate, violations } = outcome;
  console.log(
    `  objective ${formatNumber(objective)}, reward ${
      formatNumber(reward)
    }, hit rate ${formatNumber(hitRate)}, storage cost ${
      formatNumber(outcome.storageCost)
    }, violations ${violations.length === 0 ? "none" : violations.join(" ")}`,
  );
}

/** Says on standard error how far expected outputs were met. */
function reportExpected(
  slots: readonly SlotDocument[],
  outputs: readonly Record<string, unknown>[],
): boolean {
  let compared = 0;
  let differing = 0;
  slots.forEach((slot, index) => {
    if (slot.expected === undefined) return;
    compared++;
    const differences = compareOutcome(slot.expected, outputs[index]);
    if (differences.length === 0) return;
    differing++;
    for (const { path, expected, actual } of differences) {
      console.error(
        `slot ${index}: ${path} is ${JSON.stringify(actual)}, expected ${
          JSON.stringify(expected)
        }`,
      );
    }
  });
  if (compared > 0) {
    console.error(
      `${
        compared - differing
      } of ${compared} slots agree with their expected outputs to 1e-9`,
    );
  }
  return differing === 0;
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({
    help: HELP,
    options: { table: { type: "boolean" } },
    positionals: [1, 1],
  }, args);
  if (parsed === undefined) return 0;
  const [path] = parsed.positionals;
  const act = `evaluate ${path === "-" ? "standard input" : path}`;
  const document = parseJson(await readText(path, act), act);
  const slots = parseSlots(document, act);
  const outcomes = slots.map(({ instance, state, decision }) =>
    evaluateSlot(instance, state, decision)
  );
  const outputs = outcomes.map((outcome, index) => {
    const { name } = slots[index];
    return {
      ...(name === undefined ? {} : { name }),
      ...outcomeToJson(outcome),
    };
  });
  if (parsed.values.table) {
    slots.forEach((slot, index) => printTable(slot, outcomes[index]));
  } else {
    const printed = Array.isArray(document) ? outputs : outputs[0];
    console.log(JSON.stringify(printed, null, 1));
  }
  return reportExpected(slots, outputs) ? 0 : 1;
}

if (import.meta.main) await runMain(main);
