/**
 * How environments show themselves.
 *
 * @module
 */

import type { EdgeEnv } from "../../env/edge_env.ts";
import type { DisplayBundle } from "../front_end.ts";
import { type Display, hasMethods, pageBundle } from "./display.ts";
import { isScenario, sizesText } from "./scenario.ts";

/** Some numbers of an observation or an action. */
interface Part {
  readonly part: string;
  readonly of: string;
  readonly symbol: string;
  readonly size: number;
}

async function environmentBundle(env: EdgeEnv): Promise<DisplayBundle> {
  const { observationBlocks } = await import("../../env/observation.ts");
  const { scenario, observationSize, actionSize } = env;
  const { numUsers, numServers, numModels } = scenario.parameters;
  const blocks = observationBlocks(scenario);
  const isDefault =
    blocks.reduce((sum, { size }) => sum + size, 0) === observationSize;
  const parts = [
    ["cache scores", "β(t), E·M", numServers * numModels],
    ["bandwidth scores", "α(t), E·U", numServers * numUsers],
    ["compute scores", "ℓ(t), E·U", numServers * numUsers],
  ] as const;
  const rows: Part[] = [
    ...isDefault
      ? blocks.map(({ name, symbol, size }) => ({
        part: name,
        of: "observation (Eq. 19)",
        symbol,
        size,
      }))
      : [],
    ...parts.map(([part, symbol, size]) => ({
      part,
      of: "action (Eq. 20)",
      symbol,
      size,
    })),
  ];
  return pageBundle({
    title: `EdgeEnv of scenario ${scenario.name}: ${sizesText(scenario)}`,
    rows,
    notes: [
      `Observations have ${observationSize} numbers, actions ${actionSize} in [-1, 1].`,
      isDefault
        ? ""
        : "Observations are made by other choices than the default ones.",
    ],
  });
}

/** Environments of the lab. */
export const ENVIRONMENT: Display<EdgeEnv> = {
  test: (value): value is EdgeEnv =>
    hasMethods(value, ["reset", "step", "stepDecision"]) &&
    isScenario(Reflect.get(value, "scenario")),
  bundles: async (env) => [await environmentBundle(env)],
};
