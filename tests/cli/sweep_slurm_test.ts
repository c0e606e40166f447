import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { exists } from "../../lib/trials/store.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { withSweep } from "./sweep_fixtures.ts";

Deno.test("without Slurm's commands, one line says so and nothing is written", async () => {
  const script = fileURLToPath(
    new URL("../../lib/cli/sweep.ts", import.meta.url),
  );
  await withTemporaryFolder(async (folder) => {
    const acts: [option: string, act: string][] = [
      ["--slurm", "submit"],
      ["--status", "read the status"],
      ["--cancel", "cancel"],
    ];
    for (const [option, act] of acts) {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--no-prompt", "--allow-read", "--allow-run", script],
          ...["smoke", option, "--data", `${folder}/data`],
        ],
        env: { PATH: folder, NO_COLOR: "1" },
      }).output();
      assertEquals(
        new TextDecoder().decode(stderr),
        `Cannot ${act}: Slurm's sbatch must be on the PATH (are you on the cluster's login node?), got no such program\n`,
      );
      assertEquals([code, stdout.length], [2, 0]);
    }
    assertEquals(await exists(`${folder}/data`), false);
  });
});

Deno.test("options that have no effect are refused", async () => {
  await withSweep(async ({ sweep, data }) => {
    const refused: [args: string[], message: RegExp][] = [
      [["--max-parallel", "3"], /--max-parallel must be beside --slurm, got 3/],
      [["--trials-per-task", "3"], /--trials-per-task must be beside --slurm/],
      [
        ["--slurm-option", "mem=1G"],
        /--slurm-option must be beside --slurm, got mem=1G/,
      ],
      [["--slurm", "-j", "2"], /--jobs must be left out beside --slurm, got 2/],
      [
        ["--slurm", "--fail-fast"],
        /--fail-fast must be left out beside --slurm/,
      ],
    ];
    for (const [args, message] of refused) {
      assertMatch(await sweep(args).catch(({ message }) => message), message);
    }
    assertEquals(await exists(data), false);
  });
});

Deno.test("a data folder that no permission can name is refused", async () => {
  await withSweep(async ({ sweep }) => {
    for (const path of ["a,b", "", "a\nb"]) {
      for (const option of ["--fail-fast", "--slurm"]) {
        assertEquals(
          await sweep(["--data", path, option]).catch(({ message }) => message),
          `Cannot read the arguments: --data must be a folder without "," in its name, got ${
            JSON.stringify(path)
          }`,
        );
      }
    }
  });
});
