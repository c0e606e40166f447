import { assertEquals, assertThrows } from "@std/assert";
import { parseSlurmOptions } from "../../../lib/studies/slurm/options.ts";
import { InputError } from "../../../lib/input/input_error.ts";

Deno.test("options of sbatch are read with and without value, the last wins", () => {
  assertEquals(
    parseSlurmOptions([
      "partition=a",
      "--account=x=y z",
      "exclusive",
      "partition=b",
    ]),
    { partition: "b", account: "x=y z", exclusive: "" },
  );
});

Deno.test("options that are none, or that the sweep sets, are refused", () => {
  const refused: readonly [text: string, message: string][] = [
    [
      "",
      'must be KEY=VALUE with a long option of sbatch, such as partition=short, got ""',
    ],
    ["p=short", 'got "p=short"'],
    ["partition=", 'got "partition="'],
    ["Partition=short", 'got "Partition=short"'],
    ["comment=a\n#SBATCH --nice", 'got "comment=a\\n#SBATCH --nice"'],
    ["array=0-3", "must not be array (the number of trials says it"],
    ["output=x", "must not be output"],
  ];
  for (const [text, message] of refused) {
    assertThrows(() => parseSlurmOptions([text]), InputError, message);
  }
});
