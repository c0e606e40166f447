/**
 * How reports show what trials are measured by.
 *
 * @module
 */

import type { Metric } from "../studies/columns.ts";
import type { ShownValue } from "../figures/mod.ts";

/** A metric in figures and tables. */
export interface ShownMetric extends ShownValue {
  /** Whether the optimum is its least value, so that a gap to it says something. */
  readonly gapOf?: string;
}

const share = (title: string, text = title): ShownMetric => ({
  title,
  axis: text,
  apart: true,
  least: 0,
  greatest: 1,
});

const time = (title: string): ShownMetric => ({
  title,
  axis: `${title}, s`,
  better: "lower",
  apart: true,
  least: 0,
});

const cost = (title: string): ShownMetric => ({
  title,
  axis: `${title} a slot`,
  better: "lower",
  apart: true,
  least: 0,
});

/** Every metric of evaluations, by its column. */
export const SHOWN_METRICS: Readonly<Record<Metric, ShownMetric>> = {
  objective: {
    title: "Objective",
    axis: "Objective G",
    better: "lower",
    // G can rise so steeply that points set apart would change the lines' order.
    apart: false,
    least: 0,
    gapOf: "G",
  },
  episodeReturn: {
    title: "Episode return",
    axis: "Episode return Σₜ r(t)",
    better: "higher",
    apart: true,
  },
  hitRate: { ...share("Hit rate"), better: "higher" },
  hitRateOwnServer: {
    ...share("Hit rate", "Hit rate, own server"),
    better: "higher",
  },
  hitRateAnyServer: {
    ...share("Hit rate", "Hit rate, any server"),
    better: "higher",
  },
  cacheUtilization: share("Share of cached models that are used"),
  violations: {
    title: "Violations",
    axis: "Slots with a violation",
    apart: true,
    least: 0,
  },
  responseTimeS: time("Response time"),
  responseTimeP95S: time("95th percentile of the response time"),
  uplinkTimeS: time("Uplink time"),
  backhaulUplinkTimeS: time("Backhaul time of inputs"),
  inferenceTimeS: time("Inference time"),
  backhaulDownlinkTimeS: time("Backhaul time of outputs"),
  waitTimeS: time("Wait for the downlink"),
  downlinkTimeS: time("Downlink time"),
  totalCost: cost("Cost"),
  accessCost: cost("Access cost"),
  backhaulCost: cost("Backhaul cost"),
  gpuCost: cost("GPU cost"),
  storageCost: cost("Storage cost"),
  loadingCost: cost("Loading cost"),
};
