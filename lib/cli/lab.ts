/**
 * `deno task lab`: installs the lab's Jupyter kernel and says how to open the
 * notebooks.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomically } from "../files/write_file.ts";
import { LAB_KERNEL } from "../kernel/mod.ts";
import { parseArguments, runMain } from "./command.ts";

const HELP = `
Installs the kernel "${LAB_KERNEL.display_name}" for Jupyter and says how to open the
notebooks. It is written to JUPYTER_DATA_DIR, or to where Jupyter looks by default,
and starts this folder's library: run it again when the folder has moved.

Usage: deno task lab

Exit code: 0, or 1 if the kernel could not be installed.
`;

const STEPS = `
In JupyterLab:
  1. pip install jupyterlab, if it is not installed
  2. jupyter lab notebooks
  3. open a notebook; its kernel is "${LAB_KERNEL.display_name}"

In VS Code:
  1. install the extension "Jupyter" (ms-toolsai.jupyter)
  2. open this folder, then a file of notebooks/
  3. Select Kernel > Jupyter Kernel... > ${LAB_KERNEL.display_name}

With neither: deno task notebooks runs them all and saves their outputs.
`;

/** Where Jupyter keeps what belongs to the user (jupyter_core, "Common directories"). */
function jupyterDataFolder(): string {
  const chosen = Deno.env.get("JUPYTER_DATA_DIR");
  if (chosen) return chosen;
  if (Deno.build.os === "windows") {
    return join(Deno.env.get("APPDATA") ?? "", "jupyter");
  }
  const home = Deno.env.get("HOME") ?? "";
  if (Deno.build.os === "darwin") return join(home, "Library", "Jupyter");
  const share = Deno.env.get("XDG_DATA_HOME") || join(home, ".local", "share");
  return join(share, "jupyter");
}

/** What Jupyter starts for the kernel, in its words. */
export function labKernelspec() {
  const path = (name: string) => fileURLToPath(import.meta.resolve(name));
  return {
    argv: [
      Deno.execPath(),
      ...["run", "--allow-all", "--no-prompt", "--frozen"],
      ...["--config", path("../../deno.json")],
      path("./lab_kernel.ts"),
      "{connection_file}",
    ],
    display_name: LAB_KERNEL.display_name,
    language: LAB_KERNEL.language,
    interrupt_mode: "message",
  };
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const command = { help: HELP, options: {}, positionals: [0, 0] } as const;
  if (parseArguments(command, args) === undefined) return 0;
  const folder = join(jupyterDataFolder(), "kernels", LAB_KERNEL.name);
  try {
    await Deno.mkdir(folder, { recursive: true });
    const text = JSON.stringify(labKernelspec(), null, 2);
    await writeFileAtomically(join(folder, "kernel.json"), `${text}\n`);
  } catch (error) {
    console.error(
      `Cannot install the kernel: ${folder} must be a folder that can be written to, got ${
        (error as Error).message
      }`,
    );
    return 1;
  }
  console.log(
    `The kernel "${LAB_KERNEL.display_name}" is installed in ${folder}.`,
  );
  if (Deno.execPath().includes("_npx")) {
    console.log(
      "It starts the Deno in npx's cache; should that be emptied, run this again.",
    );
  }
  console.log(STEPS.trimEnd());
  return 0;
}

if (import.meta.main) await runMain(main);
