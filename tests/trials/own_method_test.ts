import { assertEquals, assertRejects } from "@std/assert";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import { play } from "../../lib/trials/play.ts";
import { InputError } from "../../lib/input/input_error.ts";
import type { Method } from "../../lib/methods/mod.ts";
import { createRequestAware } from "../../lib/policies/mod.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

/** Shares are a hundred times what there is, in every second slot. */
const GREEDY: Method = {
  name: "greedy",
  label: "greedy",
  create: () => {
    const honest = createRequestAware("equal");
    return {
      decide: (view) => {
        const decision = honest.decide(view);
        return view.slot % 2 === 0 ? decision : {
          ...decision,
          bandwidthShare: decision.bandwidthShare.map((share) => 100 * share),
          computeShare: decision.computeShare.map((share) => 100 * share),
        };
      },
    };
  },
};

Deno.test("slots in which a constraint is broken are counted, once each", async () => {
  const setup = { scenario: SMALL_SCENARIO, seeds: 0, testEpisodes: 3 };
  // Of the 4 slots of an episode 2 break 18c, 18d, 18f and 18g at once.
  assertEquals((await play(GREEDY, setup))[0].violations, 3 * 2);
  assertEquals((await play("random", setup))[0].violations, 0);
});

Deno.test("what a method does to what it is shown does not change the world", async () => {
  const setup = { scenario: SMALL_SCENARIO, seeds: 0, testEpisodes: 2 };
  const honest = createRequestAware("equal");
  const spoil = ({ instance, state, server }: TraceSlot) => {
    for (const part of [instance, state]) {
      for (const value of Object.values(part)) {
        if (ArrayBuffer.isView(value)) (value as Float64Array).fill(1);
      }
    }
    server.fill(0);
  };
  const vandal: Method = {
    name: "vandal",
    label: "vandal",
    sees: "episode",
    create: ({ instance }) => {
      instance.modelSizeBytes.fill(1);
      return {
        beginEpisode: ({ slots }) => slots.forEach(spoil),
        decide: (view) => {
          const decision = honest.decide(view);
          const copy = structuredClone(decision);
          spoil(view.visible);
          view.previous.cache.fill(1);
          return copy;
        },
        feedback: ({ played }) => spoil(played),
      };
    },
  };
  const [{ series: _, ...expected }] = await play("request-aware-equal", setup);
  const [{ series, ...found }] = await play(vandal, setup);
  assertEquals([series, found], ["vandal ◇", expected]);
});

Deno.test("what is no method, and a decision that comes later, are refused by name", async () => {
  const setup = { scenario: SMALL_SCENARIO, seeds: 0, testEpisodes: 1 };
  const cases: [unknown, string][] = [
    [null, "method must be a method: an object with name, label, create"],
    [{}, "method.name must be a text, got nothing"],
    [
      { ...GREEDY, nam: 1 },
      "method.nam must be a known key (nearest: name), got 1",
    ],
    [{ ...GREEDY, name: "two words" }, "method.name must be a name of letters"],
    [{ ...GREEDY, create: 7 }, "method.create must be a function, got 7"],
  ];
  for (const [method, message] of cases) {
    await assertRejects(
      () => play(method as Method, setup),
      InputError,
      `Cannot play the method: ${message}`,
    );
  }
  const late = {
    ...GREEDY,
    create: () => ({ decide: () => Promise.resolve(new Float32Array(1)) }),
  };
  await assertRejects(
    () => play(late as unknown as Method, setup),
    InputError,
    "Cannot step: decide must be a function that returns at once, got a promise",
  );
  await assertRejects(
    () => play("random", { ...setup, scenario: "paper" as never }),
    InputError,
    "Cannot play the method: scenario must be a scenario",
  );
});
