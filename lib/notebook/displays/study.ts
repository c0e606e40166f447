/**
 * How studies show themselves.
 *
 * @module
 */

import type { Study } from "../../studies/study.ts";
import type { DisplayBundle } from "../front_end.ts";
import { type Display, hasMethods, isPlain, pageBundle } from "./display.ts";

/** Of how many trials it is looked up whether they are finished. */
const MOST_LOOKED_UP = 2000;

async function studyBundle(study: Study): Promise<DisplayBundle> {
  const { trials, data, sweep: { name, title, columns } } = study;
  const finished = new Set<string>();
  const isCounted = trials.length <= MOST_LOOKED_UP;
  if (isCounted) {
    const { isFinished } = await import("../../trials/store.ts");
    for (const { id, config } of trials) {
      if (await isFinished(data, config)) finished.add(id);
    }
  }
  const methods = Map.groupBy(trials, ({ method }) => method);
  const count = isCounted ? `, ${finished.size} finished` : "";
  return pageBundle({
    title: `Study ${name}: ${trials.length} trials${count}`,
    rows: [...methods].map(([method, own]) => ({
      method,
      label: own[0].label,
      trials: own.length,
      ...isCounted
        ? { finished: own.filter(({ id }) => finished.has(id)).length }
        : {},
    })),
    notes: [
      title,
      columns.length === 0
        ? ""
        : `Varies beside method and seed: ${columns.join(", ")}.`,
      `Results: ${data}`,
    ],
  });
}

/** Studies as `openStudy` opens them. */
export const STUDY: Display<Study> = {
  test: (value): value is Study => {
    if (isPlain(value) || !hasMethods(value, ["run", "rows"])) return false;
    const sweep: unknown = Reflect.get(value, "sweep");
    return isPlain(sweep) && Array.isArray(sweep.trials) &&
      Array.isArray(sweep.columns) &&
      typeof Reflect.get(value, "data") === "string";
  },
  bundles: async (study) => [await studyBundle(study)],
};
