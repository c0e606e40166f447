import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { evaluateSlot } from "../../lib/env/mod.ts";
import {
  type AnatomyRow,
  anatomyRows,
  anytimeFigure,
  downlinkQueueFigure,
  type FigureSpec,
  methodBarRow,
  methodBarsFigure,
  networkMapFigure,
  queueRows,
  renderFigure,
  slotAnatomyFigure,
  trainingPanelsFigure,
} from "../../lib/figures/mod.ts";
import { solveSlot } from "../../lib/policies/mod.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/mod.ts";
import { generateTrace } from "../../lib/workload/mod.ts";

// deno-lint-ignore no-explicit-any -- a specification is read as plain JSON.
function plain(spec: FigureSpec): any {
  return JSON.parse(JSON.stringify(spec));
}

const HIT: AnatomyRow = {
  user: 0,
  isHit: true,
  uplinkTimeS: 2,
  backhaulUplinkTimeS: 0,
  inferenceTimeS: 30,
  backhaulDownlinkTimeS: 0,
  waitTimeS: 5,
  downlinkTimeS: 8,
  accessCost: 100,
  backhaulCost: 0,
  gpuCost: 50,
};

const MISS: AnatomyRow = {
  ...HIT,
  user: 1,
  isHit: false,
  backhaulUplinkTimeS: 10,
  backhaulDownlinkTimeS: 20,
  backhaulCost: 300,
};

Deno.test("on the map a user's line ends at its server, 3-4-5 away", () => {
  const spec = plain(networkMapFigure([
    { kind: "server", id: 0, xM: 500, yM: 500, server: 0 },
    { kind: "server", id: 1, xM: 0, yM: 0, server: 1 },
    { kind: "user", id: 4, xM: 300, yM: 400, server: 1 },
  ]));
  const user = spec.data.values[2];
  assertEquals(
    [user.name, user.belongs, user.serverX, user.serverY, user.distance],
    ["user 4", "server 1", 0, 0, 500],
  );
  assertEquals(spec.encoding.x.scale.domain, [0, 500]);
  assertEquals(
    spec.description,
    "A map of 2 servers and 1 users: server 0 has 0 and server 1 has 1; the farthest user is 500 m from its server.",
  );
});

Deno.test("a user of a server that is not on the map is refused", () => {
  assertThrows(
    () => networkMapFigure([{ kind: "user", id: 0, xM: 1, yM: 1, server: 3 }]),
    RangeError,
    "Cannot draw the map: rows[0].server must be a server of the rows, got 3",
  );
});

Deno.test("the anatomy adds both ways over the backhaul, and leaves out what is nothing", () => {
  const [times, costs] = plain(slotAnatomyFigure([HIT, MISS])).hconcat;
  const of = (
    panel: {
      data: { values: { user: string; part: string; value: number }[] };
    },
    user: string,
  ) =>
    panel.data.values.filter((row) => row.user === user)
      .map(({ part, value }) => [part, value]);
  assertEquals(of(times, "0 (edge)"), [
    ["upload", 2],
    ["inference", 30],
    ["wait", 5],
    ["download", 8],
  ]);
  assertEquals(of(times, "1 (cloud)")[1], ["backhaul", 30]);
  assertEquals(of(costs, "0 (edge)"), [
    ["user–server transfer", 100],
    ["GPU rental", 50],
  ]);
  assertEquals(of(costs, "1 (cloud)")[1], ["server–cloud transfer", 300]);
  assertThrows(
    () => slotAnatomyFigure([{ ...HIT, uplinkTimeS: Infinity }]),
    RangeError,
    "rows[0].uplinkTimeS must be a finite number",
  );
});

Deno.test("users of a downlink stand in the order in which they are sent", () => {
  const spec = plain(downlinkQueueFigure([
    { user: 0, server: 1, readyTimeS: 9, waitTimeS: 0, downlinkTimeS: 1 },
    { user: 1, server: 0, readyTimeS: 2, waitTimeS: 3, downlinkTimeS: 4 },
    { user: 2, server: 0, readyTimeS: 1, waitTimeS: 0, downlinkTimeS: 4 },
    {
      user: 3,
      server: 0,
      readyTimeS: Infinity,
      waitTimeS: 0,
      downlinkTimeS: 1,
    },
  ]));
  assertEquals(spec.encoding.y.sort, [
    "server 0: user 2",
    "server 0: user 1",
    "server 1: user 0",
  ]);
  const bars = spec.layer[0].data.values;
  assertEquals(
    bars.map((bar: Record<string, unknown>) => [bar.phase, bar.start, bar.end]),
    [
      ["download", 1, 5],
      ["wait", 2, 5],
      ["download", 5, 9],
      ["download", 9, 10],
    ],
  );
  assertEquals(
    spec.description,
    "A Gantt chart of 3 downloads: 1 wait for the downlink of their server, at most 3 s.",
  );
  assertEquals(spec.title.subtitle[1], "Never served, so without a bar: 3.");
});

Deno.test("an anytime curve goes on to the budget at its best value", () => {
  const rows = [
    { series: "GA", seed: 0, evaluations: 1, objective: 9 },
    { series: "GA", seed: 0, evaluations: 10, objective: 5 },
    { series: "PSO", seed: 0, evaluations: 100, objective: 6 },
  ];
  const [curve, optimum] = plain(
    anytimeFigure(rows, { budget: 100, optimum: 4 }),
  ).layer;
  assertEquals(
    curve.data.values.map((
      { series, evaluations, objective }: (typeof rows)[number],
    ) => [series, evaluations, objective]),
    [["GA", 1, 9], ["GA", 10, 5], ["GA", 100, 5], ["PSO", 100, 6]],
  );
  assertEquals(optimum.data.values, [{ optimum: 4 }]);
  assertThrows(
    () => anytimeFigure([{ ...rows[0], evaluations: 0 }]),
    RangeError,
    "rows[0].evaluations must be positive, got 0",
  );
});

