import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { main } from "../../lib/cli/evaluate.ts";
import { InputError } from "../../lib/input/input_error.ts";
import golden from "../env/golden_slots.json" with { type: "json" };
import { captureMain, runCommand, withFile } from "./capture.ts";

type Slot = (typeof golden)[number];

/** A value that JSON has and TypeScript's idea of the golden file has not. */
function put(object: object, key: string | number, value: unknown): void {
  (object as Record<string | number, unknown>)[key] = value;
}

async function refusal(args: string[]): Promise<string> {
  const { message } = await assertRejects(
    () => captureMain(main, args),
    InputError,
  );
  assertEquals(message.split("\n").length, 1, message);
  return message;
}

/** What is done to the first golden slot, and what the message must say. */
const SLOTS: readonly (readonly [string, (slot: Slot) => void, string])[] = [
  [
    "an unknown key beside the slot's own",
    (slot) => put(slot, "decisions", {}),
    "decisions must be a known key (nearest: decision), got {}",
  ],
  [
    "a misspelt key",
    (slot) => put(slot.scenario, "numUser", 4),
    "scenario.numUser must be a known key (nearest: numUsers), got 4",
  ],
  [
    "a renamed key",
    ({ state }) => {
      put(state, "inputByte", state.inputBytes);
      put(state, "inputBytes", undefined);
    },
    "state.inputByte must be a known key (nearest: inputBytes), got an array of 4",
  ],
  [
    "a missing part",
    (slot) => put(slot, "state", undefined),
    "state must be an object with popularityIndex",
  ],
  [
    "a missing number",
    (slot) => put(slot.scenario, "gpuFlopPerS", undefined),
    "scenario.gpuFlopPerS must be a finite number from 1e-30 to 1e+30, got nothing",
  ],
  [
    "a missing count",
    (slot) => put(slot.scenario, "numUsers", undefined),
    "scenario.numUsers must be a whole number from 1 to 1000000, got nothing",
  ],
  [
    "a missing matrix",
    (slot) => put(slot.decision, "cache", undefined),
    "decision.cache must be an array of 2 (one per server), got nothing",
  ],
  [
    "a negative input size",
    (slot) => put(slot.state.inputBytes, 1, -5),
    "state.inputBytes[1] must be a finite number from 0 to 1e+30, got -5",
  ],
  [
    "a negative model size",
    (slot) => put(slot.scenario.modelSizeBytes, 4, -1e9),
    "scenario.modelSizeBytes[4] must be a finite number from 0 to 1e+30, got -1000000000",
  ],
  [
    "a share floor of 1.5",
    (slot) => put(slot.scenario, "shareFloor", 1.5),
    "scenario.shareFloor must be a finite number from 0 to 1, got 1.5",
  ],
  [
    "a bandwidth of 0",
    (slot) => put(slot.scenario.uplinkBandwidthHz, 0, 0),
    "scenario.uplinkBandwidthHz[0] must be a finite number from 1e-30 to 1e+30, got 0",
  ],
  [
    "a model index out of range",
    (slot) => put(slot.state.requestedModel, 2, 5),
    "state.requestedModel[2] must be a whole number from 0 to 4, got 5",
  ],
  [
    "a negative model index",
    (slot) => put(slot.state.requestedModel, 0, -1),
    "state.requestedModel[0] must be a whole number from 0 to 4, got -1",
  ],
  [
    "half a model index",
    (slot) => put(slot.state.requestedModel, 0, 0.5),
    "state.requestedModel[0] must be a whole number from 0 to 4, got 0.5",
  ],
  [
    "a server index out of range",
    (slot) => put(slot.decision.server, 3, 2),
    "decision.server[3] must be a whole number from 0 to 1, got 2",
  ],
  [
    "a model type out of range",
    (slot) => put(slot.scenario.modelType, 0, 4),
    "scenario.modelType[0] must be a whole number from 0 to 3, got 4",
  ],
  [
    "an empty array for users",
    (slot) => put(slot.state, "outputBytes", []),
    "state.outputBytes must be an array of 4 (one per user), got an empty array",
  ],
  [
    "null for a number",
    (slot) => put(slot.scenario.serverGpus, 1, null),
    "scenario.serverGpus[1] must be a finite number from 1e-30 to 1e+30, got null",
  ],
  [
    "null for an object",
    (slot) => put(slot, "decision", null),
    "decision must be an object with cache",
  ],
  [
    "a number for an object",
    (slot) => put(slot, "scenario", 7),
    "scenario must be an object of capacities",
  ],
  [
    "a string for a number",
    (slot) => put(slot.scenario, "costWeight", "0.001"),
    'scenario.costWeight must be a finite number from 0 to 1e+30, got "0.001"',
  ],
  [
    "an object for an array",
    (slot) => put(slot.decision, "server", { 0: 1 }),
    'decision.server must be an array of 4 (one per user), got {"0":1}',
  ],
  [
    "a ragged matrix",
    (slot) => put(slot.decision.bandwidthShare, 1, [0.5, 0.5, 0]),
    "decision.bandwidthShare[1] must be an array of 4 (one per user), got an array of 3",
  ],
  [
    "a row too many",
    (slot) => put(slot.decision.computeShare, 2, [0, 0, 0, 0]),
    "decision.computeShare must be an array of 2 (one per server), got an array of 3",
  ],
  [
    "a flat matrix",
    (slot) => put(slot.decision, "cache", slot.decision.cache.flat()),
    "decision.cache must be an array of 2 (one per server), got an array of 10",
  ],
  [
    "a text in a matrix",
    (slot) => put(slot.decision.cache[0], 3, "1"),
    'decision.cache[0][3] must be a finite number from 0 to 1e+30, got "1"',
  ],
  [
    "three coordinates",
    (slot) => put(slot.scenario.userPositionsM, 0, [1, 2, 3]),
    "scenario.userPositionsM[0] must be an array of 2 (x and y in meters), got an array of 3",
  ],
  [
    "two and a half users",
    (slot) => put(slot.scenario, "numUsers", 2.5),
    "scenario.numUsers must be a whole number from 1 to 1000000, got 2.5",
  ],
  [
    "no models",
    (slot) => put(slot.scenario, "numModels", 0),
    "scenario.numModels must be a whole number from 1 to 1000000, got 0",
  ],
  [
    "a user more than there are",
    (slot) => put(slot.scenario, "numUsers", 5),
    "scenario.userPositionsM must be an array of 5 (one per user), got an array of 4",
  ],
  [
    "an expectation that is no object",
    (slot) => put(slot, "expected", [1]),
    "expected must be an object of outputs, got an array of 1",
  ],
  [
    "a name that is no text",
    (slot) => put(slot, "name", 3),
    "name must be text, got 3",
  ],
];

