import { assertEquals, assertThrows } from "@std/assert";
import { parseArguments, readCount, readSeed } from "../../lib/cli/command.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { captureMain } from "./capture.ts";

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
    assertEquals(message.endsWith("see --help)"), true);
  }
  assertThrows(
    () => parseArguments(COMMAND, ["a", "--sede", "1"]),
    InputError,
    "Unknown option '--sede' (nearest: --seed, see --help)",
  );
  assertThrows(
    () => parseArguments(COMMAND, ["a", "b", "c"]),
    InputError,
    "beside options there must be 1 to 2 arguments, got 3",
  );
});

Deno.test("a count is a whole number from its minimum on", () => {
  assertEquals(readCount("seed", "0", 0), 0);
  assertEquals(readCount("seed", "1e3", 1), 1000);
  const texts = ["", " ", "-1", "2.5", "ten", "1e16", "Infinity", "0", "0x10"];
  for (const text of [...texts, " 7 ", "7 ", "+7", "7_0", "1e", "1e400"]) {
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

Deno.test("a seed has one limit, which the message tells", () => {
  assertEquals(readSeed("1000000000"), 1_000_000_000);
  for (const text of ["1000000001", "1764326400000", "-1", "0x10", " 7 "]) {
    assertThrows(
      () => readSeed(text),
      InputError,
      `--seed must be a whole number from 0 to 1000000000, got ${text}`,
    );
  }
});

Deno.test("an option that is given twice is refused, unless it may be", () => {
  for (
    const args of [
      ["a", "--seed", "1", "--seed", "2"],
      ["a", "-s", "1", "--seed=1"],
      ["a", "--table", "--table"],
    ]
  ) {
    assertThrows(
      () => parseArguments(COMMAND, args),
      InputError,
      "must be given once, got it twice",
    );
  }
  const { options } = COMMAND;
  const several = {
    ...COMMAND,
    options: { ...options, set: { type: "string", multiple: true } },
  } as const;
  assertEquals(
    parseArguments(several, ["a", "--set", "b=1", "--set=c=2"])?.values.set,
    ["b=1", "c=2"],
  );
});
