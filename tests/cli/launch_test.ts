import { assert, assertEquals, assertThrows } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { launchArguments } from "../../lib/cli/launch.ts";
import { ownArguments } from "../../lib/cli/launched.ts";
import { permissionFlags } from "../../lib/trials/permissions.ts";
import {
  hasNativeKernels,
  nativePath,
} from "../../lib/nn/wasm/native/native_file.ts";
import { COMPILERS } from "../../lib/cli/task_parts.ts";
import { TASKS } from "../../lib/cli/tasks.ts";
import { InputError } from "../../lib/input/input_error.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DENO = Deno.execPath();
const CACHE = dirname(nativePath());
const IN_STUDY = { root: "/lab", folder: "/lab/study" };

/** What a command may do, without what all have. */
function permissionsOf(
  command: string,
  options = { root: "/lab", folder: "/lab" },
): string {
  const [name, ...args] = command.split(" ");
  const all = launchArguments(name, args, options);
  const script = all.findIndex((one) => one.endsWith(".ts"));
  const folder = name === "bench" ? "bench" : "lib/cli";
  assertEquals(all[script], join(ROOT, folder, `${name}.ts`));
  assertEquals(ownArguments(all.slice(script + 1)), args);
  return all.slice(0, script).filter((one) => one.startsWith("--allow-"))
    .map((one) => one.slice("--allow-".length).replaceAll(DENO, "DENO"))
    .join(" ").replace(COMPILERS.join(), "COMPILERS")
    .replaceAll(nativePath(), "NATIVE");
}

/** What holds here of what holds where there are native kernels. */
function here(permissions: string): string {
  return hasNativeKernels()
    ? permissions
    : permissions.replace(" ffi=NATIVE", "");
}

/** Command lines, each with everything that they may do. */
const GRANTED: Readonly<Record<string, string>> = {
  "scenario": "read=.",
  "scenario balanced": "read=.,balanced",
  "scenario world.json": "read=.,world.json",
  "scenario -": "read=.",
  "evaluate /a/slot.json --table": "read=.,/a/slot.json",
  "evaluate -": "read=.",
  "check_method td3": "read=. run=DENO",
  "check_method /a/b/mine.ts --json": "read=.,/a run=DENO",
  "train td3": "read=.,paper,COMPILERS,data write=data ffi=NATIVE",
  "train td3 --native off": "read=.,paper,COMPILERS,data write=data",
  "train td3 --scenario /w.json --data /d":
    "read=.,/w.json,COMPILERS,/d write=/d ffi=NATIVE",
  "train td3 --tensorboard /b":
    "read=.,paper,COMPILERS,data,/b write=data,/b ffi=NATIVE",
  "train td3 --engine tfjs": "read write=data",
  "train td3 --engine blas":
    "read=.,paper,COMPILERS,data write=data env=OPENBLAS_CORETYPE ffi",
  "train td3 --engine auto":
    `read=.,paper,COMPILERS,data,${CACHE}/ write=data,${CACHE}/ env=OPENBLAS_CORETYPE ffi`,
  "play td3-seed0-0123456789ab": "read=.,data ffi=NATIVE",
  "play td3-seed0-0123456789ab --data /d --engine blas":
    "read=.,/d env=OPENBLAS_CORETYPE ffi",
  "play /d/trials/td3-seed0-0123456789ab --scenario /w.json --json":
    "read=.,/d/trials/td3-seed0-0123456789ab,/w.json ffi=NATIVE",
  "play /a/b/mine.ts --scenario small": "read=.,/a,small ffi=NATIVE",
  "play /d/trials/mine-seed0-0123456789ab --method /a/b/mine.ts":
    "read=.,/d/trials/mine-seed0-0123456789ab,/a ffi=NATIVE",
  "sweep": "read=.,data,COMPILERS write=data run=DENO,git env=TERM",
  "sweep fig06 --data d":
    "read=.,fig06,d,COMPILERS write=d run=DENO,git env=TERM",
  "sweep c.json --parquet":
    "read=.,data,COMPILERS write=data run=DENO,git env=TERM",
  "sweep fig06 --tensorboard b":
    "read=.,fig06,data,COMPILERS,b write=data,b run=DENO,git env=TERM",
  "sweep fig06 --list": "read=.,fig06,data",
  "sweep fig06 --dry-run": "read=.,fig06,data",
  "sweep --schema": "read=.,data",
  "sweep --verify": "read=.,data",
  "sweep --verify --repair": "read=.,data write=data env=TERM",
  "sweep fig06 --slurm":
    "read=.,fig06,data,COMPILERS write=data run=DENO,sbatch,squeue,scancel,scontrol env=TERM",
  "sweep fig06 --status":
    "read=.,fig06,data write=data run=DENO,sbatch,squeue,scancel,scontrol env=TERM",
  "sweep tune c.json": "read=.,data,COMPILERS write=data run=DENO env=TERM",
  "sweep tune c.json --tensorboard b":
    "read=.,data,COMPILERS,b write=data,b run=DENO env=TERM",
  "sweep tune c.json --dry-run": "read=.,data",
  "notebooks": "read=.,notebooks write=notebooks run=DENO net=127.0.0.1",
  "notebooks a/b.ipynb c.ipynb --output d":
    "read=.,a,d write=a,.,d run=DENO net=127.0.0.1",
  "reproduce":
    "read=.,COMPILERS,data,notebooks write=data,notebooks run=DENO,git net=127.0.0.1 env=TERM",
  "reproduce --check 3":
    "read=.,data write=data run=DENO env=TERM sys=cpus,osRelease ffi=NATIVE",
  "claims":
    "read=.,COMPILERS,data,notebooks write=data,notebooks run=DENO,git net=127.0.0.1 env=TERM",
  "figures": "read write=figures sys ffi",
  "report fig06": "read write=figures sys ffi",
  "report c.json --output d": "read write=d sys ffi",
  "docs":
    "read=.,README.md,data/README.md,docs write=README.md,data/README.md,docs",
  "docs --check": "read=.",
  "site": "read=.,_site write=_site run=DENO",
  "site --output /a/s": "read=.,/a/s write=/a/s run=DENO",
  "reproduce --check 3 --engine blas":
    "read=.,data write=data run=DENO env=TERM,OPENBLAS_CORETYPE sys=cpus,osRelease ffi",
  "build_native": `read=.,${CACHE} write=${CACHE} run=cc,gcc,clang ffi=NATIVE`,
  "new /a/mine":
    "read=.,/a/.mine.new,/a/mine write=/a/.mine.new,/a/mine run=DENO",
  "lab": "read write=/ env=JUPYTER_DATA_DIR,XDG_DATA_HOME,HOME,APPDATA",
  "bench --peers none --output b.json":
    "read write=b.json run=DENO,cat env=OPENBLAS_CORETYPE,OPENBLAS_L2_SIZE sys=cpus,osRelease ffi",
};

