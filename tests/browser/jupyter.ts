/**
 * Jupyter in a folder of its own: a copy of the checkout, one kernel, and nothing
 * of the user's settings.
 *
 * @module
 */

import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Cell,
  formatNotebook,
  listNotebooks,
  parseNotebook,
} from "../../lib/kernel/mod.ts";
import { sampleNotebook } from "../kernel/samples.ts";
import { type Ended, ProgramFolder } from "../programs/program_folder.ts";
import type { TestedKernel } from "./kernels.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What notebooks need of a checkout. */
const COPIED = [
  ...["deno.json", "deno.lock", "package.json", "lib", "data"],
  "tests/std_assert",
];

/** Settings of JupyterLab that differ from its own. */
const SETTINGS: Readonly<Record<string, object>> = {
  // All cells are in the page, also those that are not in view.
  "notebook-extension/tracker": { windowingMode: "none" },
  "apputils-extension/notification": {
    fetchNews: "false",
    checkForUpdates: false,
  },
  "docmanager-extension/plugin": { autosave: false },
};

/** A folder in which Jupyter's programs run with one kernel. */
export class Jupyter {
  readonly #folder: ProgramFolder;
  readonly #python: string;
  /** The kernel of all notebooks. */
  readonly kernel: TestedKernel;
  #written = 0;

  private constructor(
    folder: ProgramFolder,
    python: string,
    kernel: TestedKernel,
  ) {
    this.#folder = folder;
    this.#python = python;
    this.kernel = kernel;
  }

  /** Copies the checkout and installs the kernel. */
  static async open(
    { python, kernel }: {
      readonly python: string;
      readonly kernel: TestedKernel;
    },
  ): Promise<Jupyter> {
    const folder = await ProgramFolder.open("jupyter");
    const jupyter = new Jupyter(folder, python, kernel);
    try {
      await jupyter.#copyCheckout();
      await jupyter.#configure();
    } catch (error) {
      await folder.close();
      throw error;
    }
    return jupyter;
  }

  /** The copy of the checkout. */
  get checkout(): string {
    return join(this.#folder.path, "checkout");
  }

  /** The folder of Jupyter's connection files and server descriptions. */
  get runtime(): string {
    return join(this.#folder.path, "runtime");
  }

  /** The notebooks of the checkout, as paths in it. */
  async notebooks(): Promise<string[]> {
    const paths = await listNotebooks(join(ROOT, "notebooks"));
    return paths.map((path) => `notebooks/${basename(path)}`);
  }

  /** Makes a notebook of code cells; returns its path in the checkout. */
  async write(
    name: string,
    cells: readonly (string | Partial<Cell>)[],
  ): Promise<string> {
    // A kernel belongs to a path.
    const path = `notebooks/${name}_${++this.#written}.ipynb`;
    await this.#writeNotebook(path, formatNotebook(sampleNotebook(cells)));
    return path;
  }

  /** Runs a module of Python in the notebooks' folder. */
  async run(...args: string[]): Promise<Ended> {
    return await this.#folder.run([this.#python, "-m", ...args], {
      cwd: join(this.checkout, "notebooks"),
      env: this.#environment(),
    });
  }

  /** Starts a module of Python, which prints into a log. */
  start(name: string, ...args: string[]): Deno.ChildProcess {
    return this.#folder.start(name, [this.#python, "-m", ...args], {
      cwd: this.checkout,
      env: this.#environment(),
    });
  }

  /** The last of what a program printed. */
  async logOf(name: string): Promise<string> {
    return await this.#folder.logOf(name);
  }

  /** Ends servers, executors and kernels, and removes the folder. */
  async close(): Promise<void> {
    await this.#folder.close();
  }

  #environment(): Record<string, string> {
    const { path } = this.#folder;
    return {
      JUPYTER_DATA_DIR: join(path, "data"),
      JUPYTER_CONFIG_DIR: join(path, "config"),
      JUPYTER_RUNTIME_DIR: this.runtime,
      IPYTHONDIR: join(path, "ipython"),
    };
  }

  async #copyCheckout(): Promise<void> {
    for (const name of ["tests", "notebooks"]) {
      await Deno.mkdir(join(this.checkout, name), { recursive: true });
    }
    for (const name of COPIED) {
      const { success, stderr } = await this.#folder.run(
        ["cp", "-r", join(ROOT, name), join(this.checkout, name)],
      );
      if (!success) throw new Error(stderr);
    }
    for (const path of await this.notebooks()) {
      await this.#writeNotebook(
        path,
        await Deno.readTextFile(join(ROOT, path)),
      );
    }
  }

  /** Writes a notebook for the kernel, without outputs. */
  async #writeNotebook(path: string, text: string): Promise<void> {
    const { name, spec } = this.kernel;
    const notebook = parseNotebook(text, `copy ${path}`);
    for (const cell of notebook.cells) {
      if (cell.cell_type !== "code") continue;
      cell.outputs = [];
      cell.execution_count = null;
    }
    notebook.metadata.kernelspec = {
      name,
      display_name: spec.display_name,
      language: spec.language,
    };
    await Deno.writeTextFile(
      join(this.checkout, path),
      formatNotebook(notebook),
    );
  }

  async #configure(): Promise<void> {
    const { JUPYTER_DATA_DIR, JUPYTER_CONFIG_DIR } = this.#environment();
    const { name, spec } = this.kernel;
    const path = join(JUPYTER_DATA_DIR, "kernels", name, "kernel.json");
    await writeJson(path, spec);
    for (const [plugin, settings] of Object.entries(SETTINGS)) {
      const file =
        `lab/user-settings/@jupyterlab/${plugin}.jupyterlab-settings`;
      await writeJson(join(JUPYTER_CONFIG_DIR, file), settings);
    }
  }
}

async function writeJson(path: string, value: object): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, JSON.stringify(value));
}
