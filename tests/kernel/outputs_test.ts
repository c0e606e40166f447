import { assertEquals } from "@std/assert";
import { OutputRecorder } from "../../lib/kernel/outputs.ts";
import { shorten } from "./samples.ts";

const stream = (name: string, text: string) => ({ name, text });

function shown(text: string, displayId?: string) {
  return {
    data: { "text/plain": text },
    metadata: {},
    transient: displayId === undefined ? {} : { display_id: displayId },
  };
}

Deno.test("text of one stream runs together until something else follows", () => {
  const cell = new OutputRecorder().openCell();
  cell.handle("stream", stream("stdout", "a"));
  cell.handle("stream", stream("stdout", "b\n"));
  cell.handle("stream", stream("stderr", "c"));
  cell.handle("stream", stream("stdout", "d"));
  cell.handle("display_data", shown("e"));
  cell.handle("stream", stream("stdout", "f"));
  assertEquals(cell.outputs.map(shorten), [
    "stdout: ab\n",
    "stderr: c",
    "stdout: d",
    "display_data: e",
    "stdout: f",
  ]);
});

Deno.test("an update changes every display of its identifier, also in earlier cells", () => {
  const recorder = new OutputRecorder();
  const first = recorder.openCell();
  const second = recorder.openCell();
  first.handle("display_data", shown("old", "x"));
  first.handle("display_data", shown("other", "y"));
  second.handle("display_data", shown("old again", "x"));
  second.handle("update_display_data", shown("new", "x"));
  second.handle("update_display_data", shown("nowhere", "z"));
  assertEquals(first.outputs.map(shorten), [
    "display_data: new",
    "display_data: other",
  ]);
  assertEquals(second.outputs.map(shorten), ["display_data: new"]);
});

Deno.test("clear_output empties the cell, and its displays are updated no more", () => {
  const cell = new OutputRecorder().openCell();
  cell.handle("display_data", shown("old", "x"));
  cell.handle("clear_output", { wait: false });
  assertEquals(cell.outputs, []);
  cell.handle("update_display_data", shown("new", "x"));
  assertEquals(cell.outputs, []);
});

Deno.test("clear_output with wait empties the cell as soon as something arrives", () => {
  const cell = new OutputRecorder().openCell();
  cell.handle("stream", stream("stdout", "old"));
  cell.handle("clear_output", { wait: true });
  assertEquals(cell.outputs.map(shorten), ["stdout: old"]);
  cell.handle("stream", stream("stdout", "new"));
  cell.handle("stream", stream("stdout", "er"));
  assertEquals(cell.outputs.map(shorten), ["stdout: newer"]);
});

Deno.test("results keep their count, errors their traceback, the rest is passed over", () => {
  const cell = new OutputRecorder().openCell();
  cell.handle("status", { execution_state: "busy" });
  cell.handle("execute_input", { code: "1", execution_count: 3 });
  cell.handle("execute_result", { ...shown("1"), execution_count: 3 });
  cell.handle("error", { ename: "E", evalue: "v", traceback: ["E: v"] });
  assertEquals(cell.outputs, [
    {
      output_type: "execute_result",
      execution_count: 3,
      data: { "text/plain": "1" },
      metadata: {},
    },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["E: v"] },
  ]);
  assertEquals(cell.error?.evalue, "v");
});