Deno.test("a command may do what its arguments call for, and nothing else", () => {
  for (const [command, expected] of Object.entries(GRANTED)) {
    assertEquals(permissionsOf(command), here(expected), command);
  }
  const tested = new Set(
    Object.keys(GRANTED).map((one) => one.split(" ")[0]),
  );
  for (const name of Object.keys(TASKS)) {
    assert(name === "tune" || tested.has(name), name);
  }
});

Deno.test("help and wrong arguments call for nothing", () => {
  for (const name of Object.keys(TASKS).filter((name) => name !== "tune")) {
    for (const wrong of ["--help", "-h", "--no-such-option"]) {
      assertEquals(permissionsOf(`${name} ${wrong}`), "read=.", name);
    }
  }
});

Deno.test("a path that permissions cannot name is refused", () => {
  for (const path of ["a,b", "", ",/", "data,/etc"]) {
    assertThrows(
      () => permissionFlags({ write: [path] }),
      InputError,
      `must have a name without ",", which separates permissions, got ${
        JSON.stringify(path)
      }`,
    );
  }
});

Deno.test("every path of every command is taken from where the user stands", () => {
  const paths: Readonly<Record<string, string>> = {
    "scenario world.json": "read=.,study/world.json",
    "scenario world": "read=.,study/world",
    "evaluate slot.json": "read=.,study/slot.json",
    "train td3 --scenario w.json --data d":
      "read=.,study/w.json,study/d write=study/d",
    "sweep c.json --data=../d": "read=.,./d write=./d run=DENO,git env=TERM",
    "sweep ../../own/c.json --methods td3,/lab2/m.ts":
      "read=.,/,data write=data run=DENO,git env=TERM",
    "play trials/one --scenario w.json --data d":
      "read=.,study/trials/one,study/w.json",
    "play pso --data d": "read=.,study/d",
    "train td3 --tensorboard b":
      "read=.,study/paper,data,study/b write=data,study/b",
    "train ./mine.ts": "read=.,study/paper,data write=data",
    "train /a/b/mine.ts": "read=.,study/paper,/a,data write=data",
    "check_method ./mine.ts": "read=. run=DENO",
    "check_method ../../a/mine.ts": "read=.,/ run=DENO",
    "sweep tune c.json --data d":
      "read=.,study/d write=study/d run=DENO env=TERM",
    "notebooks b.ipynb --output d":
      "read=.,study,study/d write=study,study/d run=DENO net=127.0.0.1",
    "bench --peers none --output b.json":
      "read write=study/b.json run=DENO,cat env=OPENBLAS_CORETYPE,OPENBLAS_L2_SIZE sys=cpus,osRelease ffi",
  };
  for (const [command, expected] of Object.entries(paths)) {
    const granted = permissionsOf(command, IN_STUDY)
      .replace(",COMPILERS", "").replace(" ffi=NATIVE", "");
    assertEquals(granted, expected, command);
  }
  // Default folders are the checkout's.
  for (const name of ["sweep smoke", "notebooks", "figures", "reproduce"]) {
    const here = permissionsOf(name).replace("=.,smoke", "=.");
    const there = permissionsOf(name, IN_STUDY);
    assertEquals(there.replace("=.,study/smoke", "=."), here);
  }
});

