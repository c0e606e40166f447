/**
 * Random states of the playground, with the numbers that it shows in them.
 *
 * @module
 */

import { assertLessOrEqual } from "@std/assert";
import type { Page } from "../browser/browser.ts";

/** An outcome as JSON. */
export interface OutcomeJson {
  /** G(t), or `"Infinity"`. */
  readonly objective: number | string;
  /** Broken constraints. */
  readonly violations: readonly string[];
}

/** A state, and the numbers of the page. */
export interface PlayedState {
  /** Slot and decision in the form of a slot file. */
  readonly slot: Readonly<Record<string, unknown>>;
  /** What the page makes of it. */
  readonly outcome: OutcomeJson;
  /** What the page says that the others make of it. */
  readonly decided: readonly {
    readonly label: string;
    readonly outcome: OutcomeJson;
  }[];
}

/** Runs in the page: worlds, slots, places, caches and shares at random. */
const PLAY = `(count) => {
  let word = 24;
  const uniform = () => {
    word = Math.imul(word, 1664525) + 1013904223 | 0;
    return (word >>> 8) / 2 ** 24;
  };
  const below = (bound) => Math.floor(bound * uniform());
  const world = document.getElementById("world");
  return Array.from({ length: count }, (_, k) => {
    if (k % 100 === 0) {
      world.selectedIndex = k / 100 % world.options.length;
      world.dispatchEvent(new Event("change"));
    }
    const { model } = playground;
    model.open(below(20), below(10));
    const { numUsers, numServers, numModels } = model.instance;
    for (let user = 0; user < numUsers; user++) {
      model.moveUser(user, 1200 * uniform() - 100, 1200 * uniform() - 100);
    }
    const dense = uniform();
    for (let j = 0; j < numServers; j++) {
      for (let m = 0; m < numModels; m++) {
        if (uniform() < dense / 2) model.toggle(j, m);
      }
    }
    const rule = ["equal", "best", "by hand", "by hand"][below(4)];
    model.setRule(rule);
    if (rule === "by hand") {
      for (let user = 0; user < numUsers; user++) {
        for (const shared of ["bandwidth", "compute"]) {
          model.setShare(shared, user, below(8) === 0 ? 0 : 0.4 * uniform());
        }
      }
    }
    playground.show();
    return playground.numbers();
  });
}`;

/** Plays states one after the other. */
export async function randomStates(
  page: Page,
  count: number,
): Promise<PlayedState[]> {
  return await page.evaluate(`(${PLAY})(${count})`);
}

/** Methods that `evaluate` knows, by their names on the page. */
const POLICIES: Readonly<Record<string, string>> = {
  Optimum: "optimum",
  "Marginal rule": "request-aware-marginal",
};

/** Compares what the page says of others with what `evaluate --policy` prints. */
export async function compareRivals(
  states: readonly PlayedState[],
  evaluate: (policy: string) => Promise<OutcomeJson[]>,
): Promise<void> {
  for (const [label, policy] of Object.entries(POLICIES)) {
    const expected = await evaluate(policy);
    states.forEach(({ decided }, k) => {
      const { outcome } = decided.find((one) => one.label === label)!;
      const [ours, theirs] = [outcome, expected[k]]
        .map(({ objective }) => Number(objective));
      assertLessOrEqual(
        Math.abs(ours - theirs) / theirs,
        1e-9,
        `${label} in state ${k}`,
      );
    });
  }
}
