/**
 * The playground: the lab's environment, optimum and policies in a page.
 *
 * @module
 */

/// <reference lib="dom" />

import type { SitePolicy } from "../../lib/cli/site_data.ts";
import { outcomeToJson } from "../../lib/env/mod.ts";
import { PRESETS } from "../../lib/scenario/mod.ts";
import { cachesPanel } from "./playground/caches_panel.ts";
import { comparePanel } from "./playground/compare_panel.ts";
import { decide, openRivals } from "./playground/deciders.ts";
import { byId, el, setAttributes, setText } from "./playground/dom.ts";
import { mapPanel } from "./playground/map_panel.ts";
import { numbersPanel } from "./playground/numbers_panel.ts";
import { queuePanel } from "./playground/queue_panel.ts";
import { SlotModel } from "./playground/slot_model.ts";
import { usersPanel } from "./playground/users_panel.ts";
import type { Show, View } from "./playground/view.ts";

/** What the build writes into the page. */
const { SITE_DATA: policies } = globalThis as unknown as {
  SITE_DATA: SitePolicy[];
};

/** Worlds, and what sets each apart. */
const WORLDS: Readonly<Record<string, string>> = {
  balanced: "Balanced: radio and queue count",
  paper: "As printed: backhaul and GPUs decide",
};

/** A world that is played: its slot, its rivals and the panels that show them. */
interface Game {
  readonly model: SlotModel;
  readonly view: () => View;
  readonly show: () => void;
}

function open(world: string): Game {
  const model = new SlotModel(PRESETS[world]);
  const rivals = openRivals(policies.find((one) => one.world === world)!);
  let asked = false;
  const view = (): View => ({
    model,
    outcome: model.judge(),
    decided: rivals.map((rival) => decide(rival, model)),
  });
  const show = () => {
    const now = view();
    for (const panel of panels) panel(now);
  };
  /** However much is dragged, a frame is shown once. */
  const change = (act: (model: SlotModel) => void) => {
    act(model);
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      show();
    });
  };
  const panels: Show[] = [
    mapPanel(byId("map"), model, change),
    comparePanel(byId("compare"), rivals, change),
    cachesPanel(byId("caches"), model, change),
    usersPanel(byId("users"), model, change),
    queuePanel(byId("queue"), model),
    numbersPanel(byId("numbers")),
    controls(model, change),
  ];
  show();
  return { model, view, show };
}

const select = el(
  "select",
  { id: "world" },
  ...Object.entries(WORLDS).map(([value, text]) =>
    el("option", { value }, text)
  ),
);

/** The line of controls above everything. */
function controls(
  model: SlotModel,
  change: (act: (model: SlotModel) => void) => void,
): Show {
  const place = el("span", { class: "slot-name", role: "status" });
  const press = (
    text: string,
    label: string,
    act: (model: SlotModel) => void,
  ) => {
    const button = el("button", { type: "button", "aria-label": label }, text);
    button.addEventListener("click", () => change(act));
    return button;
  };
  const before = press("Previous", "Previous slot", (model) => model.step(-1));
  byId("controls").replaceChildren(
    el("label", { for: "world" }, "World"),
    select,
    el(
      "span",
      { class: "slots" },
      place,
      before,
      press("Next", "Next slot", (model) => model.step(1)),
      press("Start over", "Start over", (model) => model.restart()),
    ),
  );
  return () => {
    const { slotsPerEpisode } = model.scenario.parameters;
    setText(
      place,
      `Slot ${model.slot + 1} of ${slotsPerEpisode}, episode ${
        model.episode + 1
      }`,
    );
    setAttributes(before, { disabled: model.slot + model.episode === 0 });
  };
}

let game = open(select.value);
select.addEventListener("change", () => {
  game = open(select.value);
  select.focus();
});

/** For tests and the console: the game as it is, and its numbers as JSON. */
Object.assign(globalThis, {
  playground: {
    get model() {
      return game.model;
    },
    show: () => game.show(),
    numbers: () => {
      const { model, outcome, decided } = game.view();
      return {
        slot: model.document(),
        outcome: outcomeToJson(outcome),
        decided: decided.map(({ rival, outcome }) => ({
          label: rival.label,
          outcome: outcomeToJson(outcome),
        })),
      };
    },
  },
});
