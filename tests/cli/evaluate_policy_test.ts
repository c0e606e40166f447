import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../lib/cli/evaluate.ts";
import { RULES } from "../policies/rules.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** What the command prints for a document, as JSON. */
async function evaluate(document: unknown, ...args: string[]) {
  const lines: string[] = [];
  await withTemporaryFolder(async (folder) => {
    const file = `${folder}/slot.json`;
    await Deno.writeTextFile(file, JSON.stringify(document));
    const { log } = console;
    console.log = (...parts: unknown[]) => void lines.push(parts.join(" "));
    try {
      assertEquals(await main([file, ...args]), 0);
    } finally {
      console.log = log;
    }
  });
  return JSON.parse(lines.join("\n"));
}

const golden = JSON.parse(
  await Deno.readTextFile(
    new URL("../env/golden_slots.json", import.meta.url),
  ),
);
const { scenario, state, decision } = golden[0];

Deno.test("any policy decides a slot without decision, and its decision is a valid document", async () => {
  for (const name of Object.keys(RULES)) {
    const { decision, lowerBound, gap, ...outcome } = await evaluate(
      { scenario, state },
      "--policy",
      name,
    );
    assertEquals(outcome.violations, []);
    assertEquals(lowerBound !== undefined, name === "optimum");
    if (lowerBound !== undefined) {
      const { objective } = outcome;
      assert(lowerBound <= objective);
      assertEquals(gap, (objective - lowerBound) / objective);
    }
    assertEquals(await evaluate({ scenario, state, decision }), outcome);
  }
});

Deno.test("users belong to the server that the slot names, else to the nearest", async () => {
  const serversOf = async (given?: unknown) =>
    (await evaluate(
      given === undefined ? { scenario, state } : {
        scenario,
        state,
        decision: { server: given },
      },
      "--policy",
      "cloud-only",
    )).decision.server;
  const nearest = scenario.userPositionsM.map(([x]: number[]) =>
    // Servers stand at x = 250 and x = 750 on one line.
    x <= 500 ? 0 : 1
  );
  assertEquals(await serversOf(), nearest);
  const swapped = nearest.map((server: number) => 1 - server);
  assertEquals(await serversOf(swapped), swapped);
  assertEquals(
    await serversOf([swapped[0], null, null, null]),
    [swapped[0], ...nearest.slice(1)],
  );
});

Deno.test("a policy decides anew where a slot carries a decision", async () => {
  const given = await evaluate(golden[0]);
  const found = await evaluate(golden[0], "--policy", "optimum");
  assertEquals(found.decision.server, decision.server);
  assert(found.objective < given.objective);
});

Deno.test("unknown policies and missing decisions are named", async () => {
  const cases: [unknown, string[], string][] = [
    [{ scenario, state }, ["--policy", "best"], "--policy must be one of"],
    [{ scenario, state }, [], "decision"],
    [
      { scenario, state, decision: { server: [0, 1, 2, 0] } },
      ["--policy", "optimum"],
      "decision.server[2] must be a whole number from 0 to 1, got 2",
    ],
  ];
  for (const [document, args, message] of cases) {
    await assertRejects(() => evaluate(document, ...args), InputError, message);
  }
});
