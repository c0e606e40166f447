import { assertEquals } from "@std/assert";
import { leaveOutSettings } from "../../bench/openblas_settings.ts";

Deno.test("what OpenBLAS is told is taken out of the environment, and nothing else", () => {
  const environment = new Map([
    ["OPENBLAS_CORETYPE", "Haswell"],
    ["OPENBLAS_NUM_THREADS", "1"],
  ]);
  assertEquals(leaveOutSettings(environment), ["OPENBLAS_CORETYPE=Haswell"]);
  assertEquals([...environment.keys()], ["OPENBLAS_NUM_THREADS"]);
  assertEquals(leaveOutSettings(environment), []);
});
