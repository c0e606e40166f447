import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type Agent,
  CheckpointError,
  DdpgAgent,
  decodeCheckpoint,
  encodeCheckpoint,
  Td3Agent,
  train,
  type TrainingRow,
} from "../../lib/agents/mod.ts";
import {
  DDPG_OPTIONS,
  IdentityEnvironment,
  stoppedClock,
  TD3_OPTIONS,
} from "./fixtures.ts";

const EPISODES = 12;

/** A run of the whole length from `firstEpisode`, as one checkpoint. */
async function finish(
  agent: Agent,
  rows: TrainingRow[],
  firstEpisode: number,
  onRow: (row: TrainingRow) => void = () => {},
): Promise<Uint8Array> {
  const training = train({
    agent,
    environment: new IdentityEnvironment(),
    firstEpisode,
    episodes: EPISODES,
    episodeSeed: (episode) => 1000 + episode,
    metrics: (distance) => ({ distance }),
    evaluation: {
      environment: new IdentityEnvironment(),
      every: 4,
      seeds: [1, 2],
      isViolated: () => false,
    },
    clock: stoppedClock,
  });
  for await (const row of training) {
    rows.push(row);
    onRow(row);
  }
  const state = agent.save();
  agent.dispose();
  return encodeCheckpoint({ episode: EPISODES, agent: state, extra: rows });
}

// The buffer of 70 is full, and its oldest rows overwritten, after episode 7.
const AGENTS: Record<string, () => Agent> = {
  TD3: () => new Td3Agent({ ...TD3_OPTIONS, replayCapacity: 70 }),
  DDPG: () => new DdpgAgent({ ...DDPG_OPTIONS, replayCapacity: 70 }),
};

for (const [name, create] of Object.entries(AGENTS)) {
  Deno.test(`${name} continued from any checkpoint equals ${name} uninterrupted`, async () => {
    const files: Uint8Array[] = [];
    const original = create();
    const rows: TrainingRow[] = [];
    const uninterrupted = await finish(original, rows, 1, (row) => {
      if (![1, 6, 9].includes(row.episode)) return;
      files.push(encodeCheckpoint({
        episode: row.episode,
        agent: original.save(),
        extra: rows,
      }));
    });
    assert(original.updates > 50);
    assertEquals(files.length, 3);
    for (const file of files) {
      const checkpoint = decodeCheckpoint(file);
      const agent = create();
      agent.restore(checkpoint.agent);
      const continued = await finish(
        agent,
        checkpoint.extra as TrainingRow[],
        checkpoint.episode + 1,
      );
      assertEquals(continued, uninterrupted);
    }
  });
}

const SMALL = {
  episode: 3,
  agent: {
    algorithm: "td3",
    counters: { updates: 7 },
    streams: { noise: { c: 1, s0: 0.1, s1: 0.2, s2: 0.3 } },
    arrays: {
      actor: new Float32Array([1, -0, 1e-40, Infinity, NaN]),
      empty: new Float32Array(),
      critics: new Float32Array([0.1]),
    },
  },
  extra: { note: "über", rows: [1, 2.5, null] },
};

Deno.test("a checkpoint is decoded as it was encoded", () => {
  assertEquals(decodeCheckpoint(encodeCheckpoint(SMALL)), SMALL);
});

Deno.test("a checkpoint ends in the SHA-256 of all that stands before", async () => {
  const bytes = encodeCheckpoint(SMALL);
  const sum = await crypto.subtle.digest("SHA-256", bytes.slice(0, -32));
  assertEquals(bytes.slice(-32), new Uint8Array(sum));
});

Deno.test("a checkpoint is decoded from the middle of a buffer", () => {
  const bytes = encodeCheckpoint(SMALL);
  const shifted = new Uint8Array(bytes.length + 3).subarray(3);
  shifted.set(bytes);
  assertEquals(decodeCheckpoint(shifted), SMALL);
});

Deno.test("every truncation of a checkpoint is noticed", () => {
  const bytes = encodeCheckpoint(SMALL);
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(
      () => decodeCheckpoint(bytes.subarray(0, length)),
      CheckpointError,
      length === 0
        ? "got an empty file"
        : length < 8
        ? "got another file"
        : "got a truncated or damaged file",
    );
  }
});

Deno.test("every damaged byte of a checkpoint is noticed", () => {
  const bytes = encodeCheckpoint(SMALL);
  for (let i = 0; i < bytes.length; i++) {
    const damaged = bytes.slice();
    damaged[i] ^= 0x10;
    assertThrows(() => decodeCheckpoint(damaged), CheckpointError);
  }
});

Deno.test("other files and versions are refused by name", () => {
  assertThrows(
    () => decodeCheckpoint(new TextEncoder().encode("{}".repeat(50))),
    CheckpointError,
    'it must start with "EAIGCKPT", got another file',
  );
  const later = encodeCheckpoint(SMALL);
  later[8] = 2;
  assertThrows(
    () => decodeCheckpoint(later),
    CheckpointError,
    "it must have version 1, got version 2",
  );
});

Deno.test("a checkpoint refuses numbers that JSON would turn into null", () => {
  assertThrows(
    () => encodeCheckpoint({ ...SMALL, extra: { best: NaN } }),
    TypeError,
    "best must be finite, got NaN",
  );
});
