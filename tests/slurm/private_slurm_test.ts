import { assert, assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "../../lib/trials/store.ts";
import { testWithSlurm, waitUntil } from "./with_slurm.ts";

const HELPER = fileURLToPath(new URL("./private_slurm.ts", import.meta.url));

/** Commands of the processes that belong to the Slurm of a folder. */
async function processesOf(folder: string): Promise<string> {
  const { stdout } = await new Deno.Command("sh", {
    args: [
      "-c",
      'for p in $(grep -lszxF "$0" /proc/[0-9]*/environ); do cat "${p%environ}comm"; done',
      `SLURM_CONF=${folder}/slurm.conf`,
    ],
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

testWithSlurm(
  "tasks of an array run at the same time on both nodes",
  async (slurm, folder) => {
    // Each task ends when all eight have begun, which needs eight CPUs.
    const script =
      'touch "$1.$SLURM_ARRAY_TASK_ID"; until [ "$(ls "$1".* | wc -l)" = 8 ]; do sleep 0.1; done; echo $SLURMD_NODENAME';
    const job = await slurm.run(
      "sbatch",
      ...[
        "--parsable",
        "--array=0-7",
        "--mem=100M",
        "--output",
        `${folder}/%a`,
      ],
      ...["--wrap", `set -- ${folder}/begun; ${script}`],
    );
    const states = () =>
      slurm.run("squeue", "-h", "-r", "-t", "all", "-j", job, "-o", "%T");
    await waitUntil(
      async () => /^(COMPLETED\s*){8}$/.test(await states()),
      "eight tasks completed",
    );
    const nodes = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6, 7].map((task) =>
        Deno.readTextFile(join(folder, `${task}`))
      ),
    );
    assertEquals(nodes.map((node) => node.trim()).sort().join(""), "aaaabbbb");
  },
);

testWithSlurm("all that listens does so on loopback", async (slurm) => {
  const configuration = await Deno.readTextFile(slurm.environment.SLURM_CONF);
  const ports = [...configuration.matchAll(/Port=(\d+)/g)].map(([, port]) =>
    Number(port).toString(16).toUpperCase().padStart(4, "0")
  );
  const { stdout } = await new Deno.Command("cat", {
    args: ["/proc/net/tcp", "/proc/net/tcp6"],
  }).output();
  // Columns: number, local address, remote address, state (0A: listens).
  const listening = new TextDecoder().decode(stdout).split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) =>
      state === "0A" && ports.some((port) => local.endsWith(`:${port}`))
    ).map(([, local]) => local.split(":")[0]);
  assertEquals(listening, ["0100007F", "0100007F", "0100007F"]);
});

testWithSlurm(
  "jobs of a broken node fail, and all ends with stop",
  async (slurm) => {
    const job = await slurm.run(
      "sbatch",
      ...["--parsable", "--nodelist=b", "--no-requeue", "--output=/dev/null"],
      ...["--wrap", "sleep 300 & sleep 301"],
    );
    const state = () =>
      slurm.run("squeue", "-h", "-t", "all", "-j", job, "-o", "%T");
    await waitUntil(async () => await state() === "RUNNING", "the job runs");
    await slurm.breakNode("b");
    await waitUntil(
      async () => await state() === "NODE_FAIL",
      "the node failed",
    );

    await slurm.run(
      "sbatch",
      ...["--nodelist=a", "--output=/dev/null"],
      ...["--wrap", "sleep 300 & sleep 301"],
    );
    const folder = dirname(slurm.environment.SLURM_CONF);
    await waitUntil(
      async () => (await processesOf(folder)).includes("sleep"),
      "another job runs",
    );
    await slurm.stop();
    assertEquals(await processesOf(folder), "");
    assert(!await exists(folder));
  },
);

testWithSlurm(
  "it ends with the process that started it",
  async (_slurm, folder) => {
    const inner = join(folder, "inner");
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        "--no-lock",
        `import { startPrivateSlurm } from ${
          JSON.stringify(`file://${HELPER}`)
        };
       const slurm = await startPrivateSlurm(${JSON.stringify(inner)});
       await slurm.run("sbatch", "-o", "/dev/null", "--wrap", "sleep 300");
       console.log("ready");
       await new Promise((resolve) => setTimeout(resolve, 300_000));`,
      ],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    await waitUntil(
      async () => (await processesOf(inner)).includes("sleep"),
      "its job runs",
    );
    child.kill("SIGKILL");
    await child.status;
    await waitUntil(async () => !await exists(inner), "the folder is gone");
    assertEquals(await processesOf(inner), "");
  },
);
