import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { exists } from "../../lib/trials/store.ts";
import type { PrivateSlurm } from "./private_slurm.ts";
import { assertLikeLocalRun, succeed, sweepCommand } from "./sweep.ts";
import { testWithSlurm, waitUntil } from "./with_slurm.ts";

/** Twenty-four trials of a second. */
const MANY = ["smoke", "--seeds", "0-5"];

/** Four trials that last for many checkpoints, see `SLOW`. */
const LONG = [
  ...["smoke", "--methods", "td3", "--seeds", "0-3"],
  ...["--set", "users=3", "--set", "episodes=24000"],
];

/** What is submitted of them saves a checkpoint every half second. */
const SLOW = [...LONG, "--checkpoint", "0.5"];

/** What each of the four asks for; eight of them fit on a node. */
const SMALL = ["--slurm-option", "mem=1G", "--slurm-option", "time=10"];

/** States of the tasks of all jobs, by task; the job that follows has none. */
async function readTasks(slurm: PrivateSlurm): Promise<Map<string, string>> {
  const text = await slurm.run(
    "squeue",
    ...["-h", "-r", "-t", "all", "-o", "%K %T"],
  );
  return new Map(
    text.split("\n").filter(Boolean).map((line) => {
      const [task, state] = line.split(" ");
      return [task, state];
    }),
  );
}

async function waitForEnd(slurm: PrivateSlurm): Promise<void> {
  await waitUntil(
    async () => await slurm.run("squeue", "-h") === "",
    "the queue is empty",
  );
}

/** Waits until every trial has a checkpoint, so that all are under way. */
async function waitForCheckpoints(data: string, count: number) {
  await waitUntil(async () => {
    const folder = join(data, "trials");
    if (!await exists(folder)) return false;
    const names = await Array.fromAsync(Deno.readDir(folder));
    return names.filter(({ name }) => /^[^.]+\.checkpoint$/.test(name))
      .length === count;
  }, `${count} trials are under way`);
}

