/**
 * What every user gets: shares, and the response time in its parts.
 *
 * @module
 */

/// <reference lib="dom" />

import type { SlotOutcome } from "../../../lib/env/mod.ts";
import { el, setAttributes, setText } from "./dom.ts";
import { bytes, percent, short, time, timeUnit } from "./format.ts";
import type { ShareChoice, Shared, SlotModel } from "./slot_model.ts";
import { type Change, PHASES, type Show, TYPES, type View } from "./view.ts";

const RULES: Readonly<Record<ShareChoice, string>> = {
  equal: "Equal",
  best: "Best",
  "by hand": "By hand",
};

const SHARED: Readonly<Record<Shared, string>> = {
  bandwidth: "Bandwidth",
  compute: "GPUs",
};

function phaseS(
  outcome: SlotOutcome,
  user: number,
  times: typeof PHASES[number][1],
): number {
  return times.reduce((sum, key) => sum + outcome[key][user], 0);
}

function slider(user: number, shared: Shared, change: Change) {
  const value = el("span", { class: "share-value" });
  const input = el("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 0.005,
    "aria-label": `${SHARED[shared]} for user ${user + 1}`,
  });
  input.addEventListener(
    "input",
    () => change((model) => model.setShare(shared, user, Number(input.value))),
  );
  const element = el(
    "div",
    { class: "share" },
    el("span", { class: "share-name", "aria-hidden": "true" }, SHARED[shared]),
    input,
    value,
  );
  const show = (share: number) => {
    const text = percent(share);
    // What is being moved stays where it is: steps are coarser than shares.
    if (Math.abs(Number(input.value) - share) > 0.0025) {
      input.value = String(share);
    }
    setAttributes(input, { "aria-valuetext": text });
    setText(value, text);
  };
  return { element, show };
}

function userRow(user: number, change: Change) {
  const name = el("span", { class: "disc" }, `${user + 1}`);
  const request = el("span", { class: "request" });
  const place = el("span", { class: "place" });
  const sliders = {
    bandwidth: slider(user, "bandwidth", change),
    compute: slider(user, "compute", change),
  };
  const parts = PHASES.map(([phase]) => el("span", { class: phase }));
  const bar = el("div", { class: "bar", role: "img" }, ...parts);
  const total = el("span", { class: "total" });
  const cost = el("span", { class: "cost quiet" });
  const element = el(
    "li",
    { class: "user-row" },
    el("div", { class: "who" }, name, request, place),
    sliders.bandwidth.element,
    sliders.compute.element,
    el("div", { class: "response" }, bar, total, cost),
  );
  const show = ({ model, outcome }: View, longestS: number) => {
    const { instance, state, server } = model;
    const own = server[user];
    const asked = state.requestedModel[user];
    const isHit = outcome.hit[user] === 1;
    name.className = `disc s${own} ${isHit ? "edge" : "cloud"}`;
    setText(
      request,
      `asks server ${own + 1} for model ${asked + 1}, ${
        TYPES[instance.modelType[asked]]
      } of ${bytes(state.outputBytes[user])}`,
    );
    setText(place, isHit ? "edge" : "cloud");
    sliders.bandwidth.show(model.bandwidth[user]);
    sliders.compute.show(model.compute[user]);
    const times = PHASES.map(([phase, keys]) => ({
      phase,
      seconds: phaseS(outcome, user, keys),
    }));
    const response = outcome.responseTimeS[user];
    times.forEach(({ phase, seconds }, k) => {
      parts[k].style.width = Number.isFinite(response)
        ? `${100 * seconds / longestS}%`
        : "0";
      setAttributes(parts[k], { title: `${phase}: ${time(seconds)}` });
    });
    bar.classList.toggle("never", !Number.isFinite(response));
    setAttributes(bar, {
      "aria-label": `Response time ${time(response)}: ${
        times.filter(({ seconds }) => seconds > 0)
          .map(({ phase, seconds }) => `${phase} ${time(seconds)}`).join(", ")
      }`,
    });
    setText(total, time(response, timeUnit(longestS)));
    setText(cost, `cost ${short(outcome.userCost[user], 4)}`);
  };
  return { element, show };
}

/** How much of what each server has is given away. */
function sums({ server, instance, bandwidth, compute }: SlotModel): string {
  return Array.from({ length: instance.numServers }, (_, own) => {
    const sum = (shares: Float64Array) =>
      shares.reduce(
        (total, share, user) => server[user] === own ? total + share : total,
        0,
      );
    return `Server ${own + 1} hands out ${
      percent(sum(bandwidth))
    } of its bandwidth and ${percent(sum(compute))} of its GPUs.`;
  }).join(" ");
}

/** Puts the users into a place of the page. */
export function usersPanel(
  host: HTMLElement,
  model: SlotModel,
  change: Change,
): Show {
  const rules = (Object.keys(RULES) as ShareChoice[]).map((rule) => {
    const button = el("button", { type: "button" }, RULES[rule]);
    button.addEventListener(
      "click",
      () => change((model) => model.setRule(rule)),
    );
    return { rule, button };
  });
  const rows = Array.from(
    { length: model.instance.numUsers },
    (_, user) => userRow(user, change),
  );
  const given = el("p", { class: "quiet" });
  host.replaceChildren(
    el(
      "div",
      { class: "bar-head" },
      el(
        "div",
        { class: "rules", role: "group", "aria-label": "Shares" },
        el("span", { class: "quiet", "aria-hidden": "true" }, "Shares"),
        ...rules.map(({ button }) => button),
      ),
      el(
        "ul",
        { class: "legend", "aria-label": "Parts of the response time" },
        ...PHASES.map(([phase]) =>
          el("li", {}, el("span", { class: `swatch ${phase}` }), phase)
        ),
      ),
    ),
    el("ol", { class: "user-rows" }, ...rows.map(({ element }) => element)),
    given,
  );
  return (view) => {
    const { model, outcome } = view;
    const finite = Array.from(outcome.responseTimeS).filter(Number.isFinite);
    const longestS = Math.max(...finite, 1e-9);
    for (const { rule, button } of rules) {
      setAttributes(button, { "aria-pressed": String(model.rule === rule) });
    }
    rows.forEach(({ show }) => show(view, longestS));
    setText(given, sums(model));
  };
}