Deno.test("tasks start the launcher, which may read the checkout and run Deno", () => {
  const started = Object.entries(config.tasks).map(
    ([task, { command }]) => ({ name: task.replace(":", "_"), command }),
  ).filter(({ name }) => name in TASKS);
  assertEquals(started.length, Object.keys(TASKS).length - 1);
  for (const { name, command } of started) {
    assertEquals(
      command,
      `deno run --no-prompt --allow-read=. --allow-env=INIT_CWD,npm_command --allow-run="$(deno eval -p 'Deno.execPath()')" lib/cli/launch.ts $(deno eval -p Deno.ppid) ${name}`,
    );
  }
  assertEquals(config.lock.frozen, true);
});

/** Calls a task from a folder. */
async function task(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(DENO, {
    args: ["task", "--quiet", ...args],
    cwd: folder,
    // A task keeps the INIT_CWD of a task that has started it, such as the tests.
    env: { INIT_CWD: folder, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

const WORLD = '{"extends": "small", "parameters": {"numUsers": 2}}';

const SWEEP = {
  name: "tiny",
  scenario: "small",
  methods: ["random"],
  seeds: "0",
  testEpisodes: 1,
};

const TUNE = {
  name: "tuned",
  scenario: "small",
  method: "td3",
  seeds: "0",
  space: { "td3.discount": { uniform: [0.5, 0.9] } },
  search: { random: { configs: 2, episodes: 5 } },
};

Deno.test("from a subfolder, tasks read and write its files", async () => {
  const folder = await Deno.makeTempDir({ dir: ROOT, suffix: ".tmp" });
  try {
    const slots = await Deno.readTextFile(
      join(ROOT, "tests/env/golden_slots.json"),
    );
    for (
      const [name, text] of Object.entries({
        "world.json": WORLD,
        "world": WORLD,
        "slots.json": slots,
        "sweep.json": JSON.stringify(SWEEP),
        "tune.json": JSON.stringify(TUNE),
      })
    ) await Deno.writeTextFile(join(folder, name), text);
    const calls: [string[], RegExp][] = [
      [["scenario", "world.json"], /"numUsers": 2,/],
      [["scenario", "world"], /"numUsers": 2,/],
      [["evaluate", "slots.json", "--table"], /8 of 8 slots agree/],
      [
        "train ddpg --scenario world.json --episodes 2 --data out".split(" "),
        /Results are in .*\.tmp\/out\//,
      ],
      [
        ["sweep", "sweep.json", "--data", "swept"],
        /Table of these 1 trials: .*\.tmp\/swept\/sweeps\/tiny\/rows\.csv/,
      ],
      [["sweep", "tune", "tune.json", "--dry-run"], /^2 trials\./m],
      [
        "bench --quick --peers none --only ^none$ --output b.json".split(" "),
        /--only must match a name, got \^none\$/,
      ],
    ];
    for (const [args, pattern] of calls) {
      const { stdout, stderr } = await task(folder, ...args);
      assert(pattern.test(stdout + stderr), `${args}: ${stdout}${stderr}`);
    }
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assert(names.includes("out") && names.includes("swept"), `${names}`);

    const missing = await task(folder, "scenario", "nowhere.json");
    assertEquals([missing.code, missing.stdout], [2, ""]);
    assert(
      /^Cannot read scenario \S+\.tmp\/nowhere\.json: .*, got nothing there\n$/
        .test(missing.stderr),
      missing.stderr,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
