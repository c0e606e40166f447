/**
 * `deno task bench`: times ours and the peers in one run.
 *
 * @module
 */

import { checkEnvironment } from "../bench/check_environment.ts";
import { type Blocks, type Contender, interleave } from "../bench/contender.ts";
import { startContender } from "../bench/engine_start.ts";
import { describeMachine } from "../bench/machine.ts";
import {
  peakContenders,
  samplingContenders,
  stepContenders,
} from "../bench/part_contenders.ts";
import { Peer, PEER_NAMES, type PeerPackages } from "../bench/peer.ts";
import {
  type BenchResults,
  stageLines,
  tableOf,
  toRows,
} from "../bench/results.ts";
import { updateGroups } from "../bench/update_contenders.ts";
import { runContenders } from "../bench/whole_run.ts";
import { type Engine, ENGINE_NAMES, openEngine } from "../nn/mod.ts";
import { InputError, parseJson } from "../scenario/input_error.ts";
import { parseArguments, readText, runMain } from "./main.ts";
import { formatTable } from "./table.ts";

const HELP = `
Times updates, environment steps and whole training runs: ours on every engine,
and peers in PyTorch and JAX, in turns on one thread each.

Usage: deno task bench [options]

  --quick         few blocks and no whole runs
  --only REGEX    only rows whose name matches, such as '^td3/.*/64$'; the peaks
                  of the core are always timed
  --peers WHICH   venv: packages of bench/requirements.txt in .venv, which is made
                  if need be; system: those of the python3 on the path; none;
                  by default venv
  --check         compare the peers' environment with ours instead
  --output FILE   by default bench/results.json

Let nothing else run meanwhile; where there is taskset, 'taskset -c 1 deno task
bench' keeps everybody on one core. Peers are left out where there is no Python.

Exit code: 0, or 1 if the environments differ, or 2 if an argument is not valid.
`;

const GOLDEN_SLOTS = new URL(
  "../../tests/env/golden_slots.json",
  import.meta.url,
);

interface Plan {
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  readonly blockMs: number;
  readonly onceAboveMs?: number;
}

function say(line: string): void {
  console.error(line);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0] : String(error);
}

/** Opens every engine that runs here. */
async function openEngines(): Promise<Engine[]> {
  const engines: Engine[] = [];
  for (const name of ENGINE_NAMES) {
    try {
      engines.push(await openEngine(name));
    } catch (error) {
      say(`${name} is left out: ${reasonOf(error)}`);
    }
  }
  return engines;
}

async function startPeers(packages: PeerPackages): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (const name of PEER_NAMES) {
    try {
      peers.push(await Peer.start(name, { packages }));
    } catch (error) {
      say(`the ${name} peer is left out: ${reasonOf(error)}`);
    }
  }
  return peers;
}

/** What is timed together, in order. */
function plan(
  engines: readonly Engine[],
  peers: readonly Peer[],
  quick: boolean,
): Plan[] {
  const peaks = peakContenders(peers);
  const short = { rounds: quick ? 5 : 25, blockMs: quick ? 50 : 150 };
  const plans: Plan[] = [
    ...updateGroups(engines, peers)
      .map((group) => ({ ...short, contenders: [...group, ...peaks] })),
    { ...short, contenders: stepContenders(peers) },
    { ...short, contenders: samplingContenders() },
    { rounds: 9, blockMs: 0, contenders: engines.map(startContender) },
  ];
  if (quick) return plans;
  const runs = { rounds: 3, blockMs: 0, onceAboveMs: 90_000 };
  return [...plans, { ...runs, contenders: runContenders(engines, peers) }];
}

function select(plans: readonly Plan[], only: RegExp): Plan[] {
  return plans.map(({ contenders, ...rest }) => ({
    ...rest,
    contenders: contenders.some(({ name }) => only.test(name))
      ? contenders.filter(({ name }) =>
        only.test(name) || name.startsWith("peak/")
      )
      : [],
  })).filter(({ contenders }) => contenders.length > 0);
}

async function measure(plans: readonly Plan[]): Promise<Blocks[]> {
  const blocks: Blocks[] = [];
  for (const [index, { contenders, ...options }] of plans.entries()) {
    const names = contenders.map(({ name }) => name)
      .filter((name) => !name.startsWith("peak/")).join(", ");
    say(`${index + 1} of ${plans.length}: ${names}`);
    const onRound = (round: number) => {
      if (options.blockMs > 0) return;
      say(`  round ${round + 1} of ${options.rounds}`);
    };
    blocks.push(...await interleave(contenders, { ...options, onRound }));
  }
  return blocks;
}

async function check(peers: readonly Peer[]): Promise<number> {
  if (peers.length === 0) {
    throw new InputError(
      "Cannot compare the environments: there must be a peer, got none",
    );
  }
  const act = "compare the environments";
  const path = decodeURIComponent(GOLDEN_SLOTS.pathname);
  const document = parseJson(await readText(path, act), act);
  const { slots, differences } = await checkEnvironment(
    peers[0],
    document,
    act,
  );
  for (const difference of differences) console.error(difference);
  console.log(
    differences.length === 0
      ? `${slots} slots agree to 1e-9`
      : `${differences.length} outputs of ${slots} slots differ`,
  );
  return differences.length === 0 ? 0 : 1;
}

function readPackages(text: string): PeerPackages | "none" {
  if (text === "venv" || text === "system" || text === "none") return text;
  throw new InputError(
    `Cannot read the arguments: --peers must be one of venv, system, none, got ${text}`,
  );
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
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({
    help: HELP,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      peers: { type: "string", default: "venv" },
      check: { type: "boolean", default: false },
      output: { type: "string", default: "bench/results.json" },
    },
    positionals: [0, 0],
  }, args);
  if (parsed === undefined) return 0;
  const { values } = parsed;
  const only = readPattern(values.only);
  const packages = readPackages(values.peers);
  const peers = packages === "none" ? [] : await startPeers(packages);
  try {
    if (values.check) return await check(peers);
    const engines = await openEngines();
    const plans = select(plan(engines, peers, values.quick), only);
    if (plans.length === 0) {
      throw new InputError(
        `Cannot run benchmarks: --only must match a name, got ${values.only}`,
      );
    }
    const rows = toRows(await measure(plans));
    const results: BenchResults = {
      machine: describeMachine(),
      versions: Object.assign(
        { deno: Deno.version.deno, v8: Deno.version.v8 },
        ...peers.map((peer) => peer.versions),
      ),
      rows,
    };
    for (const line of formatTable(tableOf(rows))) console.log(line);
    for (const line of stageLines(rows)) console.log(line);
    await Deno.writeTextFile(
      values.output,
      `${JSON.stringify(results, null, 2)}\n`,
    );
    say(`Results are in ${values.output}`);
    return 0;
  } finally {
    for (const peer of peers) await peer.close();
  }
}

if (import.meta.main) await runMain(main);
