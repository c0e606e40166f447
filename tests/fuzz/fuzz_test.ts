import { assert, assertEquals } from "@std/assert";
import { runFuzz } from "./run_fuzz.ts";
import { TARGETS } from "./targets.ts";

Deno.test("damaged inputs are refused in a line or taken with sound results", async () => {
  const { counts, findings } = await runFuzz(TARGETS, { seed: 0, count: 2000 });
  assertEquals(
    findings.map(({ target, index, fault }) => `${target} ${index}: ${fault}`),
    [],
  );
  for (const { name } of TARGETS) assert(counts[name] > 10, name);
});

Deno.test("fuzzing finds an error that nothing catches, null and a late answer", async () => {
  const faults: (() => Promise<string | undefined>)[] = [
    () => Promise.reject(new TypeError("broken")),
    () => Promise.resolve("null for a number"),
  ];
  for (const run of faults) {
    const { findings } = await runFuzz(TARGETS, { seed: 0, count: 3, run });
    assertEquals(findings.length, 3);
    assert(/broken|null/.test(findings[0].fault), findings[0].fault);
  }
});
