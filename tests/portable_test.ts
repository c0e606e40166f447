import { assertEquals } from "@std/assert";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "./architecture.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What works on Linux and not on Windows. */
const UNPORTABLE: readonly [RegExp, string][] = [
  [
    /\.pathname\b/,
    "takes a path from an address: fileURLToPath does so everywhere",
  ],
  [
    /addSignalListener\(\s*"SIG(TERM|HUP)"/,
    "listens to a signal that Windows does not have: see STOP_SIGNALS",
  ],
];

Deno.test("nothing in lib, bench or tests is for one system only", async () => {
  const found: string[] = [];
  for (const folder of ["lib", "bench", "tests"]) {
    for (const file of await sourceFiles(join(ROOT, folder))) {
      const path = relative(ROOT, file);
      if (path === join("tests", "portable_test.ts")) continue;
      const source = await Deno.readTextFile(file);
      for (const [pattern, what] of UNPORTABLE) {
        if (pattern.test(source)) {
          found.push(`${path} ${what}`);
        }
      }
    }
  }
  assertEquals(found, []);
});
