/**
 * `deno task evaluate`: judges the decisions of a slot file, or a policy's.
 *
 * @module
 */

import { compareOutcome } from "../env/compare_outcome.ts";
import { evaluateSlot } from "../env/evaluate_slot.ts";
import type { SlotOutcome } from "../env/slot.ts";
import {
  decisionToJson,
  outcomeToJson,
  parseSlots,
  parseUndecidedSlots,
  type SlotDocument,
} from "../env/slot_json.ts";
import { InputError } from "../input/input_error.ts";
import {
  type Method,
  METHODS,
  openMethod,
  refuseExclusions,
  resolveHyperparameters,
} from "../methods/mod.ts";
import { decideSlot, scenarioOfSlot } from "../policies/mod.ts";
import { readJson } from "../input/json.ts";
import { parseArguments, readSeed, runMain } from "./command.ts";
import { type SelectedMethod, selectMethod } from "./select_method.ts";
import { formatTable } from "./table.ts";
import { EVALUATE } from "./study_tasks.ts";
import { jsonText, oneLine } from "./terminal.ts";

/** Methods that decide without being trained. */
const isRule = ({ learns }: Method) => !learns;

const RULES = METHODS.filter(isRule).map(({ name }) => name);

const HELP = `
Judges the decisions of a slot file and prints every output as JSON.

Usage: deno task evaluate SLOT.json [--table]
       deno task evaluate - < SLOT.json
       deno task evaluate --policy NAME SLOT.json

  SLOT.json      a slot, or an array of slots (inputs in SI units)
  --table        print tables for people instead of JSON
  --policy NAME  let a policy decide: ${RULES.join(", ")};
                 or a module of your own, such as ./mine.ts
  --set KEY=VALUE  a hyperparameter of it; may be given again
  --seed N       seed of a policy that draws; by default 0

Prints an object for a slot, an array for an array. Where a slot has "expected"
outputs, they are compared to a relative 1e-9.

With --policy slots need no decision, and of one that is there only "server" is
used; users without a server belong to the nearest. The decision is printed too,
and for the optimum a lowerBound of its objective and the gap between the two,
(objective - lowerBound)/objective. "expected" is not compared.

Exit code: 0, or 1 if expected outputs differ, or 2 if the file is not valid.
`;

function formatNumber(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(6) : String(value);
}

function printTable(slot: SlotDocument, outcome: SlotOutcome): void {
  const { state, decision } = slot;
  console.log(oneLine(slot.name ?? "slot"));
  const columns: Record<string, (user: number) => string> = {
    user: String,
    server: (user) => String(decision.server[user]),
    model: (user) => String(state.requestedModel[user]),
    hit: (user) => outcome.hit[user] ? "yes" : "no",
    "uplink s": (user) => formatNumber(outcome.uplinkTimeS[user]),
    "backhaul s": (user) =>
      formatNumber(
        outcome.backhaulUplinkTimeS[user] + outcome.backhaulDownlinkTimeS[user],
      ),
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

/** A method that decides at once. */
async function selectRule(
  text: string,
  set?: readonly string[],
): Promise<SelectedMethod> {
  const chosen = await selectMethod("--policy", text, set, isRule);
  if (isRule(chosen.method)) return chosen;
  throw new InputError(
    `Cannot evaluate: ${text} must be a method that is not trained, got ${chosen.name} (train and sweep run it)`,
  );
}

/** Slots with decisions, and what is printed beside their outcomes. */
interface Decided {
  readonly slots: readonly SlotDocument[];
  readonly extras: readonly Record<string, unknown>[];
}

/** Lets a policy decide the slots of a document. */
async function decide(
  document: unknown,
  act: string,
  { method, hyperparameters }: SelectedMethod,
  seed: number,
): Promise<Decided> {
  const slots = parseUndecidedSlots(document, act);
  const { instance } = slots[0];
  const scenario = scenarioOfSlot(instance);
  const values = resolveHyperparameters(method, hyperparameters, "decide");
  refuseExclusions(method, scenario, values, "decide");
  const { decider } = await openMethod(method, {
    scenario,
    instance,
    seed,
    hyperparameters: values,
  });
  const decided = slots.map((slot, index) => {
    const { name, instance, state } = slot;
    const { decision, ...bounds } = decideSlot(decider, slot, index);
    return {
      slot: {
        ...(name === undefined ? {} : { name }),
        instance,
        state,
        decision,
      },
      extra: {
        ...outcomeToJson(bounds),
        decision: decisionToJson(decision, instance.numServers),
      },
    };
  });
  return {
    slots: decided.map(({ slot }) => slot),
    extras: decided.map(({ extra }) => extra),
  };
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...EVALUATE }, args);
  if (parsed === undefined) return 0;
  const [path] = parsed.positionals;
  const { policy, seed = "0", table } = parsed.values;
  const act = `evaluate ${path === "-" ? "standard input" : path}`;
  const document = await readJson(path, act);
  const { slots, extras }: Decided = policy === undefined
    ? { slots: parseSlots(document, act), extras: [] }
    : await decide(
      document,
      act,
      await selectRule(policy, parsed.values.set),
      readSeed(seed),
    );
  const outcomes = slots.map(({ instance, state, decision }) =>
    evaluateSlot(instance, state, decision)
  );
  const outputs = outcomes.map((outcome, index) => {
    const { name } = slots[index];
    return {
      ...(name === undefined ? {} : { name }),
      ...outcomeToJson(outcome),
      ...extras[index],
    };
  });
  if (table) {
    slots.forEach((slot, index) => printTable(slot, outcomes[index]));
  } else {
    const printed = Array.isArray(document) ? outputs : outputs[0];
    console.log(jsonText(printed));
  }
  return reportExpected(slots, outputs) ? 0 : 1;
}

if (import.meta.main) await runMain(main);
