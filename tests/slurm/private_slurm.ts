/**
 * A real Slurm for tests: controller and nodes on loopback, with a configuration
 * and a key of their own, in a folder of their own.
 *
 * The daemons need root (a node runs jobs as the users who sent them) and the
 * programs of Debian's `slurm-wlm` and `munge`. They end, and the folder goes, by
 * {@linkcode PrivateSlurm.stop}, and also when the process that started them is
 * killed.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** How big a {@linkcode PrivateSlurm} is; more CPUs than the machine has is fine. */
export interface PrivateSlurmOptions {
  /** Names of the nodes; by default `a` and `b`. */
  readonly nodes?: readonly string[];
  /** CPUs of each node, one per task of the tests; by default 4. */
  readonly cpusPerNode?: number;
  /** Array indices lie below this; by default Slurm's own 1001. */
  readonly maxArraySize?: number;
  /** Seconds until the controller forgets an ended job; by default Slurm's 300. */
  readonly minJobAgeS?: number;
}

/** A running Slurm. */
export interface PrivateSlurm {
  /** What the commands (`sbatch`, …) need in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs one of Slurm's commands; its standard output, without spaces around. */
  run(command: string, ...args: string[]): Promise<string>;
  /** Kills Deno in a task of an array. */
  killTask(task: number): Promise<void>;
  /** A node breaks: its daemon and its jobs are killed and it is marked down. */
  breakNode(node: string): Promise<void>;
  /** Ends the daemons and all jobs and removes the folder; may be called again. */
  stop(): Promise<void>;
}

const PROGRAMS = ["munged", "mungekey", "slurmctld", "slurmd", "sbatch"];
const SUPERVISOR = fileURLToPath(new URL("./supervisor.sh", import.meta.url));
const LONGEST_START_MS = 30_000;
const POLL_MS = 50;
const MEMORY_PER_NODE_MB = 16_000;

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();

/** Why there can be no private Slurm here, or `undefined` if there can. */
export async function whyNoSlurm(): Promise<string | undefined> {
  const { stdout } = await new Deno.Command("sh", {
    args: [
      "-c",
      'PATH=$PATH:/usr/sbin:/sbin; for p; do command -v "$p" >&2 || echo "$p"; done',
      "sh",
      ...PROGRAMS,
    ],
    stderr: "null",
  }).output();
  const missing = decode(stdout).split("\n").filter(Boolean);
  if (missing.length > 0) return `slurm is not installed (no ${missing[0]})`;
  return Deno.uid() === 0 ? undefined : "slurm's daemons need root";
}

/** Ports that are free now; the system hands out others for a while. */
function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map(({ addr }) => (addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}

function configuration(
  folder: string,
  options: Required<PrivateSlurmOptions>,
): string {
  const { nodes, cpusPerNode, maxArraySize, minJobAgeS } = options;
  const [controllerPort, ...ports] = freePorts(nodes.length + 1);
  const lines = [
    "ClusterName=private",
    "SlurmctldHost=localhost(127.0.0.1)",
    `SlurmctldPort=${controllerPort}`,
    "CommunicationParameters=NoInAddrAny,NoCtldInAddrAny",
    "AuthType=auth/munge",
    `AuthInfo=socket=${folder}/munge.socket`,
    "CredType=cred/munge",
    "SlurmUser=root",
    "SlurmdUser=root",
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool_%n`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd_%n.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/slurmd_%n.log`,
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_CPU_Memory",
    "ProctrackType=proctrack/linuxproc",
    "TaskPlugin=task/none",
    "JobAcctGatherType=jobacct_gather/none",
    "AccountingStorageType=accounting_storage/none",
    "MpiDefault=none",
    "ReturnToService=2",
    "SchedulerParameters=sched_min_interval=0,bf_interval=1",
    "SlurmdParameters=config_overrides",
    `MaxArraySize=${maxArraySize}`,
    `MinJobAge=${minJobAgeS}`,
    ...nodes.map((node, index) =>
      [
        ...[`NodeName=${node}`, "NodeAddr=127.0.0.1"],
        ...[`NodeHostname=${Deno.hostname()}`, `Port=${ports[index]}`],
        ...[`CPUs=${cpusPerNode}`, `RealMemory=${MEMORY_PER_NODE_MB}`],
      ].join(" ")
    ),
    `PartitionName=test Nodes=${nodes.join(",")} Default=YES State=UP`,
  ];
  return lines.join("\n") + "\n";
}

/** What the daemons said last, for the error that one did not start. */
async function lastWords(folder: string): Promise<string> {
  const words: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!/\.(err|log)$/.test(name)) continue;
    const text = await Deno.readTextFile(join(folder, name));
    words.push(`${name}:\n${text.split("\n").slice(-8).join("\n")}`);
  }
  return words.join("\n");
}

