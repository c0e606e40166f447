/**
 * The claims page: one reading at a time, next to the default.
 *
 * @module
 */

/// <reference lib="dom" />

import type {
  SiteCell,
  SiteClaim,
  SiteClaims,
  SiteReading,
} from "../../lib/cli/site_data.ts";
import { byId, el, setText, svg } from "./playground/dom.ts";
import { short } from "./playground/format.ts";

/** What the build writes into the page. */
const { claims, readings, cells } =
  (globalThis as unknown as { SITE_DATA: SiteClaims }).SITE_DATA;

const SIGNS = {
  reproduced: "✓",
  contradicted: "✗",
  undetermined: "?",
  "not run": "–",
} as const;

function cellOf(claim: SiteClaim, reading: SiteReading): SiteCell {
  return cells.find((one) =>
    one.claim === claim.key && one.reading === reading.key
  )!;
}

/** The defaults on the users and seeds of a reading: the first of its grid. */
function defaultFor(reading: SiteReading): SiteReading {
  return readings.find(({ grid }) => grid === reading.grid)!;
}

function number(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : short(value);
}

function badge({ verdict }: SiteCell): HTMLElement {
  return el(
    "span",
    { class: `verdict ${verdict.replace(" ", "-")}` },
    `${SIGNS[verdict]} ${verdict}`,
  );
}

/** Width of a plot of intervals, in its own units. */
const PLOT = 400;

/** Intervals of the default and the reading, over the number that the claim names. */
function plot(
  { rule, unit }: SiteClaim,
  shown: readonly { readonly name: string; readonly cell: SiteCell }[],
): SVGSVGElement {
  const ends = shown.flatMap(({ cell: { interval } }) =>
    interval === undefined ? [] : [interval.lower, interval.upper]
  ).filter(Number.isFinite);
  const all = [...ends, rule.threshold, 0];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const margin = 0.06 * (most - least || 1);
  const x = (value: number) =>
    Math.min(
      Math.max(
        PLOT * (value - least + margin) / (most - least + 2 * margin),
        0,
      ),
      PLOT,
    );
  const height = 26 + 22 * shown.length;
  const line = (at: number, name: string) =>
    svg("line", {
      x1: x(at),
      x2: x(at),
      y1: 16,
      y2: height - 4,
      class: name,
    });
  const anchor = x(rule.threshold) > PLOT - 60
    ? "end"
    : x(rule.threshold) < 60
    ? "start"
    : "middle";
  const label = svg(
    "text",
    {
      x: x(rule.threshold),
      y: 11,
      "text-anchor": anchor,
      class: "threshold-label",
    },
    rule.threshold === 0 ? "0" : `paper: ${rule.threshold} ${unit}`,
  );
  const drawing = svg(
    "svg",
    {
      viewBox: `0 0 ${PLOT} ${height}`,
      class: "interval",
      role: "img",
      "aria-label": shown.map(({ name, cell: { interval } }) =>
        interval === undefined
          ? `${name}: no interval`
          : `${name}: ${number(interval.estimate)}, 95 % interval ${
            number(interval.lower)
          } to ${number(interval.upper)} ${unit}`
      ).join("; "),
    },
    ...rule.threshold === 0 ? [] : [line(0, "zero")],
    line(rule.threshold, "threshold"),
    label,
  );
  shown.forEach(({ cell: { interval, verdict } }, k) => {
    if (interval === undefined) return;
    const y = 28 + 22 * k;
    const kind = k === shown.length - 1
      ? verdict.replace(" ", "-")
      : "by-default";
    drawing.append(
      svg("line", {
        x1: x(interval.lower),
        x2: x(interval.upper),
        y1: y,
        y2: y,
        class: `whisker ${kind}`,
      }),
      svg("circle", {
        cx: x(interval.estimate),
        cy: y,
        r: 5,
        class: `dot ${kind}`,
      }),
    );
  });
  return drawing;
}

function describeInterval({ interval }: SiteCell, unit: string): string {
  if (interval === undefined) return "no interval";
  return `${number(interval.estimate)} ${unit} (95 %: ${
    number(interval.lower)
  } to ${number(interval.upper)})`;
}

