/**
 * The map: servers, and users who can be dragged or moved by keys.
 *
 * @module
 */

/// <reference lib="dom" />

import { el, setAttributes, svg } from "./dom.ts";
import type { SlotModel } from "./slot_model.ts";
import type { Change, Show } from "./view.ts";

/** How far an arrow key moves a user, in m. */
const STEP_M = 10;
/** As far with Shift. */
const LARGE_STEP_M = 50;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Lines halfway between servers: beyond them, the other one is nearer. */
function borders({ instance, scenario }: SlotModel): SVGLineElement[] {
  const { areaSideM } = scenario.assumptions;
  return Array.from({ length: instance.numServers - 1 }, (_, j) => {
    const [x, next] = [0, 2].map((k) => instance.serverPositionsM[2 * j + k]);
    const between = (x + next) / 2;
    return svg("line", {
      class: "border",
      x1: between,
      x2: between,
      y1: 0,
      y2: areaSideM,
    });
  });
}

/** Puts the map into a place of the page. */
export function mapPanel(
  host: HTMLElement,
  model: SlotModel,
  change: Change,
): Show {
  const { instance, scenario } = model;
  const { areaSideM } = scenario.assumptions;
  const links = Array.from(
    { length: instance.numUsers },
    () => svg("line", {}),
  );
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${areaSideM} ${areaSideM}`, "aria-hidden": "true" },
    ...borders(model),
    ...links,
  );
  for (let j = 0; j < instance.numServers; j++) {
    const [x, y] = [0, 1].map((k) => instance.serverPositionsM[2 * j + k]);
    drawing.append(
      svg("rect", {
        class: `server s${j}`,
        x: x - 26,
        y: y - 26,
        width: 52,
        height: 52,
        rx: 8,
      }),
      svg(
        "text",
        { class: "server-name", x, y: y + 62, "text-anchor": "middle" },
        `server ${j + 1}`,
      ),
    );
  }
  const board = el("div", { class: "map" }, drawing);
  const users = links.map((_, user) => {
    const button = el(
      "button",
      { class: "user", type: "button" },
      `${user + 1}`,
    );
    button.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (arrow === undefined) return;
      event.preventDefault();
      const length = event.shiftKey ? LARGE_STEP_M : STEP_M;
      change((model) => {
        const at = model.instance.userPositionsM.subarray(2 * user);
        model.moveUser(
          user,
          at[0] + length * arrow[0],
          at[1] + length * arrow[1],
        );
      });
    });
    button.addEventListener("pointerdown", (event) => {
      button.setPointerCapture(event.pointerId);
    });
    button.addEventListener("pointermove", (event) => {
      if (!button.hasPointerCapture(event.pointerId)) return;
      const { left, top, width, height } = board.getBoundingClientRect();
      change((model) =>
        model.moveUser(
          user,
          areaSideM * (event.clientX - left) / width,
          areaSideM * (event.clientY - top) / height,
        )
      );
    });
    board.append(button);
    return button;
  });
  host.replaceChildren(
    board,
    el(
      "p",
      { class: "key quiet" },
      el("span", { class: "sample edge" }),
      "served by the edge",
      el("span", { class: "sample cloud" }),
      "by the cloud",
      ` · ${areaSideM / 1000} km wide`,
    ),
  );
  return ({ model, outcome }) => {
    const { userPositionsM, serverPositionsM } = model.instance;
    const { server } = model;
    users.forEach((button, user) => {
      const [x, y] = [0, 1].map((k) => userPositionsM[2 * user + k]);
      const own = server[user];
      const place = outcome.hit[user] ? "edge" : "cloud";
      button.style.left = `${100 * x / areaSideM}%`;
      button.style.top = `${100 * y / areaSideM}%`;
      setAttributes(button, {
        class: `user s${own} ${place}`,
        "aria-label": `User ${user + 1} at ${Math.round(x)} m east, ${
          Math.round(areaSideM - y)
        } m north; server ${own + 1}; served by the ${place}. Arrow keys move`,
      });
      setAttributes(links[user], {
        class: `link s${own} ${place}`,
        x1: x,
        y1: y,
        x2: serverPositionsM[2 * own],
        y2: serverPositionsM[2 * own + 1],
      });
    });
  };
}
