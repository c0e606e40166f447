/**
 * A Chromium without a window.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { ProgramFolder, waitFor } from "../programs/program_folder.ts";
import { DevTools, type DevToolsEvent } from "./devtools.ts";

const PROGRAMS = ["chromium", "chromium-headless-shell", "google-chrome"];
const WIDTH = 1400;
const HEIGHT = 1000;

/** The browser on PATH, or `undefined` if there is none. */
export async function findBrowser(): Promise<string | undefined> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", 'for p; do command -v "$p" && exit; done', "sh", ...PROGRAMS],
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim() || undefined;
}

/** A page of a browser. */
export class Page {
  readonly #tools: DevTools;
  readonly #target: string;
  readonly #session: string;

  /** Takes a page that the browser has opened. */
  constructor(tools: DevTools, target: string, session: string) {
    this.#tools = tools;
    this.#target = target;
    this.#session = session;
  }

  /** Sends a command to the page. */
  async send(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Promise<Record<string, unknown>> {
    return await this.#tools.send(method, params, this.#session);
  }

  /** Calls for every event of the page that a domain which is enabled tells. */
  listen(listener: (event: DevToolsEvent) => void): void {
    this.#tools.listen((event) => {
      if (event.sessionId === this.#session) listener(event);
    });
  }

  /** Evaluates an expression, awaits it and returns its value. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    }) as {
      result: { value: T };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails === undefined) return result.value;
    const reason = exceptionDetails.exception?.description;
    throw new Error(`${expression} failed in the page: ${reason}`);
  }

  /** Clicks with the left button. */
  async click({ x, y }: { readonly x: number; readonly y: number }) {
    for (const type of ["mouseMoved", "mousePressed", "mouseReleased"]) {
      const button = type === "mouseMoved" ? "none" : "left";
      const params = { type, x, y, button, clickCount: 1 };
      await this.send("Input.dispatchMouseEvent", params);
    }
  }

  /** Presses Shift+Tab. */
  async pressShiftTab(): Promise<void> {
    const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
    for (const type of ["rawKeyDown", "keyUp"]) {
      await this.send("Input.dispatchKeyEvent", { type, modifiers: 8, ...key });
    }
  }

  /** Writes what the page looks like as a PNG. */
  async screenshot(path: string): Promise<void> {
    const { data } = await this.send("Page.captureScreenshot");
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, Uint8Array.fromBase64(data as string));
  }

  /** Closes the page without asking it. */
  async close(): Promise<void> {
    await this.#tools.send("Target.closeTarget", { targetId: this.#target });
  }
}

/** A browser with a profile of its own. */
export class Browser {
  readonly #folder: ProgramFolder;
  readonly #tools: DevTools;

  private constructor(folder: ProgramFolder, tools: DevTools) {
    this.#folder = folder;
    this.#tools = tools;
  }

  /** Starts a program as a browser. */
  static async open(program: string): Promise<Browser> {
    const folder = await ProgramFolder.open("browser");
    const profile = join(folder.path, "profile");
    try {
      const root = Deno.uid() === 0 ? ["--no-sandbox"] : [];
      folder.start("browser", [
        ...[program, "--headless=new", ...root, "--disable-gpu"],
        ...["--remote-debugging-port=0", `--user-data-dir=${profile}`],
        ...["--no-first-run", "--disable-dev-shm-usage", "--disable-sync"],
        ...["--disable-background-networking", "--disable-component-update"],
        ...["--disable-background-timer-throttling"],
        ...["--disable-renderer-backgrounding"],
        ...[`--window-size=${WIDTH},${HEIGHT}`, "about:blank"],
      ]).unref();
      const file = join(profile, "DevToolsActivePort");
      const address = await waitFor(async () => {
        const text = await Deno.readTextFile(file).catch(() => "");
        const [port, path] = text.split("\n");
        return path ? `ws://127.0.0.1:${port}${path}` : undefined;
      }, { what: `${program} listens` });
      return new Browser(folder, await DevTools.connect(address));
    } catch (error) {
      const log = await folder.logOf("browser").catch(() => "");
      await folder.close();
      throw new Error(`Cannot start ${program}:\n${log}`, { cause: error });
    }
  }

  /** Opens a page, with a script that every document of it runs first. */
  async newPage(address: string, script: string): Promise<Page> {
    const { targetId } = await this.#tools.send("Target.createTarget", {
      url: "about:blank",
    });
    const { sessionId } = await this.#tools.send("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    const page = new Page(
      this.#tools,
      targetId as string,
      sessionId as string,
    );
    await page.send("Page.enable");
    await page.send("Emulation.setDeviceMetricsOverride", {
      width: WIDTH,
      height: HEIGHT,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await page.send("Page.addScriptToEvaluateOnNewDocument", {
      source: script,
    });
    await page.send("Page.navigate", { url: address });
    return page;
  }

  /** Ends the browser and removes its profile. */
  async close(): Promise<void> {
    this.#tools.close();
    await this.#folder.close();
  }
}
