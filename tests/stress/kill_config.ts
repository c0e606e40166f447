/**
 * What is run while it is killed.
 *
 * @module
 */

import type { SweepConfig } from "../../lib/studies/config.ts";

/** Forty short trials of an agent and of a policy. */
export const KILL_CONFIG: SweepConfig = {
  name: "killed",
  scenario: "small",
  methods: ["td3", "random"],
  hyperparameters: {
    "*.hiddenSizes": [16, 16],
    "*.batchSize": 8,
    "*.minReplaySize": 16,
  },
  seeds: "0-19",
  episodes: 120,
  evaluateEvery: 20,
  evaluationEpisodes: 2,
  testEpisodes: 20,
};
