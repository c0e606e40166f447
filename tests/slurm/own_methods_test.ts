import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { copyMethods } from "../trials/copy_methods.ts";
import { assertLikeLocalRun, succeed, sweepCommand } from "./sweep.ts";
import { testWithSlurm, waitUntil } from "./with_slurm.ts";

/** A rule and a learner of one's own next to methods of the project. */
const STUDY = {
  name: "own",
  scenario: "small",
  methods: ["./lfu.ts", "./td3_pink.ts", "td3", "pso", "optimum"],
  hyperparameters: {
    "*.hiddenSizes": [8, 8],
    "*.batchSize": 8,
    "*.minReplaySize": 16,
  },
  seeds: "0-2",
  episodes: 8,
  evaluateEvery: 8,
  evaluationEpisodes: 1,
  testEpisodes: 2,
  actionsPerPlan: 100,
  grid: { "./lfu.ts.decay": [0.5, 0.9] },
};

testWithSlurm(
  "methods from files of one's own run on a cluster as they do here, and not once they have been edited",
  async (slurm, folder) => {
    const study = join(folder, "study");
    await copyMethods(study);
    const file = join(study, "own.json");
    await Deno.writeTextFile(file, JSON.stringify(STUDY));
    const data = join(folder, "data");
    const sweep = sweepCommand(data, slurm);
    const text = await succeed(sweep, file, "--slurm");
    // Two of the rule's, one of each of the others, with three seeds.
    assertStringIncludes(text, "Submitted 18 trials");
    const wait = () =>
      waitUntil(
        async () => await slurm.run("squeue", "-h") === "",
        "the queue is empty",
      );
    await wait();
    assertStringIncludes(await succeed(sweep, file, "--status"), "18 done");
    await assertLikeLocalRun(data, "own", [file]);

    // An edit between sbatch and the start of the tasks.
    const other = join(folder, "other");
    const late = sweepCommand(other, slurm);
    await slurm.run("scontrol", "update", "PartitionName=test", "State=DOWN")
      .catch(() => "");
    await succeed(late, file, "--methods", join(study, "lfu.ts"), "--slurm");
    const rule = join(study, "lfu.ts");
    await Deno.writeTextFile(
      rule,
      `${await Deno.readTextFile(rule)}\nexport const edited = 1;\n`,
    );
    await slurm.run("scontrol", "update", "PartitionName=test", "State=UP")
      .catch(() => "");
    await wait();
    const finished = [...Deno.readDirSync(join(other, "trials"))]
      .filter(({ name }) => !name.includes("."));
    assertEquals(finished, []);
    const logs = join(other, "sweeps", "own", "logs");
    const [log] = [...Deno.readDirSync(logs)];
    assert(log !== undefined);
    assertStringIncludes(
      await Deno.readTextFile(join(logs, log.name)),
      "lfu.ts must be as it was when the trial was planned",
    );
  },
);
