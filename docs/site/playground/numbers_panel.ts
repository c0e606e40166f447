/**
 * Every number to the last digit, and the slot as a file.
 *
 * @module
 */

/// <reference lib="dom" />

import type { SlotOutcome } from "../../../lib/env/mod.ts";
import { el } from "./dom.ts";
import type { Show, View } from "./view.ts";

function show(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

/** Outputs that each user has, and the others. */
function split(outcome: SlotOutcome) {
  const users = outcome.responseTimeS.length;
  const entries = Object.entries(outcome) as [string, unknown][];
  const isPerUser = ([, value]: [string, unknown]) =>
    ArrayBuffer.isView(value) &&
    (value as Float64Array).length === users;
  return {
    perUser: entries.filter(isPerUser) as [string, Float64Array][],
    rest: entries.filter((entry) => !isPerUser(entry)),
  };
}

function table({ outcome }: View): HTMLElement {
  const { perUser, rest } = split(outcome);
  const users = Array.from(outcome.responseTimeS.keys());
  return el(
    "div",
    {
      class: "scroll",
      tabindex: 0,
      role: "region",
      "aria-label": "Outputs, number by number",
    },
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "output"),
          ...users.map((user) =>
            el("th", { scope: "col", class: "number" }, `user ${user + 1}`)
          ),
        ),
      ),
      el(
        "tbody",
        {},
        ...perUser.map(([name, values]) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, name),
            ...users.map((user) =>
              el("td", { class: "number" }, show(values[user]))
            ),
          )
        ),
        ...rest.map(([name, value]) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, name),
            el(
              "td",
              { colspan: users.length },
              ArrayBuffer.isView(value) || Array.isArray(value)
                ? Array.from(value as ArrayLike<unknown>, String).join(", ") ||
                  "none"
                : String(value),
            ),
          )
        ),
      ),
    ),
  );
}

/** Puts the numbers into a place of the page; they are written once looked at. */
export function numbersPanel(host: HTMLElement): Show {
  let last: View | undefined;
  const numbers = el("div", {});
  const file = el("textarea", {
    readonly: true,
    rows: 8,
    spellcheck: "false",
    "aria-label": "The slot file",
  });
  const outputs = el(
    "details",
    {},
    el("summary", {}, "Outputs of this slot"),
    numbers,
  );
  const source = el(
    "details",
    {},
    el("summary", {}, "The slot file"),
    file,
  );
  const fill = () => {
    if (last === undefined) return;
    if (outputs.open) numbers.replaceChildren(table(last));
    if (source.open) file.value = JSON.stringify(last.model.document());
  };
  outputs.addEventListener("toggle", fill);
  source.addEventListener("toggle", fill);
  host.replaceChildren(outputs, source);
  return (view) => {
    last = view;
    fill();
  };
}
