/**
 * The site, built and opened from disk, and what its pages do that they should not.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "../browser/browser.ts";
import type { DevToolsEvent } from "../browser/devtools.ts";
import { type ProgramFolder, waitFor } from "../programs/program_folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Pages of the site. */
export const PAGES = ["index", "figures", "claims", "playground"] as const;

/** Name of a page. */
export type PageName = typeof PAGES[number];

/** How a page is looked at. */
export interface Look {
  /** Width in CSS pixels. */
  readonly width?: number;
  /** The system's colors. */
  readonly scheme?: "light" | "dark";
  /** Whether the system asks for little motion. */
  readonly reducedMotion?: boolean;
}

/** A page of the site that is open. */
export interface SitePage {
  /** The page. */
  readonly page: Page;
  /** Errors and warnings so far. */
  readonly complaints: string[];
  /** Addresses that it has asked for so far, itself included. */
  readonly requests: string[];
}

/** Builds the site as a user would; returns its folder. */
export async function buildSite(folder: ProgramFolder): Promise<string> {
  const site = join(folder.path, "site");
  const { success, stderr } = await folder.run([
    ...[Deno.execPath(), "task", "site", "--output", site],
  ], { cwd: ROOT, env: { INIT_CWD: ROOT } });
  if (!success) throw new Error(`Cannot build the site: ${stderr}`);
  return site;
}

/** What an event complains of, if it does. */
function complaintOf({ method, params }: DevToolsEvent): string | undefined {
  if (method === "Runtime.exceptionThrown") return JSON.stringify(params);
  if (method === "Log.entryAdded") {
    return JSON.stringify(params.entry);
  }
  if (method !== "Runtime.consoleAPICalled") return undefined;
  return ["error", "warning", "assert"].includes(params.type as string)
    ? JSON.stringify(params.args)
    : undefined;
}

/** What shows that a page has drawn what it has to show. */
const READY: Readonly<Record<PageName, string>> = {
  index: "document.querySelectorAll('[data-drawn]').length === 1",
  figures: "document.querySelectorAll('[data-drawn]').length === 4",
  claims: "document.querySelectorAll('.claim').length === 10",
  playground: "document.querySelectorAll('.user-row').length === 10",
};

/** Opens a page from disk and waits until it is drawn. */
export async function openPage(
  browser: Browser,
  site: string,
  name: PageName,
  { width = 1280, scheme = "light", reducedMotion = false }: Look = {},
): Promise<SitePage> {
  const page = await browser.newPage("about:blank", "");
  const complaints: string[] = [];
  const requests: string[] = [];
  page.listen((event) => {
    const complaint = complaintOf(event);
    if (complaint !== undefined) complaints.push(complaint);
    if (event.method === "Network.requestWillBeSent") {
      requests.push((event.params.request as { url: string }).url);
    }
  });
  for (const domain of ["Runtime", "Log", "Network"]) {
    await page.send(`${domain}.enable`);
  }
  await page.send("Emulation.setDeviceMetricsOverride", {
    width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: width < 500,
  });
  await page.send("Emulation.setEmulatedMedia", {
    features: [
      { name: "prefers-color-scheme", value: scheme },
      {
        name: "prefers-reduced-motion",
        value: reducedMotion ? "reduce" : "no-preference",
      },
    ],
  });
  const url = pathToFileURL(join(site, `${name}.html`)).href;
  await page.send("Page.navigate", { url });
  await waitFor(
    async () => await page.evaluate<boolean>(READY[name]) || undefined,
    { what: `${name}.html is drawn: ${complaints}`, limitS: 30 },
  );
  return { page, complaints, requests };
}

/** The keys that the tests press, and how Chromium knows them. */
const KEYS: Readonly<Record<string, number>> = {
  Tab: 9,
  Enter: 13,
  " ": 32,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
};

/** Presses a key, and lets the page draw. */
export async function press(page: Page, key: string): Promise<void> {
  const code = key === " " ? "Space" : key;
  const text = key === "Enter" ? "\r" : key === " " ? " " : undefined;
  const about = { key, code, windowsVirtualKeyCode: KEYS[key] };
  await page.send("Input.dispatchKeyEvent", {
    type: text === undefined ? "rawKeyDown" : "keyDown",
    ...about,
    ...text === undefined ? {} : { text },
  });
  await page.send("Input.dispatchKeyEvent", { type: "keyUp", ...about });
  await page.evaluate(
    "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))))",
  );
}

/** Presses Tab until an element has the focus; returns how often. */
export async function tabTo(page: Page, selector: string): Promise<number> {
  for (let presses = 0; presses < 200; presses++) {
    const there = await page.evaluate<boolean>(
      `document.activeElement.matches(${JSON.stringify(selector)})`,
    );
    if (there) return presses;
    await press(page, "Tab");
  }
  throw new Error(`no Tab leads to ${selector}`);
}
