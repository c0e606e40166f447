import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import {
  CHECKOUT,
  configFlags,
  isLabPackage,
  ownConfig,
} from "../../lib/trials/checkout.ts";
import { withTemporaryFolder } from "./fixtures.ts";

Deno.test("the lab is a package by its name, with or without registry, version and subpath", () => {
  for (
    const specifier of [
      "@edgeaigc/lab",
      "@edgeaigc/lab/env",
      "@edgeaigc/lab@^0.2/env",
      "jsr:@edgeaigc/lab@0.2.0",
      "jsr:/@edgeaigc/lab/nn",
    ]
  ) assert(isLabPackage(specifier), specifier);
  for (const specifier of ["@edgeaigc/labs", "npm:@edgeaigc/lab", "zod"]) {
    assert(!isLabPackage(specifier), specifier);
  }
});

Deno.test("a folder's own config is the nearest above it, if that links packages", async () => {
  await withTemporaryFolder(async (folder) => {
    const inner = join(folder, "a/b");
    await Deno.mkdir(inner, { recursive: true });
    const config = join(folder, "deno.json");
    await Deno.writeTextFile(config, '{ "links": ["../lab"] }');
    assertEquals(ownConfig(inner), config);
    assertEquals(configFlags(inner), ["--quiet", `--config=${config}`]);
    await Deno.writeTextFile(join(folder, "a/deno.json"), "{}");
    assertEquals(ownConfig(inner), undefined);
    assertEquals(configFlags(inner), []);
  });
});

Deno.test("the checkout needs no other config than its own", () => {
  assertEquals(configFlags(CHECKOUT), []);
  assertEquals(configFlags(join(CHECKOUT, "lib/env")), []);
});
