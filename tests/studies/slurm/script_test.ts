import { assert, assertEquals } from "@std/assert";
import {
  formatMemory,
  formatScript,
  formatTimeLimit,
  quoteForShell,
  type ScriptPlan,
} from "../../../lib/studies/slurm/script.ts";

const PLAN: ScriptPlan = {
  name: "fig6-1-0123abcd",
  comment: ["Sweep fig6."],
  folder: "/home/me/lab",
  logs: "data/sweeps/fig6/slurm/1/logs",
  log: "%a.log",
  seconds: 3661,
  memoryBytes: 700 * 2 ** 20,
  array: { tasks: 12, maxParallel: 4 },
  options: { partition: "short" },
  environment: { DENO_DIR: "/home/me/it's here" },
  command: ["/opt/deno", "run", "task.ts", "data/my folder"],
  passesTask: true,
};

Deno.test("the script of an array says all that sbatch needs", () => {
  assertEquals(
    formatScript(PLAN),
    `#!/bin/sh
# Sweep fig6.
#SBATCH --job-name=fig6-1-0123abcd
#SBATCH --chdir=/home/me/lab
#SBATCH --output=data/sweeps/fig6/slurm/1/logs/%a.log
#SBATCH --open-mode=append
#SBATCH --array=0-11%4
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time=01:02:00
#SBATCH --mem=704M
#SBATCH --requeue
#SBATCH --partition=short

export DENO_DIR='/home/me/it'\\''s here'
program=/opt/deno
if ! [ -x "$program" ]; then
  echo "Cannot run: $program must be on this node too, on a shared folder" >&2
  exit 127
fi
exec "$program" \\
  run \\
  task.ts \\
  'data/my folder' \\
  "$SLURM_ARRAY_TASK_ID"
`,
  );
});

Deno.test("the script of a single job has no array and no task", () => {
  const { array: _, ...single } = PLAN;
  const script = formatScript({ ...single, passesTask: false });
  assert(!script.includes("array"));
  assert(!script.includes("ARRAY"));
  assert(script.endsWith("  'data/my folder'\n"));
});

Deno.test("a user's options replace those of the sweep", () => {
  const script = formatScript({
    ...PLAN,
    folder: '/home/my "lab"',
    logs: "100 %a",
    options: {
      "time": "7-00:00:00",
      "mem-per-cpu": "3G",
      "no-requeue": "",
      "comment": "a b",
    },
  });
  const asked = script.split("\n").filter((line) => line.startsWith("#SBATCH"));
  assertEquals(asked.filter((line) => line.includes("time")), [
    "#SBATCH --time=7-00:00:00",
  ]);
  assertEquals(asked.filter((line) => line.includes("--mem")), [
    "#SBATCH --mem-per-cpu=3G",
  ]);
  assertEquals(asked.filter((line) => line.includes("requeue")), [
    "#SBATCH --no-requeue",
  ]);
  assert(asked.includes('#SBATCH --chdir="/home/my \\"lab\\""'));
  assert(asked.includes('#SBATCH --comment="a b"'));
  assert(asked.includes('#SBATCH --output="100 %%a/%a.log"'));
});

Deno.test("times round up to minutes, memory to 64 MiB", () => {
  assertEquals(
    [0, 60, 60.1, 3600, 86_399, 86_400, 180_061].map(formatTimeLimit),
    [
      ...["00:01:00", "00:01:00", "00:02:00", "01:00:00"],
      ...["1-00:00:00", "1-00:00:00", "2-02:02:00"],
    ],
  );
  assertEquals([1, 64 * 2 ** 20, 2 ** 31].map(formatMemory), [
    "64M",
    "64M",
    "2048M",
  ]);
});

Deno.test("any word survives a shell", async () => {
  const words = [
    "plain",
    "a b",
    "it's",
    '$HOME `id` "x"',
    "",
    "*",
    "a\nb",
    "-n",
  ];
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `printf '%s|' ${words.map(quoteForShell).join(" ")}`],
  }).output();
  assertEquals(new TextDecoder().decode(stdout), words.join("|") + "|");
});
