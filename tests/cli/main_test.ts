import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parseArguments, readCount, readText } from "../../lib/cli/main.ts";
import { InputError } from "../../lib/scenario/input_error.ts";
import { captureMain, withFile } from "./capture.ts";

const COMMAND = {
  help: "\nHow to use it.\n",
  options: {
    seed: { type: "string", short: "s" },
    table: { type: "boolean" },
  },
  positionals: [1, 2],
} as const;

Deno.test("options and positionals are read in any order", () => {
  const parsed = parseArguments(COMMAND, ["a", "--seed", "7", "b", "--table"]);
  assertEquals(parsed?.values.seed, "7");
  assertEquals(parsed?.values.table, true);
  assertEquals(parsed?.positionals, ["a", "b"]);
  assertEquals(parseArguments(COMMAND, ["-"])?.positionals, ["-"]);
});

Deno.test("a negative number is an option's value, for its reader to refuse", () => {
  for (const args of [["--seed", "-1"], ["-s", "-1"], ["--seed=-1"]]) {
    assertEquals(parseArguments(COMMAND, ["a", ...args])?.values.seed, "-1");
  }
  assertEquals(
    parseArguments(COMMAND, ["a", "--seed", "-.5"])?.values.seed,
    "-.5",
  );
  for (const args of [["--table", "-1"], ["--seed", "--table"], ["-1"]]) {
    assertThrows(() => parseArguments(COMMAND, ["a", ...args]), InputError);
  }
});

Deno.test("help is printed without its outer lines, and nothing else is done", async () => {
  const { stdout } = await captureMain((args) => {
    assertEquals(parseArguments(COMMAND, args), undefined);
    return Promise.resolve(0);
  }, ["--unknown", "-h"]);
  assertEquals(stdout, "How to use it.\n");
});

Deno.test("unknown options and wrong numbers of arguments are refused in one line", () => {
  for (
    const args of [
      [],
      ["a", "b", "c"],
      ["a", "--sede", "1"],
      ["a", "--seed"],
      ["a", "--table=1"],
      ["a", "-x"],
    ]
  ) {
    const { message } = assertThrows(
      () => parseArguments(COMMAND, args),
      InputError,
      "Cannot read the arguments: ",
    );
    assertEquals(message.split("\n").length, 1, message);
    assertEquals(message.endsWith("(see --help)"), true);
  }
  assertThrows(
    () => parseArguments(COMMAND, ["a", "b", "c"]),
    InputError,
    "beside options there must be 1 to 2 arguments, got 3",
  );
});

Deno.test("a count is a whole number from its minimum on", () => {
  assertEquals(readCount("seed", "0", 0), 0);
  assertEquals(readCount("seed", "1e3", 1), 1000);
  for (const text of ["", " ", "-1", "2.5", "ten", "1e16", "Infinity", "0"]) {
    const { message } = assertThrows(
      () => readCount("seed", text, 1),
      InputError,
    );
    assertEquals(
      message,
      `Cannot read the arguments: --seed must be a whole number of at least 1, got ${text}`,
    );
  }
});

Deno.test("a text file is read, a missing one refused", async () => {
  assertEquals(
    await withFile("text\n", (path) => readText(path, "read it")),
    "text\n",
  );
  await assertRejects(
    () => readText("/nowhere.json", "read it"),
    InputError,
    "Cannot read it: /nowhere.json must be a file, got nothing there",
  );
});