for (const [what, change, expected] of SLOTS) {
  Deno.test(`a slot is refused: ${what}`, async () => {
    const slot = structuredClone(golden[0]);
    change(slot);
    await withFile(JSON.stringify(slot), async (path) => {
      const message = await refusal([path]);
      assert(
        message.startsWith(`Cannot evaluate ${path}: ${expected}`),
        message,
      );
      assertMatch(message, /, got \S+/);
    });
    // The same in an array: the path begins with the number of the slot.
    await withFile(JSON.stringify([golden[1], slot]), async (path) => {
      const message = await refusal([path]);
      assert(
        message.startsWith(`Cannot evaluate ${path}: [1].${expected}`),
        message,
      );
    });
  });
}

/** Documents that are no slots at all. */
const TEXTS: readonly (readonly [string, string])[] = [
  ["", "the document must be valid JSON, got nothing"],
  ["{", "the document must be valid JSON, got an error"],
  ['{"scenario": NaN}', "the document must be valid JSON, got an error"],
  [
    "null",
    "the document must be an object with scenario, state and decision, got null",
  ],
  [
    "17",
    "the document must be an object with scenario, state and decision, got 17",
  ],
  ["{}", "scenario must be an object"],
  [
    "[]",
    "the document must be a slot or an array of at least 1 slot, got an empty array",
  ],
  [
    "[[]]",
    "[0] must be an object with scenario, state and decision, got an empty array",
  ],
  [
    "[null]",
    "[0] must be an object with scenario, state and decision, got null",
  ],
];

for (const [text, expected] of TEXTS) {
  Deno.test(`a document is refused: ${text || "an empty file"}`, async () => {
    await withFile(text, async (path) => {
      const message = await refusal([path]);
      assert(
        message.startsWith(`Cannot evaluate ${path}: ${expected}`),
        message,
      );
    });
  });
}

Deno.test("a slot is refused: 1e999, which JSON reads as Infinity", async () => {
  const text = JSON.stringify(golden[0])
    .replace(/"noisePsdDbmPerHz":-174/, '"noisePsdDbmPerHz":1e999');
  await withFile(text, async (path) => {
    assertEquals(
      await refusal([path]),
      `Cannot evaluate ${path}: scenario.noisePsdDbmPerHz must be a finite number from -1000 to 1000, got Infinity`,
    );
  });
});

Deno.test("a file that is not there, and a folder, are refused by name", async () => {
  assertEquals(
    await refusal(["/nowhere/slot.json"]),
    "Cannot evaluate /nowhere/slot.json: /nowhere/slot.json must be a file, got nothing there",
  );
  const folder = await Deno.makeTempDir();
  try {
    const message = await refusal([folder]);
    assert(
      message.startsWith(
        `Cannot evaluate ${folder}: ${folder} must be a readable file, got `,
      ),
      message,
    );
  } finally {
    await Deno.remove(folder);
  }
});

Deno.test("wrong arguments are refused", async () => {
  assertMatch(
    await refusal([]),
    /beside options there must be 1 argument, got 0/,
  );
  assertMatch(await refusal(["a", "b"]), /must be 1 .*, got 2/);
  assertMatch(await refusal(["a", "--tabel"]), /--tabel/);
  assertMatch(await refusal(["a", "--table=yes"]), /--table/);
});

/** As commands: exit code 2, one line on standard error, nothing else. */
const COMMANDS: readonly (readonly [string, string[], string])[] = [
  ["a missing file", ["/nowhere/slot.json"], ""],
  ["broken JSON on standard input", ["-"], "{\n\n'a'"],
  ["a wrong slot on standard input", ["-"], '{"scenario": 1}'],
  ["an unknown option", ["-", "--tables"], "{}"],
];

for (const [what, args, input] of COMMANDS) {
  Deno.test(`as a command: ${what} exits with 2 and one line`, async () => {
    const { code, stdout, stderr } = await runCommand("evaluate", args, input);
    assertEquals(code, 2);
    assertEquals(stdout, "");
    assertMatch(stderr, /^Cannot [^\n]+\n$/);
  });
}
