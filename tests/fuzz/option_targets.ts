/**
 * Command lines: sound ones with words put in, that are known or odd.
 *
 * @module
 */

import { main as evaluate } from "../../lib/cli/evaluate.ts";
import { main as play } from "../../lib/cli/play.ts";
import { main as scenario } from "../../lib/cli/scenario.ts";
import { main as sweep } from "../../lib/cli/sweep.ts";
import { main as train } from "../../lib/cli/train.ts";
import type { RandomStream } from "../../lib/math/prng.ts";
import { pick } from "./mutate.ts";
import { DATA, ofCommand, type Target } from "./target.ts";

const ODD_WORDS = [
  ...["", " ", "-", "--", "---", "-1", "--seed", "--help=1", "0x10", " 7 "],
  ...["1e400", "NaN", "\u001b[2J", "a\nb", "../..", "é", "--no-seed", "-x"],
  ...["--constructor", "--__proto__=1", "--seed=", "--set", "--set=users"],
  ...["--set=users=5,x", "--set=__proto__=1", "--seeds=3-1", "--seeds", "0-2"],
  ...["--seed=1764326400000", "--engine=cuda", "--policy=best", "--metric=x"],
  ...["--methods=td3,sac", "--jobs=0", "--timeout=-1", "--data=a,b"],
];

interface OptionList {
  readonly command: string;
  readonly main: (args: string[]) => Promise<number>;
  readonly base: readonly string[];
  readonly known: readonly string[];
}

const LISTS: readonly OptionList[] = [
  {
    command: "train",
    main: train,
    base: [
      ...["td3", "--scenario", "small", "--episodes", "1"],
      ...["--data", DATA],
    ],
    known: ["--seed=3", "--engine=wasm", "ddpg", "--scenario=paper"],
  },
  {
    command: "play",
    main: play,
    base: ["optimum", "--scenario", "small", "--data", DATA],
    known: [
      ...["--seed=3", "--episodes=2", "--json", "random", "td3", "--set=a=1"],
      ...["--method=a.ts", "td3-seed0-0123456789ab", "--scenario=balanced"],
    ],
  },
  {
    command: "sweep",
    main: sweep,
    base: ["smoke", "--dry-run", "--data", DATA],
    known: [
      ...["--set=users=2", "--seeds=0-3", "--methods=random", "--list"],
      ...["--schema", "--verify", "--repair", "--parquet", "--only-failed"],
      ...["--fail-fast", "--status", "--cancel", "tune", "--checkpoint=1"],
    ],
  },
  {
    command: "scenario",
    main: scenario,
    base: ["small"],
    known: ["paper", "balanced"],
  },
  {
    command: "evaluate",
    main: evaluate,
    base: ["tests/env/golden_slots.json"],
    known: ["--policy=random", "--seed=3", "--table"],
  },
];

function putIn(
  stream: RandomStream,
  words: readonly string[],
  known: readonly string[],
): string[] {
  const list = [...words];
  for (let k = stream.integer(3); k >= 0; k--) {
    const word = stream.integer(3) === 0
      ? pick(stream, known)
      : pick(stream, ODD_WORDS);
    list.splice(stream.integer(list.length + 1), 0, word);
  }
  return list;
}

/** Command lines of commands that can be called thousands of times. */
export const OPTION_LISTS: readonly Target[] = LISTS.map((
  { command, main, base, known },
) => ({
  name: `options of ${command}`,
  weight: 1,
  command,
  draw: (stream) => ({
    bytes: new Uint8Array(),
    words: putIn(stream, base, known),
  }),
  run: ofCommand(main),
}));
