import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  renderFigure,
  slotTimelineFigure,
  type TimelineRow,
} from "../../lib/figures/mod.ts";

const EDGE: TimelineRow = {
  user: 0,
  isHit: true,
  uplinkTimeS: 2,
  backhaulUplinkTimeS: 0,
  inferenceTimeS: 30,
  backhaulDownlinkTimeS: 0,
  waitTimeS: 5,
  downlinkTimeS: 8,
};

const CLOUD: TimelineRow = {
  ...EDGE,
  user: 1,
  isHit: false,
  backhaulUplinkTimeS: 10,
  backhaulDownlinkTimeS: 20,
  waitTimeS: 0,
};

interface Bar {
  user: string;
  phase: string;
  seconds: number;
  start: number;
  end: number;
}

interface Drawn {
  title: { subtitle: string[] };
  data: { values: Bar[] };
  encoding: { x: { title: string } };
}

function drawn(rows: readonly TimelineRow[]): Drawn {
  return JSON.parse(JSON.stringify(slotTimelineFigure(rows)));
}

Deno.test("phases follow each other without gaps, and those of no time have no bar", () => {
  const bars = (user: string) =>
    drawn([EDGE, CLOUD]).data.values.filter((bar) => bar.user === user)
      .map(({ phase, start, end }) => [phase, start, end]);
  assertEquals(bars("0 (edge)"), [
    ["upload", 0, 2],
    ["inference", 2, 32],
    ["wait", 32, 37],
    ["download", 37, 45],
  ]);
  assertEquals(bars("1 (cloud)"), [
    ["upload", 0, 2],
    ["backhaul", 2, 12],
    ["inference", 12, 42],
    ["backhaul", 42, 62],
    ["download", 62, 70],
  ]);
});

Deno.test("the axis is in seconds, minutes or hours, as the longest needs", () => {
  const of = (inferenceTimeS: number) => drawn([{ ...EDGE, inferenceTimeS }]);
  assertEquals(of(500).encoding.x.title, "Time since the request (s)");
  assertEquals(of(5000).encoding.x.title, "Time since the request (min)");
  const long = of(36_000);
  assertEquals(long.encoding.x.title, "Time since the request (h)");
  const bar = long.data.values.find(({ phase }) => phase === "inference");
  assertEquals(bar?.seconds, 36_000);
  assert(Math.abs((bar?.end ?? 0) - 36_002 / 3600) < 1e-4);
  assertEquals(
    long.title.subtitle[1],
    "Too short to be seen: upload, wait and download.",
  );
});

Deno.test("users who are never served have no bar, and the subtitle names them", () => {
  const never = { ...CLOUD, user: 7, inferenceTimeS: Infinity };
  const { data, title } = drawn([EDGE, never]);
  assertEquals(new Set(data.values.map(({ user }) => user)).size, 1);
  assertEquals(title.subtitle.at(-1), "Never served, so without a bar: 7.");
  assertThrows(
    () => slotTimelineFigure([never]),
    RangeError,
    "Cannot draw the slot: a user must be served some time, got none",
  );
  assertThrows(() => slotTimelineFigure([]), RangeError, "at least 1 row");
});

Deno.test("the chart is drawn without a warning, each phase in its color", async () => {
  const { svg } = await renderFigure(slotTimelineFigure([EDGE, CLOUD]));
  for (const phase of ["upload", "backhaul", "inference", "wait", "download"]) {
    assert(svg.includes(`>${phase}</text>`), phase);
  }
});
