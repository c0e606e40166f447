import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { CheckpointError } from "../../lib/agents/mod.ts";
import { resumeTrial } from "../../lib/trials/resume.ts";
import {
  checkpointPath,
  runStoredTrial,
} from "../../lib/trials/run_stored_trial.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { readResults, withTemporaryFolder } from "./fixtures.ts";
import {
  checkpointAfter,
  CONFIG,
  forge,
  HEADER,
  HOSTILE,
  openLearner,
  PAYLOAD,
} from "./hostile_checkpoints.ts";

const clock = () => 0;

async function resume(bytes: Uint8Array) {
  const learner = await openLearner(CONFIG);
  try {
    return resumeTrial(learner, CONFIG, bytes);
  } finally {
    learner.dispose?.();
  }
}

for (const [what, bytes, message] of HOSTILE) {
  Deno.test(`a checkpoint ${what} is refused, whatever its checksum`, async () => {
    const error = await assertRejects(
      () => resume(bytes()),
      CheckpointError,
      message,
    );
    assert(!error.message.includes("\n"));
  });
}

for (const method of ["td3", "ddpg"]) {
  Deno.test(`every checkpoint of a trial of ${method} is taken`, async () => {
    const config = { ...CONFIG, method };
    for (const episodes of [1, 4, 5, 7, 9]) {
      const bytes = await checkpointAfter(episodes, config);
      const learner = await openLearner(config);
      const progress = resumeTrial(learner, config, bytes);
      assertEquals(progress.episodes.length, episodes);
      learner.dispose?.();
    }
  });
}

Deno.test("a hostile checkpoint is set aside with a line, and training starts over to the same bytes", async () => {
  await withTemporaryFolder(async (folder) => {
    const whole = await runStoredTrial(CONFIG, {
      dataDirectory: `${folder}/whole`,
      clock,
    });
    const expected = await readResults(whole!);
    for (const [what, bytes, message] of HOSTILE.filter((_, k) => k % 4 < 2)) {
      const dataDirectory = `${folder}/${what.replaceAll(/\W/g, "-")}`;
      const path = checkpointPath(dataDirectory, CONFIG);
      await Deno.mkdir(`${dataDirectory}/trials`, { recursive: true });
      await Deno.writeFile(path, bytes());
      const notes: string[] = [];
      const episodes: number[] = [];
      const directory = await runStoredTrial(CONFIG, {
        dataDirectory,
        clock,
        onNote: (line) => void notes.push(line),
        onEpisode: ({ episode }) => void episodes.push(episode),
      });
      assertEquals(episodes[0], 1);
      assertEquals(notes.length, 1);
      assert(notes[0].includes(message), notes[0]);
      assert(notes[0].endsWith("the trial starts anew"), notes[0]);
      assertEquals(await readResults(directory!), expected);
    }
  });
});

Deno.test("a checkpoint with any mutation is refused or whole, and nothing else", async () => {
  const stream = new RandomStream(17, "mutations");
  const VALUES = ["null", "-1", "1e999", "0.5", '""', "[]", "{}", "true", "7"];
  const encoder = new TextEncoder();
  let refused = 0;
  const count = Deno.args.includes("--long") ? 5000 : 300;
  for (let k = 0; k < count; k++) {
    // A value of the header is replaced, or some bytes of it or of the payload.
    const values = [...HEADER.matchAll(/(?<=[:,[])(-?[\d.e+-]+|"[^"]*")/g)];
    const { index, 0: old } = values[stream.integer(values.length)];
    const value = VALUES[stream.integer(VALUES.length)];
    const header = k % 3 > 0
      ? HEADER.slice(0, index) + value + HEADER.slice(index + old.length)
      : HEADER;
    const bytes = forge(header, PAYLOAD);
    const end = k % 3 === 1 ? 0 : bytes.length - 48;
    if (end > 0 && k % 3 === 0) {
      const place = 16 + stream.integer(
        k % 2 === 0 ? encoder.encode(HEADER).length : end,
      );
      bytes[place] = stream.integer(256);
      const sum = createHash("sha256").update(bytes.subarray(0, -32)).digest();
      bytes.set(sum, bytes.length - 32);
    }
    try {
      await resume(bytes);
    } catch (error) {
      assert(error instanceof CheckpointError, String(error));
      refused++;
    }
  }
  assert(refused > count / 2, `${refused} of ${count}`);
});