testWithSlurm(
  "an array of 24 trials gives the bytes of a local run",
  async (slurm, folder) => {
    const data = join(folder, "data");
    const sweep = sweepCommand(data, slurm);
    const dry = await succeed(sweep, ...MANY, "--slurm", "--dry-run");
    assertMatch(dry, /^#SBATCH --array=0-23$/m);
    assert(!await exists(data));

    const text = await succeed(sweep, ...MANY, "--slurm", ...SMALL);
    assertMatch(text, /24 of the 24 trials are the first of their kind/);
    assertMatch(text, /Submitted 24 trials as the 24 tasks of job 1\.\n/);
    assertMatch(text, /Job 2 follows/);
    // Whatever is in the queue is not submitted again.
    assertMatch(
      await succeed(sweep, ...MANY, "--slurm"),
      /\d+ are finished and \d+ in the queue\nNothing to submit/,
    );
    await waitForEnd(slurm);
    assertMatch(
      await succeed(sweep, ...MANY, "--status"),
      /^smoke: 24 trials, 24 done\n$/,
    );
    await succeed(sweepCommand(data), ...MANY, "--verify");
    await assertLikeLocalRun(data, "smoke", MANY);

    // Now that their time and memory are known, others ask for no more.
    const known = await succeed(
      sweep,
      ...["smoke", "--seeds", "6-9", "--slurm", "--dry-run"],
    );
    assert(!known.includes("first of their kind"), known);
    assertMatch(known, /^#SBATCH --time=00:03:00$/m);
    const memory = Number(/^#SBATCH --mem=(\d+)M$/m.exec(known)?.[1]);
    assert(memory > 256 && memory < 1024, known);
  },
);

testWithSlurm(
  "small arrays, odd names and scripts submitted by hand work too",
  async (slurm, folder) => {
    const data = join(folder, `it's "my" data: 100 %a`);
    const sweep = sweepCommand(data, slurm);
    const text = await succeed(
      sweep,
      ...[...MANY, "--slurm", "--max-parallel", "2", ...SMALL],
    );
    assertMatch(text, /Submitted 24 trials as the 4 tasks of job 1\.\n/);
    await succeed(sweep, ...MANY, "--cancel");
    await waitForEnd(slurm);

    const submission = join(data, "sweeps", "smoke", "slurm", "1");
    const job = await slurm.run(
      "sbatch",
      ...["--parsable", join(submission, "array.sh")],
    );
    await slurm.run(
      "sbatch",
      ...[`--dependency=afterany:${job}`, join(submission, "table.sh")],
    );
    await waitUntil(
      async () => {
        const running = [...(await readTasks(slurm)).values()]
          .filter((state) => state === "RUNNING");
        assert(running.length <= 2);
        return await slurm.run("squeue", "-h") === "";
      },
      "the queue is empty",
    );
    await assertLikeLocalRun(data, "smoke", MANY);
  },
  { maxArraySize: 4 },
);

testWithSlurm(
  "failed tasks are reported, also when Slurm has forgotten them, and run again",
  async (slurm, folder) => {
    const data = join(folder, "data");
    const sweep = sweepCommand(data, slurm);
    const listed = await succeed(sweep, ...LONG, "--list");
    const ids = listed.match(/^td3-seed\S+/gm)!;
    assertEquals(ids.length, 4);
    // A worker that throws: what should be a file is a folder.
    const obstacle = join(data, "trials", `${ids[0]}.checkpoint`);
    await Deno.mkdir(obstacle, { recursive: true });
    await succeed(
      sweep,
      ...[...SLOW, "--slurm", ...SMALL, "--slurm-option", "no-requeue"],
    );
    await waitForCheckpoints(data, 4);
    await slurm.killTask(1);
    await slurm.run("scancel", "--signal=TERM", "--full", "1_2");
    assertEquals(
      await slurm.run("squeue", "-h", "-w", "b", "-o", "%K"),
      "3",
    );
    await slurm.breakNode("b");
    await waitForEnd(slurm);

    const report = [
      /^smoke: 4 trials, 4 failed\n/,
      /td3 seed 0: .*Is a directory/,
      /td3 seed 1: its task was killed \(FAILED, .*\)/,
      /td3 seed 2: its task was told to stop/,
      /td3 seed 3: its task ended with NODE_FAIL \(NodeDown\)/,
      /Logs of the first: \S+\/logs\/\S+\.log, \S+\/logs\/0\.log\n/,
      /To run them again: deno task sweep smoke .* --only-failed --slurm\n/,
    ];
    const expectReport = async () => {
      const { code, text } = await sweep(...LONG, "--status");
      assertEquals(code, 1);
      for (const line of report) assertMatch(text, line);
    };
    await expectReport();
    await waitUntil(
      async () => await slurm.run("squeue", "-h", "-t", "all") === "",
      "Slurm forgot",
    );
    await expectReport();

    await Deno.remove(obstacle);
    const again = await succeed(
      sweep,
      ...[...LONG, "--only-failed", "--slurm", ...SMALL],
    );
    assertMatch(again, /Submitted 4 trials as the 4 tasks/);
    await waitForEnd(slurm);
    assertMatch(
      await succeed(sweep, ...LONG, "--status"),
      /4 trials, 4 done\n/,
    );
    await assertLikeLocalRun(data, "smoke", LONG);
  },
  { cpusPerNode: 3, minJobAgeS: 10 },
);

testWithSlurm(
  "trials of a broken node continue on another",
  async (slurm, folder) => {
    const data = join(folder, "data");
    const sweep = sweepCommand(data, slurm);
    await succeed(sweep, ...SLOW, "--slurm", ...SMALL);
    await waitForCheckpoints(data, 4);
    await slurm.breakNode("b");
    assertMatch(
      await succeed(sweep, ...LONG, "--status"),
      /4 trials, .*2 pending\n {2}2 pending: (BeginTime|Slurm has not looked)/,
    );
    // Slurm waits two minutes before it starts them again; a test does not.
    for (const task of [2, 3]) {
      await slurm.run("scontrol", "update", `jobid=1_${task}`, "starttime=now");
    }
    await waitForEnd(slurm);
    assertMatch(
      await succeed(sweep, ...LONG, "--status"),
      /4 trials, 4 done\n/,
    );
    await assertLikeLocalRun(data, "smoke", LONG);
  },
  { cpusPerNode: 2 },
);

testWithSlurm(
  "what is cancelled is completed by a local sweep with the same bytes",
  async (slurm, folder) => {
    const data = join(folder, "data");
    const sweep = sweepCommand(data, slurm);
    await succeed(sweep, ...SLOW, "--slurm", "--max-parallel", "2", ...SMALL);
    await waitForCheckpoints(data, 2);
    assertMatch(await succeed(sweep, ...LONG, "--cancel"), /^Cancelled\. /);
    await waitForEnd(slurm);
    assertMatch(
      await succeed(sweep, ...LONG, "--status"),
      /^smoke: 4 trials, 4 cancelled\n/,
    );
    assertMatch(
      await succeed(sweep, ...LONG, "--cancel"),
      /^Nothing is in the queue/,
    );
    // Those that had begun continue from where they were.
    const listed = await succeed(sweep, ...LONG, "--list");
    assertEquals(listed.match(/ begun$/gm)?.length, 2);
    await succeed(sweepCommand(data), ...LONG, "-j", "2");
    await succeed(sweepCommand(data), ...LONG, "--verify");
    await assertLikeLocalRun(data, "smoke", LONG);
  },
);
