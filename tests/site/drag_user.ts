/**
 * Users of the playground's map and the mouse.
 *
 * @module
 */

import type { Page } from "../browser/browser.ts";

/** A place in the square, in m. */
export type PlaceM = readonly [number, number];

/** Where a user stands, and at which server. */
export interface Standing {
  /** Its place. */
  readonly placeM: PlaceM;
  /** Its server. */
  readonly server: number;
}

/** Where a user stands now. */
export async function standingOf(page: Page, user: number): Promise<Standing> {
  return await page.evaluate<Standing>(`({
    placeM: [...playground.model.instance.userPositionsM.slice(
      ${2 * user}, ${2 * user + 2})],
    server: playground.model.server[${user}],
  })`);
}

/** Drags a user through places; then the mouse moves on without a button. */
export async function dragUser(
  page: Page,
  user: number,
  through: readonly PlaceM[],
  after: PlaceM,
): Promise<void> {
  const map = await page.evaluate<{ x: number; y: number; width: number }>(
    `(() => {
      const map = document.querySelector(".map");
      map.scrollIntoView({ block: "center" });
      const { x, y, width } = map.getBoundingClientRect();
      return { x, y, width };
    })()`,
  );
  const areaSideM = 1000;
  const mouse = async (type: string, [xM, yM]: PlaceM, isDown: boolean) => {
    await page.send("Input.dispatchMouseEvent", {
      type,
      x: map.x + map.width * xM / areaSideM,
      y: map.y + map.width * yM / areaSideM,
      button: "left",
      buttons: isDown ? 1 : 0,
      clickCount: 1,
    });
  };
  await mouse("mousePressed", (await standingOf(page, user)).placeM, true);
  for (const place of through) await mouse("mouseMoved", place, true);
  await mouse("mouseReleased", through[through.length - 1], false);
  await mouse("mouseMoved", after, false);
}
