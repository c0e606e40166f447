import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { METHODS, requireMethod } from "../../lib/methods/mod.ts";
import {
  choice,
  type LedgerEntry,
  quantity,
  sizes,
} from "../../lib/input/ledger_entry.ts";

const TEXT = { paper: "Not given.", reason: "Customary.", matters: "low" };

const NUMBER = quantity({ ...TEXT, unit: "1", default: 0.5, maximum: 1 });
const CHOICE = choice({
  ...TEXT,
  default: "near",
  options: { near: "the nearest", far: "the farthest" },
});
const SIZES = sizes({ ...TEXT, default: [8, 8] });

function methodWith(hyperparameters: unknown) {
  return { name: "own", label: "own", create: () => ({}), hyperparameters };
}

Deno.test("every method of the project, and entries of every kind, are accepted", () => {
  for (const method of METHODS) {
    assertEquals(requireMethod(method, "play"), method);
  }
  const sound = methodWith({
    decay: NUMBER,
    server: CHOICE,
    hiddenSizes: SIZES,
    scale: { ...NUMBER, maximum: Infinity },
  });
  assertEquals(requireMethod(sound, "play"), sound as never);
});

Deno.test("hyperparameters that are no entries of the ledger are refused, each by what is wrong", () => {
  const without = (entry: LedgerEntry, key: string) =>
    Object.fromEntries(Object.entries(entry).filter(([one]) => one !== key));
  const cases: [unknown, string][] = [
    [[], "must be an object of ledger entries, got an empty array"],
    [{ "two words": NUMBER }, '["two words"] must have a name of letters'],
    [{ decay: 0.5 }, ".decay must be a ledger entry, such as quantity"],
    [{ decay: null }, ".decay must be a ledger entry, such as quantity"],
    [
      { decay: without(NUMBER, "kind") },
      '.decay.kind must be one of "choice", "number", "sizes", got nothing',
    ],
    [
      { decay: { ...NUMBER, kind: "numbr" } },
      '.decay.kind must be one of "choice", "number", "sizes", got "numbr"',
    ],
    [
      { decay: { ...NUMBER, minimun: 0 } },
      ".decay.minimun must be a known key (nearest: minimum), got 0",
    ],
    [
      { decay: NUMBER, other: { ...CHOICE, option: {} } },
      ".other.option must be a known key (nearest: options), got {}",
    ],
    [
      { decay: { ...NUMBER, default: 2 } },
      ".decay.default must be a finite number from 0 to 1, got 2",
    ],
    [
      { decay: { ...NUMBER, default: "0.5" } },
      '.decay.default must be a finite number, got "0.5"',
    ],
    [
      { decay: { ...NUMBER, integer: true } },
      ".decay.default must be a whole number from 0 to 1, got 0.5",
    ],
    [
      { decay: { ...NUMBER, minimum: 2 } },
      ".decay.default must be a finite number from 2 to 1, got 0.5",
    ],
    [
      { decay: { ...NUMBER, maximum: NaN } },
      ".decay.maximum must be a finite number or Infinity, got NaN",
    ],
    [
      { decay: without(NUMBER, "integer") },
      ".decay.integer must be true or false, got nothing",
    ],
    [
      { decay: without(NUMBER, "paper") },
      ".decay.paper must be a text, got nothing",
    ],
    [
      { decay: { ...NUMBER, alternatives: { "1": 1 } } },
      ".decay.alternatives.1 must be a text, got 1",
    ],
    [
      { server: { ...CHOICE, default: "nearest" } },
      '.server.default must be one of "near", "far", got "nearest"',
    ],
    [
      { server: { ...CHOICE, options: {} } },
      ".server.options must be an object of at least 1 text, got {}",
    ],
    [
      { hiddenSizes: { ...SIZES, default: [] } },
      ".hiddenSizes.default must be an array of at least 1 whole number",
    ],
    [
      { hiddenSizes: { ...SIZES, default: [8, 0.5] } },
      ".hiddenSizes.default[1] must be a whole number from 1 to 1000000, got 0.5",
    ],
  ];
  for (const [hyperparameters, message] of cases) {
    assertThrows(
      () => requireMethod(methodWith(hyperparameters), "play"),
      InputError,
      `Cannot play: method.hyperparameters${
        message.startsWith("must") ? " " : ""
      }${message}`,
    );
  }
});
