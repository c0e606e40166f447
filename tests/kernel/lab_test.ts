import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";

const SCRIPT = new URL("../../lib/cli/lab.ts", import.meta.url).href;

const VARIABLES = ["JUPYTER_DATA_DIR", "XDG_DATA_HOME", "HOME", "APPDATA"];

/** Runs the command with what its task grants, and an environment of its own. */
async function lab(env: Record<string, string>, folder: string) {
  const cache = Deno.env.get("DENO_DIR") ??
    join(Deno.env.get("HOME") ?? "", ".cache", "deno");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-read", `--allow-write=${folder}`],
      ...[`--allow-env=${VARIABLES}`, SCRIPT],
    ],
    clearEnv: true,
    env: { NO_COLOR: "1", DENO_DIR: cache, ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

async function withFolder(use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "lab_test_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the kernel is installed where Jupyter looks, and again over an older one", () =>
  withFolder(async (folder) => {
    const kernels = join(folder, "kernels", "edgeaigc");
    const file = join(kernels, "kernel.json");
    await Deno.mkdir(kernels, { recursive: true });
    await Deno.writeTextFile(file, "an older one");
    const { code, stdout, stderr } = await lab(
      { JUPYTER_DATA_DIR: folder },
      folder,
    );
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(
      stdout,
      `"EdgeAIGC (Deno)" is installed in ${kernels}.`,
    );
    assertStringIncludes(stdout, "jupyter lab notebooks");
    assertStringIncludes(stdout, "Select Kernel");
    const spec = JSON.parse(await Deno.readTextFile(file));
    assertEquals(spec.argv[0], Deno.execPath());
    assertEquals(spec.argv.at(-1), "{connection_file}");
    for (const path of spec.argv.slice(-3, -1)) await Deno.stat(path);
    const { display_name, language, interrupt_mode } = spec;
    assertEquals([display_name, language, interrupt_mode], [
      "EdgeAIGC (Deno)",
      "typescript",
      "message",
    ]);
  }));

Deno.test({
  name: "without JUPYTER_DATA_DIR the user's own folder is taken",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(async (folder) => {
      for (
        const [env, place] of [
          [{ HOME: folder }, ".local/share/jupyter"],
          [{ HOME: "/", XDG_DATA_HOME: folder }, "jupyter"],
        ] as const
      ) {
        const { code } = await lab({ ...env }, folder);
        assertEquals(code, 0);
        await Deno.stat(join(folder, place, "kernels/edgeaigc/kernel.json"));
      }
    }),
});

Deno.test("a kernel that cannot be installed is a failure in one line", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const { code, stdout, stderr } = await lab(
      { JUPYTER_DATA_DIR: file },
      folder,
    );
    assertEquals([code, stdout], [1, ""]);
    assert(/^Cannot install the kernel: .+\n$/.test(stderr), stderr);
  }));