/**
 * Starts a Slurm in `folder`, which must not exist yet and whose parent must.
 *
 * @throws {Error} If it is not ready after half a minute, with what the daemons
 * said.
 */
export async function startPrivateSlurm(
  folder: string,
  {
    nodes = ["a", "b"],
    cpusPerNode = 4,
    maxArraySize = 1001,
    minJobAgeS = 300,
  }: PrivateSlurmOptions = {},
): Promise<PrivateSlurm> {
  await Deno.mkdir(join(folder, "state"), { recursive: true });
  for (const node of nodes) await Deno.mkdir(join(folder, `spool_${node}`));
  await Deno.writeTextFile(
    join(folder, "slurm.conf"),
    configuration(folder, { nodes, cpusPerNode, maxArraySize, minJobAgeS }),
  );
  const environment = { SLURM_CONF: join(folder, "slurm.conf") };
  const supervisor = new Deno.Command("sh", {
    args: [SUPERVISOR, folder, ...nodes],
    stdin: "piped",
    stdout: "null",
    stderr: "inherit",
  }).spawn();

  let stopped: Promise<unknown> | undefined;
  const stop = async () => {
    stopped ??= supervisor.stdin.close().then(() => supervisor.status);
    await stopped;
  };

  const run = async (command: string, ...args: string[]) => {
    const { success, stdout, stderr } = await new Deno.Command(command, {
      args,
      env: environment,
    }).output();
    if (!success) throw new Error(`${command}: ${decode(stderr)}`);
    return decode(stdout);
  };

  /** Kills processes of these names with a variable of the environment. */
  const kill = async (names: string, variable: string) => {
    const own = `SLURM_CONF=${environment.SLURM_CONF}`;
    const script = `
      for process in $(grep -lszE "^($2)$" $(grep -lszxF "$0" /proc/[0-9]*/environ)); do
        process=\${process%/environ}
        if grep -qE "^($1)$" "$process/comm"; then kill -KILL "\${process#/proc/}"; fi
      done`;
    await new Deno.Command("sh", {
      args: ["-c", script, own, names, variable],
      stderr: "null",
    }).output();
  };

  const killTask = (task: number) =>
    kill("deno", `SLURM_ARRAY_TASK_ID=${task}`);

  const breakNode = async (node: string) => {
    await kill(".*", `(PRIVATE_SLURM_NODE|SLURMD_NODENAME)=${node}`);
    const change = ["state=down", "reason=broken"];
    await run("scontrol", "update", `nodename=${node}`, ...change);
  };

  const isReady = async () => {
    const states = await run("sinfo", "-h", "-N", "-o", "%T").catch(() => "");
    return states.split("\n").filter((state) => state === "idle").length ===
      nodes.length;
  };
  const deadlineMs = performance.now() + LONGEST_START_MS;
  while (!await isReady()) {
    if (performance.now() > deadlineMs) {
      const words = await lastWords(folder);
      await stop();
      throw new Error(`Slurm did not start.\n${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return { environment, run, killTask, breakNode, stop };
}
