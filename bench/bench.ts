/**
 * `deno task bench`: times ours and the peers in one run.
 *
 * @module
 */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type BenchFile,
  compileLines,
  processorOf,
  readBenchFile,
  searchTableOf,
  stageLines,
  withResults,
} from "../lib/cli/bench_results.ts";
import { parseArguments, readChoice, runMain } from "../lib/cli/command.ts";
import { describeMachine } from "../lib/cli/machine.ts";
import { BENCH, resultsPath } from "../lib/cli/project_tasks.ts";
import { formatTable } from "../lib/cli/table.ts";
import { InputError } from "../lib/input/input_error.ts";
import { readJson } from "../lib/input/json.ts";
import { comparePeer } from "./compare_peer.ts";
import {
  type Blocks,
  type Contender,
  interleave,
  type PeerName,
} from "./contender.ts";
import { ENGINES, type OpenEngine } from "./engines.ts";
import { describeInstructions } from "./instructions.ts";
import { BLAS_CHOICES, leaveOutSettings } from "./openblas_settings.ts";
import { type PeerPackages, Peers } from "./peer.ts";
import {
  createPlans,
  isPeak,
  peersOf,
  type Plan,
  selectPlans,
  withPeers,
} from "./plan.ts";
import { tableOf, toRows } from "./results.ts";

const HELP = `
Times updates, environment steps, searches and whole training runs: ours on every
engine, and peers in PyTorch, JAX, stable-baselines3, SBX and pymoo, in turns on
one thread each.

Usage: deno task bench [options]

  --quick         few blocks and no whole runs
  --only REGEX    only rows whose name matches, such as '^td3/.*/64$'; the peaks
                  of the core are always timed, by the peers that run
  --peers WHICH   venv: packages of bench/requirements.txt in .venv, where those
                  are installed that the rows need; system: those of the python3
                  on the path; none; by default venv
  --blas WHOSE    kernels that OpenBLAS takes: the processor's, as PyTorch and JAX
                  do, or the environment's (OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE),
                  where it sets any; by default processor
  --check         compare the peers' environments and slots with ours instead
  --output FILE   by default bench/results.json, from which the tables of
                  docs/engines.md are made, or bench/partial_results.json with
                  --quick or --only; it holds a table for every processor, of
                  which that of this one is replaced

Rows of peers: pytorch, eager; pytorch-fused, with a fused Adam and soft updates in
one call; pytorch-compile, with torch.compile beside; jax, one jit an update;
jax-scan, many updates in one lax.scan; jax-jit, a whole run in one program; sb3 and
sbx, these libraries' own TD3. What they compile before is told apart.

Columns: "of best peer", time by that of the fastest peer, the less the better;
"of sgemm", GFLOP/s by the largest rate of a matrix product of 1024 by any library;
"of FMA 128", GFLOP/s by that of 128-bit fused multiply-adds, all that WebAssembly
has; "processor", time of all threads.

Let nothing else run meanwhile; where there is taskset, 'taskset -c 1 deno task
bench' keeps everybody on one core. Peers are left out where there is no Python.

Exit code: 0, or 1 if the environments differ, or 2 if an argument is not valid.
`;

const GOLDEN_SLOTS = new URL(
  "../tests/env/golden_slots.json",
  import.meta.url,
);

/** Peers with an environment of their own, or a shell of their own around it. */
const CHECKED_PEERS: readonly PeerName[] = ["pymoo", "jax", "sb3", "sbx"];

const PEER_CHOICES = ["venv", "system", "none"] as const;

function say(line: string): void {
  console.error(line);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0] : String(error);
}

/** Opens every engine that runs here. */
async function openEngines(): Promise<OpenEngine[]> {
  const engines: OpenEngine[] = [];
  for (const { open, ...entry } of ENGINES) {
    try {
      engines.push({ ...entry, engine: await open() });
    } catch (error) {
      say(`${entry.label} is left out: ${reasonOf(error)}`);
    }
  }
  return engines;
}

/** Starts the peers that can be started here. */
async function startPeers(
  peers: Peers,
  names: readonly PeerName[],
  packages: PeerPackages | "none",
): Promise<void> {
  if (packages === "none") return;
  for (const name of names) {
    try {
      await peers.start(name, { packages });
    } catch (error) {
      say(`the ${name} peer is left out: ${reasonOf(error)}`);
    }
  }
}

