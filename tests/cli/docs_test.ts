import { assert, assertEquals, assertRejects } from "@std/assert";
import { generate } from "../../lib/cli/docs.ts";
import { LEDGER } from "../../lib/scenario/assumptions.ts";
import { PARAMETERS } from "../../lib/scenario/parameters.ts";

const ledgerPage = await Deno.readTextFile("docs/ledger.md");
const equationsPage = await Deno.readTextFile("docs/equations.md");

Deno.test("a generated part is replaced, and the rest of a text kept", async () => {
  const text = "before\n<!-- generated: errata -->\nold\n<!-- end -->\nafter\n";
  const fresh = await generate(text);
  assert(fresh.startsWith("before\n<!-- generated: errata -->\n\n| place |"));
  assert(fresh.endsWith("|\n\n<!-- end -->\nafter\n"));
  assertEquals(fresh.includes("old"), false);
  assertEquals(await generate(fresh), fresh);
});

Deno.test("an unknown part is refused", async () => {
  await assertRejects(
    () => generate("<!-- generated: nothing -->\n<!-- end -->"),
    Error,
    "got nothing",
  );
});

Deno.test("the pages list every ledger entry and every parameter", () => {
  for (const key of Object.keys(LEDGER)) {
    assert(ledgerPage.includes(`| \`${key}\` |`), key);
  }
  for (const key of Object.keys(PARAMETERS)) {
    assert(equationsPage.includes(`| \`${key}\` |`), key);
  }
});

/** Numbers of the equations that a text cites: "Eq. 4", "Eqs. 10 and 11". */
function citedEquations(text: string): Set<string> {
  const lists = text.matchAll(/Eqs?\. (\d+(?:(?:, | and |, and )\d+)*)/g);
  return new Set([...lists].flatMap(([, list]) => list.match(/\d+/g) ?? []));
}

/** Rows of the table of equations: number, file, function, test. */
const equations = [
  ...equationsPage.matchAll(
    /^\| (\d+) +\|[^|]+\| `([^`]+)` +\| `([^`]+)` +\| `([^`]+)` +\|$/gm,
  ),
].map(([, number, file, name, test]) => ({ number, file, name, test }));

Deno.test("the table of equations holds 1 to 27, each once", () => {
  assertEquals(
    equations.map(({ number }) => Number(number)),
    Array.from({ length: 27 }, (_, k) => k + 1),
  );
});

for (const { number, file, name, test } of equations) {
  Deno.test(`Eq. ${number} is ${name}, which cites it and is tested where the table says`, async () => {
    const source = await Deno.readTextFile(file);
    const at = source.search(
      new RegExp(`(export function ${name}|^  ${name})\\(`, "m"),
    );
    assert(at >= 0, `${file} has no ${name}`);
    const docs = source.slice(source.lastIndexOf("/**", at), at);
    assert(
      citedEquations(docs).has(number),
      `${name} in ${file} does not cite Eq. ${number}`,
    );
    const tests = await Deno.readTextFile(test);
    // Eqs. 22 to 27 are tested together, as whole updates.
    assert(Number(number) > 21 || tests.includes(`${name}(`), test);
  });
}
