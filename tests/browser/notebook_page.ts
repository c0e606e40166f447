/**
 * A notebook in JupyterLab, in a browser.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { Cell } from "../../lib/kernel/mod.ts";
import { waitFor } from "../programs/program_folder.ts";
import type { Browser, Page } from "./browser.ts";
import type { JupyterLab } from "./jupyter_lab.ts";

const SCRIPT = await Deno.readTextFile(
  fileURLToPath(new URL("./in_page.js", import.meta.url)),
);

/** For how long cells must be as they are: outputs follow the end of their cell. */
const REST_MS = 700;

/** A figure that is drawn below a cell. */
export interface ShownFigure {
  /** Pixels from left to right. */
  readonly width: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  /** How many colors it has: one if nothing is drawn. */
  readonly colors: number;
}

/** A notebook that is open. */
export class NotebookPage {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Opens a notebook and waits until its kernel is idle. */
  static async open(
    { browser, lab, path }: {
      readonly browser: Browser;
      readonly lab: JupyterLab;
      readonly path: string;
    },
  ): Promise<NotebookPage> {
    const page = await browser.newPage(lab.addressOf(path), SCRIPT);
    const notebook = new NotebookPage(page);
    try {
      await waitFor(
        async () => (await notebook.#ask<boolean>("isReady()")) || undefined,
        { what: `${path} is open and its kernel idle`, limitS: 120 },
      );
    } catch (error) {
      await page.close();
      throw error;
    }
    return notebook;
  }

  /** Runs all cells; returns when all have ended and nothing more comes. */
  async runAll(limitS = 300): Promise<void> {
    await this.#ask('start("notebook:run-all-cells")');
    await this.waitForRest(limitS);
  }

  /** Runs a cell; returns when it has ended and nothing more comes. */
  async runCell(index: number, limitS = 60): Promise<void> {
    await this.startCell(index);
    await this.waitForRest(limitS);
  }

  /** Starts a cell. */
  async startCell(index: number): Promise<void> {
    await this.#ask(`startCell(${index})`);
  }

  /** Waits until no cell is awaited, the kernel is idle and nothing more comes. */
  async waitForRest(limitS: number): Promise<void> {
    let last = "";
    let sinceMs = 0;
    const end = async () => {
      const cells = await this.cells();
      const prompts = await Promise.all(
        cells.map((cell, index) =>
          cell.cell_type === "code" ? this.prompt(index) : ""
        ),
      );
      const now = JSON.stringify([cells, prompts]);
      if (now !== last) [last, sinceMs] = [now, performance.now()];
      if (prompts.some((one) => one.includes("*"))) return undefined;
      if (await this.kernelStatus() !== "idle") return undefined;
      return performance.now() - sinceMs >= REST_MS || undefined;
    };
    try {
      await waitFor(end, { what: "all cells have ended", limitS });
    } catch (error) {
      const status = await this.kernelStatus();
      const dialogs = await this.dialogs();
      const state = `the kernel is ${status}; dialogs: ${
        JSON.stringify(dialogs)
      }`;
      throw new Error(`${(error as Error).message}; ${state}`);
    }
  }

  /** Waits until the text below a cell holds another. */
  async waitForText(index: number, text: string, limitS = 60): Promise<void> {
    await waitFor(
      async () => (await this.shownBelow(index)).includes(text) || undefined,
      { what: `${JSON.stringify(text)} below cell ${index}`, limitS },
    );
  }

  /** Cells as the notebook's model has them, with their outputs. */
  async cells(): Promise<Cell[]> {
    return await this.#ask("cells()");
  }

  /** Prompt before a cell: `[3]:`, `[*]:` or `[ ]:`. */
  async prompt(index: number): Promise<string> {
    return await this.#ask(`prompt(${index})`);
  }

  /** The text that a reader sees below a cell. */
  async shownBelow(index: number): Promise<string> {
    return await this.#ask(`shownBelow(${index})`);
  }

  /** Figures that a reader sees below a cell. */
  async figuresBelow(index: number): Promise<ShownFigure[]> {
    return await this.#ask(`figuresBelow(${index})`);
  }

  /** What JupyterLab says of the kernel. */
  async kernelStatus(): Promise<string> {
    return await this.#ask("kernelStatus()");
  }

  /** Texts of dialogs, such as that of a kernel that has died. */
  async dialogs(): Promise<string[]> {
    return await this.#ask("dialogs()");
  }

  /** Presses the button that interrupts the kernel. */
  async pressStop(): Promise<void> {
    const center = await this.#ask<{ x: number; y: number } | undefined>(
      "stopButton()",
    );
    if (center === undefined) throw new Error("there is no button to stop");
    await this.#page.click(center);
  }

  /** Presses Shift+Tab behind a text of a cell; returns what is shown then. */
  async helpOn(index: number, text: string, limitS = 10): Promise<string> {
    await this.#ask(`putCursor(${index}, ${JSON.stringify(text)})`);
    await this.#page.pressShiftTab();
    return await waitFor(
      async () => (await this.#ask<string>("tooltip()")) || undefined,
      { what: `help on ${text}`, limitS },
    );
  }

  /** Brings what is below a cell into view and writes what the page looks like as a PNG. */
  async screenshot(path: string, index: number): Promise<void> {
    await this.#ask(`scrollToOutputs(${index})`);
    await this.#page.screenshot(path);
  }

  /** Ends the kernel and closes the page. */
  async close(): Promise<void> {
    await this.#ask("shutDown()");
    await this.#page.close();
  }

  async #ask<T>(question: string): Promise<T> {
    return await this.#page.evaluate<T>(`labTest.${question}`);
  }
}