async function measure(plans: readonly Plan[]): Promise<Blocks[]> {
  const blocks: Blocks[] = [];
  for (const [index, { contenders, ...options }] of plans.entries()) {
    const names = contenders.filter((one) => !isPeak(one))
      .map(({ name }) => name).join(", ");
    say(`${index + 1} of ${plans.length}: ${names}`);
    const onRound = (round: number) => {
      if (options.blockMs > 0) return;
      say(`  round ${round + 1} of ${options.rounds}`);
    };
    const onFailure = ({ name }: Contender, error: unknown) =>
      say(`${name} is left out: ${reasonOf(error)}`);
    const turns = { ...options, onRound, onFailure };
    blocks.push(...await interleave(contenders, turns));
  }
  return blocks;
}

const ACT = "run benchmarks";

/**
 * The tables that a file holds so far; refuses one that could not be written when
 * all is measured, and one that holds something else.
 */
async function readOutput(path: string): Promise<BenchFile> {
  const { state } = await Deno.permissions.query({ name: "write", path });
  const isFolder = (name: string) =>
    Deno.stat(name).then(({ isDirectory }) => isDirectory, () => false);
  if (
    state !== "granted" || !await isFolder(dirname(path)) ||
    await isFolder(path)
  ) {
    throw new InputError(
      `Cannot ${ACT}: --output must be a file in a folder that is there and may be written to, got ${path}`,
    );
  }
  const isThere = await Deno.stat(path).then(() => true, () => false);
  return isThere
    ? await readBenchFile(path, `${ACT}: in ${path}`)
    : { processors: [] };
}

async function check(peers: Peers): Promise<number> {
  const act = "compare the environments";
  if (peers.running.length === 0) {
    throw new InputError(`Cannot ${act}: there must be a peer, got none`);
  }
  const document = await readJson(fileURLToPath(GOLDEN_SLOTS), act);
  let different = 0;
  for (const peer of peers.running) {
    const { slots, differences } = await comparePeer(peer, document, act);
    for (const difference of differences) console.error(difference);
    console.log(
      differences.length === 0
        ? `${peer.name}: ${slots} slots agree to 1e-9`
        : `${peer.name}: ${differences.length} outputs of ${slots} slots differ`,
    );
    different += differences.length;
  }
  return different === 0 ? 0 : 1;
}

function readPattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InputError(
      `Cannot read the arguments: --only must be a regular expression, got ${text}`,
    );
  }
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  environment: Pick<Deno.Env, "get" | "delete"> = Deno.env,
): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...BENCH }, args);
  if (parsed === undefined) return 0;
  const { values } = parsed;
  const only = readPattern(values.only);
  const packages = readChoice("--peers", PEER_CHOICES, values.peers);
  const blas = readChoice("--blas", BLAS_CHOICES, values.blas);
  const output = values.output ?? resultsPath(values);
  const peers = new Peers();
  try {
    if (values.check) {
      await startPeers(peers, CHECKED_PEERS, packages);
      return await check(peers);
    }
    const before = await readOutput(output);
    const left = blas === "processor" ? leaveOutSettings(environment) : [];
    for (const setting of left) {
      say(`${setting} is left out; --blas environment heeds it`);
    }
    const engines = await openEngines();
    for (const { label, engine: { library } } of engines) {
      if (library) say(`${label} calls ${library}`);
    }
    const wanted = selectPlans(createPlans(engines, peers, values.quick), only);
    await startPeers(peers, peersOf(wanted), packages);
    const plans = withPeers(wanted, peers.running.map(({ name }) => name));
    if (plans.length === 0) {
      throw new InputError(
        `Cannot run benchmarks: --only must match a name, got ${values.only}`,
      );
    }
    const rows = toRows(await measure(plans));
    const { cpu, ...machine } = describeMachine();
    const results = {
      machine: {
        cpu: String(cpu),
        instructions: await describeInstructions(),
        ...machine,
      },
      versions: Object.assign(
        { deno: Deno.version.deno, v8: Deno.version.v8 },
        ...engines.map(({ label, engine: { library } }) =>
          library && { [label]: library }
        ),
        ...peers.running.map((peer) => peer.versions),
      ),
      rows,
    };
    for (const cells of [tableOf(rows), searchTableOf(rows)]) {
      if (cells.length === 1) continue;
      for (const line of formatTable(cells)) console.log(line);
      console.log("");
    }
    for (const line of stageLines(rows)) console.log(line);
    for (const line of compileLines(rows)) console.log(`compiling ${line}`);
    const file = JSON.stringify(withResults(before, results), null, 2);
    await Deno.writeTextFile(output, `${file}\n`);
    say(`Results of ${processorOf(results)} are in ${output}`);
    return 0;
  } finally {
    await peers.close();
  }
}

if (import.meta.main) await runMain(main);
