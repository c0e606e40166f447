import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { frameOf, frameRows, readFrame } from "../../lib/notebook/frame.ts";
import { withFile } from "../cli/capture.ts";

Deno.test("a frame has the rows of its file, numbers to the same bits", async () => {
  const text = "\ufeffseries,seed,value,note\n" +
    '"a,1",0,0.30000000000000004,\nb,1,-1e-300,"x ""y"""\n';
  await withFile(text, async (path) => {
    assertEquals(await frameRows(await readFrame(path)), [
      { series: "a,1", seed: 0, value: 0.30000000000000004, note: "" },
      { series: "b", seed: 1, value: -1e-300, note: 'x "y"' },
    ]);
  });
});

Deno.test("rows become a frame and come back alike", async () => {
  const rows = [
    { series: "TD3", trainingReturn: null, users: 5 },
    { series: "DDPG", trainingReturn: -0.1 - 0.2, users: 10 },
  ];
  assertEquals(await frameRows(await frameOf(rows)), rows);
});

Deno.test("a damaged file makes no frame", async () => {
  const cases: [string, string][] = [
    ["a,b\n1,-8,30\n", "row 2 must have as many cells as the head, 2, got 3"],
    ["a,b\n1,2\n3", "row 3 must end with a line feed"],
    ["a,a\n1,2\n", 'row 1 must have every column once, got "a" twice'],
    ["a\n1\nNaN\n", 'row 3, column a must be a finite number, got "NaN"'],
    ["", "must be a table with a head, got an empty file"],
  ];
  for (const [text, message] of cases) {
    await withFile(text, async (path) => {
      await assertRejects(
        () => readFrame(path),
        InputError,
        `Cannot read the frame: ${path} ${message}`,
      );
    });
  }
});
