import { assertEquals } from "@std/assert";
import {
  csvTable,
  latexTable,
  latexText,
  markdownTable,
} from "../../lib/reports/mod.ts";

Deno.test("a Markdown table escapes bars", () => {
  assertEquals(
    markdownTable([["x"], ["a|b"]]),
    "| x |\n| --- |\n| a\\|b |",
  );
});

const TABLE = [
  ["method", "seeds", "G", "P(better)"],
  ["TD3 tau=0.01", "3", "-7.10 (-7.50 to -6.70)", "–"],
  ['a, "b" & c_d', "3", "5.00 (4.00 to 6.00)", "0.900"],
];

/** All numbers of a text, in order. */
function numbersIn(text: string): string[] {
  return text.replaceAll("$-$", "-").match(/-?\d+\.\d+/g) ?? [];
}

Deno.test("Markdown, LaTeX and CSV have the same digits", () => {
  const expected = numbersIn(markdownTable(TABLE));
  assertEquals(expected.length, 8);
  assertEquals(numbersIn(latexTable(TABLE)), expected);
  assertEquals(numbersIn(csvTable(TABLE)), expected);
});

Deno.test("an interval has three columns in CSV, and what is missing is empty", () => {
  assertEquals(csvTable(TABLE).split("\n"), [
    "method,seeds,G,G lower,G upper,P(better)",
    "TD3 tau=0.01,3,-7.10,-7.50,-6.70,",
    '"a, ""b"" & c_d",3,5.00,4.00,6.00,0.900',
  ]);
});

Deno.test("LaTeX sets numbers to the right, and every character that it would take otherwise", () => {
  const [begin, , , , td3] = latexTable(TABLE).split("\n");
  assertEquals(begin, "\\begin{tabular}{lrrr}");
  assertEquals(
    td3,
    "TD3 tau=0.01 & 3 & $-$7.10 {\\scriptsize ($-$7.50 to $-$6.70)} & -- \\\\",
  );
  assertEquals(
    latexText("50 % of $x_1 & {~^}\\ – #2 < 3"),
    "50 \\% of \\$x\\_1 \\& \\{\\textasciitilde{}\\textasciicircum{}\\}\\textbackslash{} -- \\#2 $<$ 3",
  );
});
