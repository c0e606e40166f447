import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { join } from "node:path";
import {
  createSubmission,
  jobNameOf,
  markCancelled,
  readSubmissions,
  readTask,
  submissionsDirectory,
  writeReport,
} from "../../../lib/studies/slurm/folder.ts";
import { readFailures, recordFailure } from "../../../lib/studies/failures.ts";
import { trialId } from "../../../lib/trials/trial.ts";
import { InputError } from "../../../lib/input/input_error.ts";
import { smallTrial, withTemporaryFolder } from "../../trials/fixtures.ts";

const TRIALS = [0, 1, 2].map((seed) => {
  const config = smallTrial({ seed });
  return { id: trialId(config), config };
});
const TASKS = [[TRIALS[0], TRIALS[2]], [TRIALS[1]]];

function submit(data: string, tasks = TASKS) {
  return createSubmission(data, "fig6", {
    tasks,
    files: (folder, jobName) => ({ "array.sh": `${folder} ${jobName}\n` }),
  });
}

const namesOf = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

Deno.test("a submission is read as it was written", async () => {
  await withTemporaryFolder(async (data) => {
    const { folder, jobName } = await submit(data);
    assertEquals(folder, join(data, "sweeps", "fig6", "slurm", "1"));
    assertMatch(jobName, /^fig6-1-[0-9a-f]{8}$/);
    assertEquals(
      await Deno.readTextFile(join(folder, "array.sh")),
      `${folder} ${jobName}\n`,
    );
    assertEquals(await readTask(folder, 0), TASKS[0]);
    assertEquals(await readTask(folder, 1), TASKS[1]);
    const read = {
      number: 1,
      jobName,
      tasks: TASKS.map((trials) => trials.map(({ id }) => id)),
      reports: new Map(),
      cancelled: false,
    };
    assertEquals(await readSubmissions(data, "fig6"), [read]);

    const report = { job: 3, node: "a", failed: [], running: TRIALS[1].id };
    await writeReport(folder, 1, { job: 2, node: "b", failed: [] });
    await writeReport(folder, 1, report);
    await markCancelled(folder);
    assertEquals(await readSubmissions(data, "fig6"), [{
      ...read,
      reports: new Map([[1, report]]),
      cancelled: true,
    }]);
  });
});

Deno.test("submissions at the same time get numbers of their own and leave nothing else", async () => {
  await withTemporaryFolder(async (data) => {
    assertEquals(await readSubmissions(data, "fig6"), []);
    const created = await Promise.all(
      Array.from({ length: 8 }, () => submit(data)),
    );
    const numbers = ["1", "2", "3", "4", "5", "6", "7", "8"];
    const parent = submissionsDirectory(data, "fig6");
    assertEquals(await namesOf(parent), numbers);
    assertEquals(new Set(created.map(({ jobName }) => jobName)).size, 8);
    // Scripts name the folder that they are in.
    for (const { folder, jobName } of created) {
      assertEquals(
        await Deno.readTextFile(join(folder, "array.sh")),
        `${folder} ${jobName}\n`,
      );
    }
    assertEquals(
      (await readSubmissions(data, "fig6")).map(({ number }) => `${number}`),
      numbers,
    );
  });
});

Deno.test("a submission that cannot be written leaves nothing", async () => {
  await withTemporaryFolder(async (data) => {
    const failing = createSubmission(data, "fig6", {
      tasks: TASKS,
      files: () => {
        throw new Error("no script");
      },
    });
    assertEquals(await failing.catch(({ message }) => message), "no script");
    assertEquals(await namesOf(submissionsDirectory(data, "fig6")), []);
  });
});

Deno.test("jobs of other folders have other names", async () => {
  await withTemporaryFolder(async (one) => {
    await withTemporaryFolder(async (other) => {
      assertNotEquals(
        await jobNameOf(one, "fig6", 1),
        await jobNameOf(other, "fig6", 1),
      );
    });
  });
});

Deno.test("a damaged file of a submission is told in one line", async () => {
  const cases: [string, string, string][] = [
    ["tasks.json", "", "the document must be valid JSON, got nothing"],
    ["tasks.json", "[[1]]", "[0][0] must be a text, got 1"],
    ["tasks.json", "{}", "the document must be an array, got {}"],
    ["tasks/0.json", '[{"id":"x"', "the document must be valid JSON"],
    ["tasks/0.json", '[{"id":"x"}]', "[0].config must be a trial's config"],
    [
      "tasks/0.json",
      '[{"id":"x","config":{"policy":"random","scenario":null}}]',
      "[0].config must be a trial's config",
    ],
    ["reports/0.json", "null", "the document must be an object with job"],
    [
      "reports/0.json",
      '{"job":1,"node":"a","failed":[null]}',
      "failed[0] must be an object with id, reason, got null",
    ],
    ["reports/0.json", '{"job":1,"job":2}', 'every key once, got "job" twice'],
  ];
  for (const [file, text, message] of cases) {
    await withTemporaryFolder(async (data) => {
      const { folder } = await submit(data);
      await Deno.mkdir(join(folder, "reports"));
      await Deno.writeTextFile(join(folder, file), text);
      const error = await assertRejects(
        async () => {
          await readTask(folder, 0);
          await readSubmissions(data, "fig6");
        },
        InputError,
        message,
      );
      assert(error.message.startsWith(`Cannot read ${join(folder, file)}: `));
      assert(!error.message.includes("\n"));
    });
  }
});

Deno.test("a damaged record of a failure is a failure without a reason", async () => {
  await withTemporaryFolder(async (data) => {
    await recordFailure(data, "fig6", "a", "too hot");
    const folder = join(data, "sweeps", "fig6", "failures");
    for (const text of ["", "null", '{"reason": 7}', "{", "\0\0"]) {
      await Deno.writeTextFile(join(folder, "b.json"), text);
      const reasons = await readFailures(data, "fig6");
      assertEquals(reasons.get("a"), "too hot");
      assert(reasons.get("b")?.startsWith("unknown: Cannot read "));
    }
  });
});
