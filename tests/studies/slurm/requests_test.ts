import { assertEquals } from "@std/assert";
import {
  DEFAULT_REQUEST,
  requestTrials,
} from "../../../lib/studies/slurm/requests.ts";
import { kindOf } from "../../../lib/studies/forecast.ts";
import { smallTrial } from "../../trials/fixtures.ts";

const TD3 = kindOf(smallTrial());
const DDPG = kindOf(smallTrial({ method: "ddpg" }));

Deno.test("trials ask for twice the slowest episodes and 1.5 times the largest memory of their kind", () => {
  const measured = [
    // 2 s, 3 s and 1 s per episode.
    { kind: TD3, seconds: 20, episodes: 10 },
    { kind: TD3, seconds: 60, episodes: 20, peakMemoryBytes: 200 },
    { kind: TD3, seconds: 10, episodes: 10, peakMemoryBytes: 300 },
    { kind: DDPG, seconds: 1e6, episodes: 1, peakMemoryBytes: 1e9 },
  ];
  assertEquals(requestTrials([smallTrial({ episodes: 50 })], measured), [
    { seconds: 2 * 3 * 50 + 10, memoryBytes: 450, measured: true },
  ]);
});

Deno.test("where none of its kind was measured, a trial asks for an hour and 2 GiB", () => {
  assertEquals(DEFAULT_REQUEST, {
    seconds: 3600,
    memoryBytes: 2 ** 31,
    measured: false,
  });
  const measured = [{ kind: DDPG, seconds: 9, episodes: 12 }];
  const [unlike, like] = requestTrials(
    [smallTrial(), smallTrial({ method: "ddpg", seed: 9 })],
    measured,
  );
  assertEquals(unlike, DEFAULT_REQUEST);
  // Its time was measured, its memory was not.
  assertEquals(like, { seconds: 28, memoryBytes: 2 ** 31, measured: true });
});
