/**
 * The same slot, decided by the visitor and by others.
 *
 * @module
 */

/// <reference lib="dom" />

import type { Constraint, SlotOutcome } from "../../../lib/env/mod.ts";
import type { Rival } from "./deciders.ts";
import { el, setAttributes, setText } from "./dom.ts";
import { percent, short, time, type TimeUnit, timeUnit } from "./format.ts";
import type { Change, Show, View } from "./view.ts";

/** What a broken constraint of Eq. 18 means. */
const BROKEN: Readonly<Record<Constraint, string>> = {
  "18b": "a model is cached by a part (18b)",
  "18c": "a bandwidth share is not between 0 and 1 (18c)",
  "18d": "a GPU share is not between 0 and 1 (18d)",
  "18e": "the models do not fit into a server's storage (18e)",
  "18f": "bandwidth shares of a server add up to more than 1 (18f)",
  "18g": "GPU shares of a server add up to more than 1 (18g)",
};

function meanTimeS({ totalResponseTimeS, responseTimeS }: SlotOutcome): number {
  return totalResponseTimeS / responseTimeS.length;
}

interface Row {
  readonly row: HTMLTableRowElement;
  readonly show: (outcome: SlotOutcome, most: number, unit: TimeUnit) => void;
}

function rowFor(label: string, title: string, use?: HTMLElement): Row {
  const fill = el("span", { class: "fill" });
  const cells = ["G(t)", "hit rate", "mean time", "cost"].map((name) =>
    el("td", { class: "number", "data-label": name })
  );
  const objective = el("span", { class: "value" });
  cells[0].append(objective);
  const row = el(
    "tr",
    {},
    el(
      "th",
      { scope: "row" },
      label,
      el("span", { class: "track", "aria-hidden": "true" }, fill),
    ),
    ...cells,
    el("td", { class: "use" }, ...use === undefined ? [] : [use]),
  );
  if (title !== "") row.title = title;
  return {
    row,
    show: (outcome, most, unit) => {
      setText(objective, short(outcome.objective, 4));
      setText(cells[1], percent(outcome.hitRate));
      setText(cells[2], time(meanTimeS(outcome), unit));
      setText(cells[3], short(outcome.totalCost, 4));
      const part = outcome.objective / most;
      fill.style.width = `${
        100 * Math.min(Number.isFinite(part) ? part : 1, 1)
      }%`;
    },
  };
}

function summary({ outcome, decided }: View): string {
  const [optimum] = decided;
  const excess = outcome.objective / optimum.outcome.objective - 1;
  const comparison = !Number.isFinite(excess)
    ? "somebody is never served"
    : outcome.violations.length === 0 && Math.abs(excess) < 5e-7
    ? "as good as the optimum"
    : `${percent(Math.abs(excess))} ${
      excess < 0 ? "below" : "above"
    } the optimum`;
  return `Your G(t) is ${short(outcome.objective, 4)}, ${comparison}.`;
}

/** Puts the comparison into a place of the page. */
export function comparePanel(
  host: HTMLElement,
  rivals: readonly Rival[],
  change: Change,
): Show {
  let last: View | undefined;
  const own = rowFor("You", "");
  const rows = rivals.map((rival, k) => {
    const use = el(
      "button",
      { type: "button", "aria-label": `Take over: ${rival.label}` },
      "Take over",
    );
    use.addEventListener("click", () => {
      const { decision } = last!.decided[k];
      change((model) => model.take(decision));
    });
    return rowFor(rival.label, rival.text, use);
  });
  const line = el("p", { class: "result", role: "status" });
  const broken = el("ul", { class: "broken", "aria-label": "Violations" });
  const bound = el("p", { class: "quiet" });
  host.replaceChildren(
    line,
    el(
      "table",
      { class: "compare" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "decided by"),
          ...["G(t)", "hit rate", "mean time", "cost"].map((name) =>
            el("th", { scope: "col", class: "number" }, name)
          ),
          el("td", {}),
        ),
      ),
      el("tbody", {}, own.row, ...rows.map(({ row }) => row)),
    ),
    broken,
    bound,
    el(
      "details",
      {},
      el("summary", {}, "Who are they?"),
      el(
        "dl",
        {},
        ...rivals.flatMap(({ label, text }) => [
          el("dt", {}, label),
          el("dd", {}, text),
        ]),
      ),
    ),
  );
  setAttributes(own.row, { class: "own" });
  return (view) => {
    last = view;
    const { outcome, decided } = view;
    const all = [outcome, ...decided.map(({ outcome }) => outcome)];
    const finite = (values: number[]) => values.filter(Number.isFinite);
    const most = Math.max(...finite(all.map(({ objective }) => objective)));
    const unit = timeUnit(Math.max(...finite(all.map(meanTimeS))));
    own.show(outcome, most, unit);
    decided.forEach(({ outcome }, k) => rows[k].show(outcome, most, unit));
    setText(line, summary(view));
    const texts = outcome.violations.map((one) => `Broken: ${BROKEN[one]}.`);
    broken.hidden = texts.length === 0;
    if (
      [...broken.children].map((one) => one.textContent).join() !== texts.join()
    ) {
      broken.replaceChildren(...texts.map((text) => el("li", {}, text)));
    }
    const { lowerBound } = decided[0];
    setText(
      bound,
      lowerBound === undefined
        ? ""
        : `No decision without violations gets below ${short(lowerBound, 4)}.`,
    );
  };
}