/** Whether a reading changes a verdict. */
function changes(claim: SiteClaim, reading: SiteReading): boolean {
  const cell = cellOf(claim, reading);
  return cell.verdict !== "not run" &&
    cell.verdict !== cellOf(claim, defaultFor(reading)).verdict;
}

function item(claim: SiteClaim, reading: SiteReading): HTMLElement {
  const base = defaultFor(reading);
  const before = cellOf(claim, base);
  const cell = cellOf(claim, reading);
  const isOther = base !== reading;
  const isNew = isOther && cell.verdict !== "not run" && !cell.inherited;
  const changed = changes(claim, reading);
  const verdicts = changed
    ? [badge(before), el("span", { class: "to" }, " becomes "), badge(cell)]
    : [badge(cell)];
  const shown = [
    { name: isOther ? "default" : reading.label, cell: before },
    ...isNew ? [{ name: reading.label, cell }] : [],
  ];
  const facts = !isOther || isNew
    ? `: ${cell.reason}.`
    : cell.verdict === "not run"
    ? ". Not run under this reading; the default is shown."
    : `: ${cell.reason}. This reading changes nothing that the claim rests on.`;
  return el(
    "li",
    { class: changed ? "claim changed" : "claim" },
    el(
      "div",
      { class: "says" },
      el("h2", {}, claim.text.replaceAll(" %", "\u00a0%")),
      el("blockquote", {}, `“${claim.words}”`),
      el("p", { class: "quiet place" }, claim.place),
    ),
    el(
      "div",
      { class: "finds" },
      el("p", { class: "verdicts-now" }, ...verdicts),
      plot(claim, shown),
      el(
        "dl",
        {},
        ...shown.flatMap(({ name, cell }) => [
          el("dt", {}, name),
          el("dd", {}, describeInterval(cell, claim.unit)),
        ]),
      ),
      el(
        "p",
        { class: "quiet" },
        claim.measure + facts,
      ),
    ),
  );
}

function show(reading: SiteReading): void {
  const base = defaultFor(reading);
  byId("claims").replaceChildren(
    ...claims.map((claim) => item(claim, reading)),
  );
  const changed = claims.filter((claim) => changes(claim, reading)).length;
  const counts =
    (["reproduced", "contradicted", "undetermined", "not run"] as const)
      .map((verdict) => ({
        verdict,
        count:
          claims.filter((claim) => cellOf(claim, reading).verdict === verdict)
            .length,
      }))
      .filter(({ count }) => count > 0)
      .map(({ verdict, count }) => `${count} ${verdict}`).join(", ");
  setText(
    byId("summary"),
    reading === base
      ? `By default: ${counts}. ${reading.trials}.`
      : `${reading.label}: ${
        changed === 0
          ? "no verdict changes"
          : changed === 1
          ? "1 verdict changes"
          : `${changed} verdicts change`
      }. Now ${counts}. ${reading.trials}.`,
  );
  const about = byId("about");
  about.replaceChildren(
    reading.text,
    ...reading.choices.flatMap((choice) => [" ", el("code", {}, choice)]),
  );
}

function chooser(): void {
  const select = el("select", { id: "reading", "aria-describedby": "about" });
  for (const grid of ["figures", "short"] as const) {
    const label = grid === "figures"
      ? "On the trials of the figures"
      : "On fewer users and seeds";
    select.append(
      el(
        "optgroup",
        { label },
        ...readings.filter((one) => one.grid === grid)
          .map((one) => el("option", { value: one.key }, one.label)),
      ),
    );
  }
  byId("chooser").append(
    el("label", { for: "reading" }, "Reading"),
    select,
    el("p", { id: "about", class: "quiet" }),
  );
  const choose = () => show(readings.find(({ key }) => key === select.value)!);
  select.addEventListener("change", choose);
  const asked = decodeURIComponent(location.hash.slice(1));
  if (readings.some(({ key }) => key === asked)) select.value = asked;
  choose();
}

chooser();
