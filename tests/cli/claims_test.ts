import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../lib/cli/claims.ts";
import { budget, claims, readings } from "../../lib/cli/docs_claims.ts";
import { main as figures } from "../../lib/cli/figures.ts";
import {
  CLAIMS,
  judgeClaims,
  readFigureRows,
  READINGS,
} from "../../lib/claims/mod.ts";
import { PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { readTree, withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

/** Gives a folder with the repository's tables. */
async function withTables(use: (data: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (data) => {
    for await (const { name } of Deno.readDir("data")) {
      if (!name.endsWith(".csv")) continue;
      await Deno.copyFile(`data/${name}`, `${data}/${name}`);
    }
    await use(data);
  });
}

Deno.test("claims are not judged before the figures' tables are there", async () => {
  await withTemporaryFolder(async (data) => {
    await assertRejects(
      () => main(["--profile", "quick"], { data }),
      InputError,
      `${data}/quick must hold the figures' tables (deno task reproduce --profile quick writes them), got none`,
    );
    assertEquals(await readTree(data), {});
  });
  const { code, stdout } = await captureMain(main, ["--help"]);
  assertEquals(code, 0);
  assert(stdout.includes("Usage: deno task claims"));
});

Deno.test("the documentation has a row per claim with the verdict that the data give", async () => {
  const judgements = judgeClaims(await readFigureRows("data", "paper"));
  const lines = (await claims("data")).split("\n");
  for (const { claim, verdict } of judgements) {
    assert(
      lines.some((line) =>
        line.startsWith(`| ${claim.text} |`) && line.includes(verdict)
      ),
      claim.key,
    );
  }
  assertEquals(judgements.length, CLAIMS.length);
});

Deno.test("the documentation's matrix has every claim in each grid, and its needs", async () => {
  await withTables(async (data) => {
    const text = await readings(data);
    for (const { text: claim } of CLAIMS) {
      assertEquals(text.split(`| ${claim} |`).length - 1, 2, claim);
    }
    for (const { label } of READINGS) assert(text.includes(label), label);
    assert(
      text.includes("✓ reproduced, ✗ contradicted, ? undetermined, – not run"),
    );
    assert(text.includes(" by default, and reproduced "));
  });
});

Deno.test("before the readings are run the documentation says so", async () => {
  await withTemporaryFolder(async (data) => {
    assert((await readings(data)).startsWith("Not run yet: `deno task claims"));
  });
});

Deno.test("the documentation's budgets are those of Table 3's users", async () => {
  const lines = (await budget("data")).split("\n");
  const { numUsers } = PAPER_SCENARIO.parameters;
  assertEquals(lines.length, 2 + 8);
  for (const line of lines.slice(2)) {
    assertEquals(line.split(" | ")[1], `${numUsers}`);
  }
});

Deno.test("the matrix is redrawn from the tables alone", async () => {
  await withTables(async (data) => {
    const drawings = `${data}/figures`;
    const { code, stdout } = await captureMain(
      (args) => figures(args, { data, figures: drawings }),
      ["claims_matrix", "--accept-stale"],
    );
    assertEquals(code, 0);
    assertEquals(stdout, `${drawings}/claims_matrix.png, .svg and .vl.json\n`);
    assertEquals(Object.keys(await readTree(drawings)).length, 3);
  });
});

Deno.test("figures without a matrix are asked for by the command that makes its table", async () => {
  await withTemporaryFolder(async (data) => {
    await assertRejects(
      () => figures(["claims_matrix"], { data, figures: data }),
      InputError,
      "(deno task claims --profile paper writes them)",
    );
  });
});
