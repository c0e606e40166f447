/**
 * Why a cell failed of which the kernel says nothing.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { type CellFailure, cellFailure } from "./execute.ts";

const SYNTAX =
  /^(?:SyntaxError|The module's source code could not be parsed): /;

/**
 * Asks `deno cache` what is wrong with a cell's source: a syntax error, or a module or
 * package that does not load. Deno's kernel fails such a cell without a word.
 *
 * @param folder The kernel's folder, from which imports resolve. For as long as it
 * takes, a hidden file lies there.
 */
export async function explainFailure(
  source: string,
  folder: string,
): Promise<CellFailure> {
  const path = await Deno.makeTempFile({
    dir: folder,
    prefix: ".cell-",
    suffix: ".ts",
  });
  let text: string;
  try {
    await Deno.writeTextFile(path, `${source}\n`);
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["cache", "--no-lock", path],
      cwd: folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    text = new TextDecoder().decode(stderr);
  } finally {
    await Deno.remove(path);
  }
  const lines = text
    .replaceAll(pathToFileURL(path).href, "the cell")
    .split("\n")
    .filter((line) => !line.startsWith("Download ") && line.trim() !== "");
  const start = lines.findIndex((line) => line.startsWith("error: "));
  if (start < 0) {
    return cellFailure("Error", "the kernel does not say why");
  }
  const said = lines[start].slice("error: ".length);
  const evalue = said.replace(SYNTAX, "");
  const ename = evalue === said ? "ImportError" : "SyntaxError";
  const rest = lines.slice(start + 1);
  const stack = rest.findIndex((line) => line.startsWith("Stack backtrace"));
  return {
    ename,
    evalue,
    traceback: [
      `${ename}: ${evalue}`,
      ...rest.slice(0, stack < 0 ? undefined : stack),
    ],
  };
}
