import { assert, assertEquals } from "@std/assert";
import {
  EXPERIMENTS,
  FIG05,
  trialsOf,
} from "../../lib/experiments/registry.ts";
import { trialId } from "../../lib/experiments/trial.ts";

Deno.test("the paper profile of Fig. 5 is Table 3's 800 episodes of 10 slots on 5 seeds", () => {
  const trials = trialsOf(FIG05, "paper");
  assertEquals(trials.length, 10);
  for (const trial of trials) {
    assertEquals(trial.episodes, 800);
    assertEquals(trial.scenario.parameters.slotsPerEpisode, 10);
  }
  assertEquals(
    trials.filter((trial) => trial.algorithm === "td3").map((t) => t.seed),
    [0, 1, 2, 3, 4],
  );
});

Deno.test("every experiment has trials of its own in both profiles", () => {
  for (const experiment of EXPERIMENTS) {
    const ids = (["quick", "paper"] as const)
      .flatMap((profile) => trialsOf(experiment, profile)).map(trialId);
    assert(ids.length > 0);
    assertEquals(new Set(ids).size, ids.length);
  }
});