Deno.test("every quantity of a training has a panel of its own rows", () => {
  const spec = plain(trainingPanelsFigure([
    { panel: "Loss", series: "TD3", episode: 1, value: 2 },
    { panel: "Value", series: "TD3", line: "Q", episode: 1, value: -1 },
    { panel: "Loss", series: "DDPG", episode: 1, value: 3 },
  ], { logPanels: ["Loss"] }));
  const [loss, value] = spec.vconcat;
  assertEquals(
    [loss, value].map(({ data, encoding }) => [
      data.values.length,
      encoding.y.scale.type,
    ]),
    [[2, "log"], [1, undefined]],
  );
  assertEquals(loss.encoding.color.scale.domain, ["TD3", "DDPG"]);
  assertEquals(
    spec.description,
    "Lines over 1 episodes. Loss: TD3 goes from 2 to 2 and DDPG goes from 3 to 3. Value: TD3, Q goes from -1 to -1.",
  );
  assertEquals(loss.encoding.strokeDash, undefined);
  assertEquals(value.encoding.strokeDash.scale.domain, ["Q"]);
});

Deno.test("methods stand worst first, and their two parts add up to G", () => {
  const spec = plain(methodBarsFigure([
    { series: "optimum", timePart: 2, costPart: 1, hitRate: 1 },
    { series: "random", timePart: 4, costPart: 4.5, hitRate: 0.25 },
  ]));
  assertEquals(spec.hconcat[0].data.values, [
    { series: "random", objective: 8.5, hitRate: 0.25 },
    { series: "optimum", objective: 3, hitRate: 1 },
  ]);
  assertEquals(spec.hconcat[0].encoding.y.sort, ["random", "optimum"]);
  assertEquals(
    spec.description,
    "Bars of 2 methods: random has G 8.5 and hit rate 0.25 and optimum has G 3 and hit rate 1.",
  );
});

Deno.test("an outcome's rows have its parts, and the ready times of its downlinks", () => {
  const { slots: [slot] } = generateTrace(SMALL_SCENARIO, {
    instanceSeed: 0,
    seed: 0,
  });
  const { decision } = solveSlot({ scenario: SMALL_SCENARIO, visible: slot });
  const outcome = evaluateSlot(slot.instance, slot.state, decision);
  const queue = queueRows(outcome, slot.server);
  anatomyRows(outcome).forEach((row, user) => {
    const partsS = row.uplinkTimeS + row.backhaulUplinkTimeS +
      row.inferenceTimeS + row.backhaulDownlinkTimeS;
    assertAlmostEquals(partsS, queue[user].readyTimeS, 1e-9);
    assertAlmostEquals(
      queue[user].readyTimeS + row.waitTimeS + row.downlinkTimeS,
      outcome.responseTimeS[user],
      1e-9,
    );
    assertAlmostEquals(
      row.accessCost + row.backhaulCost + row.gpuCost,
      outcome.userCost[user],
      1e-9,
    );
    assertEquals(queue[user].server, slot.server[user]);
  });
  const bar = methodBarRow("optimum", [outcome], slot.instance);
  assertAlmostEquals(bar.timePart + bar.costPart, outcome.objective, 1e-12);
});

Deno.test("the figures of the course are drawn without a warning", async () => {
  const specs = [
    networkMapFigure([
      { kind: "server", id: 0, xM: 500, yM: 500, server: 0 },
      { kind: "user", id: 0, xM: 100, yM: 200, server: 0, note: "model 3" },
    ]),
    slotAnatomyFigure([HIT, MISS]),
    downlinkQueueFigure([
      { user: 0, server: 0, readyTimeS: 1, waitTimeS: 0, downlinkTimeS: 4 },
      { user: 1, server: 0, readyTimeS: 2, waitTimeS: 3, downlinkTimeS: 4 },
    ]),
    anytimeFigure([
      { series: "GA", seed: 0, evaluations: 1, objective: 9 },
      { series: "GA", seed: 0, evaluations: 900, objective: 5 },
    ], { optimum: 4 }),
    trainingPanelsFigure([
      { panel: "Loss", series: "TD3", episode: 1, value: 2 },
      { panel: "Loss", series: "TD3", episode: 2, value: 0.1 },
      { panel: "Value", series: "TD3", line: "Q", episode: 1, value: -1 },
      { panel: "Value", series: "TD3", line: "return", episode: 1, value: -2 },
    ], { logPanels: ["Loss"] }),
    methodBarsFigure([
      { series: "optimum", timePart: 2, costPart: 1, hitRate: 1 },
      { series: "random", timePart: 4, costPart: 4.5, hitRate: 0.25 },
    ]),
  ];
  const folder = Deno.env.get("COURSE_FIGURES");
  for (const [i, spec] of specs.entries()) {
    const { svg, png } = await renderFigure(spec);
    if (folder) await Deno.writeFile(`${folder}/${i}.png`, png);
    assert(svg.startsWith("<svg"), `figure ${i}`);
  }
});
