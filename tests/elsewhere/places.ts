/**
 * The findings as a bundle, and where else it runs: Node and a browser.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Browser } from "../browser/browser.ts";
import { type ProgramFolder, waitFor } from "../programs/program_folder.ts";
import type { Findings } from "./findings.ts";

/** The oldest Node whose WebAssembly has what the kernels need. */
const NODE = "node@22.0.0";

/** Bundles the findings as docs/elsewhere.md does; returns the file. */
export async function bundleFindings(folder: ProgramFolder): Promise<string> {
  const file = join(folder.path, "findings.mjs");
  const { success, stderr } = await folder.run([
    ...[Deno.execPath(), "bundle", "--platform", "browser", "--minify"],
    ...["--external", "*/tfjs_engine.ts", "--output", file, "findings.ts"],
  ], { cwd: fileURLToPath(new URL(".", import.meta.url)) });
  if (!success) throw new Error(`Cannot bundle the findings: ${stderr}`);
  return file;
}

/** Runs a module in Node. */
async function runInNode(folder: ProgramFolder, source: string) {
  return await folder.run([
    ...["npx", "-y", NODE, "--input-type=module", "--eval", source],
  ]);
}

/** Why there is no Node, or `undefined` if there is one. */
export async function whyNoNode(
  folder: ProgramFolder,
): Promise<string | undefined> {
  try {
    const { success, stderr } = await runInNode(folder, "");
    return success ? undefined : `no ${NODE} (${stderr.trim()})`;
  } catch (error) {
    return `no ${NODE} (${(error as Error).message})`;
  }
}

/** What a bundle finds in Node. */
export async function findInNode(
  folder: ProgramFolder,
  file: string,
): Promise<Findings> {
  const { success, stdout, stderr } = await runInNode(
    folder,
    `import { findHere } from ${JSON.stringify(pathToFileURL(file).href)};
    console.log(JSON.stringify(await findHere()));`,
  );
  if (!success) throw new Error(`the bundle failed in Node: ${stderr}`);
  return JSON.parse(stdout);
}

/** What a bundle finds in a page. */
export async function findInBrowser(
  program: string,
  file: string,
): Promise<Findings> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async ({ url }) =>
      url.endsWith(".mjs")
        ? new Response(await Deno.readTextFile(file), {
          headers: { "content-type": "text/javascript" },
        })
        : new Response("", { headers: { "content-type": "text/html" } }),
  );
  const address = `http://127.0.0.1:${server.addr.port}/`;
  const browser = await Browser.open(program);
  try {
    const page = await browser.newPage(address, "");
    await waitFor(
      async () => await page.evaluate("location.href") === address || undefined,
      { what: "the page opens" },
    );
    return await page.evaluate(
      'import("/findings.mjs").then(({ findHere }) => findHere())',
    );
  } finally {
    await browser.close();
    await server.shutdown();
  }
}
