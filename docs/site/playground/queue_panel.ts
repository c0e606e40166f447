/**
 * The downlinks as Gantt charts: who waits, and who is sent when.
 *
 * @module
 */

/// <reference lib="dom" />

import { el, setAttributes, setText } from "./dom.ts";
import { short, time, timeUnit } from "./format.ts";
import type { SlotModel } from "./slot_model.ts";
import type { Show, View } from "./view.ts";

function serverQueue(model: SlotModel, own: number) {
  const { numUsers } = model.instance;
  const lanes = Array.from({ length: numUsers }, (_, user) => {
    const wait = el("span", { class: "wait" });
    const sending = el("span", { class: "download" });
    const track = el("div", { class: "lane", role: "img" }, wait, sending);
    const name = el("span", { class: `disc s${own}` }, `${user + 1}`);
    const row = el("li", {}, name, track);
    return { row, name, track, wait, sending };
  });
  const list = el("ol", { class: "lanes" });
  const words = el("p", { class: "quiet" });
  const start = el("span", {});
  const end = el("span", {});
  const axis = el(
    "div",
    { class: "axis", "aria-hidden": "true" },
    start,
    end,
  );
  const element = el(
    "div",
    { class: "server-queue" },
    el("h3", {}, `Server ${own + 1}`),
    list,
    axis,
    words,
  );
  let order = "";
  const show = ({ model, outcome }: View) => {
    const { readyTimeS, waitTimeS, downlinkTimeS, hit } = outcome;
    const sent = (user: number) => readyTimeS[user] + waitTimeS[user];
    const users = Array.from(model.server.keys())
      .filter((user) =>
        model.server[user] === own &&
        Number.isFinite(sent(user) + downlinkTimeS[user])
      )
      .sort((a, b) => sent(a) - sent(b) || a - b);
    const first = Math.min(...users.map((user) => readyTimeS[user]));
    const last = Math.max(
      ...users.map((user) => sent(user) + downlinkTimeS[user]),
    );
    const x = (seconds: number) => 100 * seconds / (last - first || 1);
    users.forEach((user) => {
      const { name, track, wait, sending } = lanes[user];
      name.className = `disc s${own} ${hit[user] ? "edge" : "cloud"}`;
      wait.style.left = `${x(readyTimeS[user] - first)}%`;
      wait.style.width = `${x(waitTimeS[user])}%`;
      // However short it is, it is seen.
      sending.style.left = `min(${x(sent(user) - first)}%, 100% - 3px)`;
      sending.style.width = `${x(downlinkTimeS[user])}%`;
      setAttributes(track, {
        "aria-label": `User ${user + 1}: ready after ${
          time(readyTimeS[user])
        }, waits ${time(waitTimeS[user])}, sent in ${
          time(downlinkTimeS[user])
        }`,
        title: `ready after ${time(readyTimeS[user])}, waits ${
          time(waitTimeS[user])
        }, sent in ${time(downlinkTimeS[user])}`,
      });
    });
    const now = users.join();
    if (now !== order) {
      list.replaceChildren(...users.map((user) => lanes[user].row));
      order = now;
    }
    axis.hidden = users.length === 0;
    if (users.length === 0) {
      setText(words, "Nothing is ever sent here.");
      return;
    }
    const unit = timeUnit(last);
    const at = (seconds: number) =>
      `${short(seconds / unit.seconds, 4)} ${unit.sign}`;
    setText(start, at(first));
    setText(end, at(last));
    const longest = Math.max(...users.map((user) => waitTimeS[user]));
    const busy = users.reduce((sum, user) => sum + downlinkTimeS[user], 0);
    setText(
      words,
      `${
        longest === 0 ? "Nobody waits" : `The longest wait is ${time(longest)}`
      }; the downlink sends for ${time(busy)} in all.`,
    );
  };
  return { element, show };
}

/** Puts the queues into a place of the page. */
export function queuePanel(host: HTMLElement, model: SlotModel): Show {
  const servers = Array.from(
    { length: model.instance.numServers },
    (_, own) => serverQueue(model, own),
  );
  host.replaceChildren(...servers.map(({ element }) => element));
  return (view) => servers.forEach(({ show }) => show(view));
}
