/**
 * What servers cache: a button for every model, and how full the storage is.
 *
 * @module
 */

/// <reference lib="dom" />

import { el, setAttributes, setText } from "./dom.ts";
import { bytes, percent } from "./format.ts";
import type { SlotModel } from "./slot_model.ts";
import { type Change, type Show, TYPES, type View } from "./view.ts";

/** How many of a server's users ask for each model. */
function requestsOf({ server, state, instance }: SlotModel, own: number) {
  const counts = new Int32Array(instance.numModels);
  state.requestedModel.forEach((model, user) => {
    if (server[user] === own) counts[model]++;
  });
  return counts;
}

function times(count: number): string {
  return count === 0
    ? "nobody asks for it here"
    : count === 1
    ? "1 user asks for it here"
    : `${count} users ask for it here`;
}

function serverPanel(model: SlotModel, own: number, change: Change) {
  const { instance } = model;
  const { numModels, serverStorageBytes } = instance;
  const buttons = Array.from({ length: numModels }, (_, m) => {
    const number = el("span", { class: "number-of" }, `${m + 1}`);
    const asked = el("span", { class: "asked" });
    const others = el("span", { class: "others" });
    const button = el(
      "button",
      { type: "button", class: "model" },
      number,
      asked,
      others,
    );
    button.addEventListener(
      "click",
      () => change((model) => model.toggle(own, m)),
    );
    return { button, asked, others };
  });
  const fill = el("span", { class: "fill" });
  const storage = el("p", { class: "storage-text" });
  const element = el(
    "div",
    { class: `server-caches s${own}`, role: "group" },
    el("h3", {}, `Server ${own + 1}`),
    el("div", { class: "models" }, ...buttons.map(({ button }) => button)),
    el("div", { class: "track storage", "aria-hidden": "true" }, fill),
    storage,
  );
  setAttributes(element, {
    "aria-label": `Models that server ${own + 1} caches`,
  });
  const show = ({ model, outcome, decided }: View) => {
    const counts = requestsOf(model, own);
    buttons.forEach(({ button, asked, others }, m) => {
      const cached = model.isCached(own, m);
      const also = decided.filter(({ decision }) =>
        decision.cache[own * numModels + m] !== 0
      );
      setText(asked, counts[m] === 0 ? "" : `×${counts[m]}`);
      setText(others, also.map(({ rival }) => rival.sign).join(" "));
      setAttributes(button, {
        class: counts[m] === 0 ? "model unasked" : "model",
        "aria-pressed": String(cached),
        "aria-label": `Model ${m + 1}, ${TYPES[instance.modelType[m]]}, ${
          bytes(instance.modelSizeBytes[m])
        }; ${times(counts[m])}${
          also.length === 0
            ? ""
            : `; cached by ${also.map(({ rival }) => rival.label).join(", ")}`
        }`,
        title: `Model ${m + 1}: ${TYPES[instance.modelType[m]]}, ${
          bytes(instance.modelSizeBytes[m])
        }, ${times(counts[m])}`,
      });
    });
    const used = outcome.storageUsedBytes[own];
    const capacity = serverStorageBytes[own];
    const part = capacity === 0 ? 0 : used / capacity;
    const isBroken = part > 1 && outcome.violations.includes("18e");
    fill.style.width = `${100 * Math.min(part, 1)}%`;
    fill.classList.toggle("over", isBroken);
    setText(
      storage,
      `${bytes(used)} of ${bytes(capacity)} (${percent(part)})${
        isBroken ? ": does not fit" : ""
      }`,
    );
    storage.classList.toggle("over", isBroken);
  };
  return { element, show };
}

/** Puts the caches into a place of the page. */
export function cachesPanel(
  host: HTMLElement,
  model: SlotModel,
  change: Change,
): Show {
  const servers = Array.from(
    { length: model.instance.numServers },
    (_, own) => serverPanel(model, own, change),
  );
  host.replaceChildren(...servers.map(({ element }) => element));
  return (view) => servers.forEach(({ show }) => show(view));
}
