import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";

const SCRIPT = new URL("../../lib/cli/lab.ts", import.meta.url).href;

/** Runs the command with no more than it needs, for kernels in `folder`. */
async function lab(folder: string) {
  const permissions = ["--allow-read", `--allow-run=${Deno.execPath()}`];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, SCRIPT],
    env: { NO_COLOR: "1", DENO_TEST_JUPYTER_PATH: folder },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

Deno.test("the kernel is installed, kept, and replaced only if its Deno is gone", async () => {
  const folder = await Deno.makeTempDir({ prefix: "lab_test_" });
  try {
    const file = join(folder, "kernels", "deno", "kernel.json");
    const programs = async () => JSON.parse(await Deno.readTextFile(file)).argv;
    const setProgram = async (path: string) => {
      const spec = JSON.parse(await Deno.readTextFile(file));
      spec.argv[0] = path;
      await Deno.writeTextFile(file, JSON.stringify(spec));
    };
    const first = await lab(folder);
    assertEquals([first.code, first.stderr], [0, ""]);
    assertStringIncludes(
      first.stdout,
      `is installed in ${join(folder, "kernels", "deno")}.`,
    );
    assertStringIncludes(first.stdout, "jupyter lab notebooks");
    assertStringIncludes(first.stdout, "Select Kernel");
    const [own, ...args] = await programs();
    assertEquals(
      await Deno.realPath(own),
      await Deno.realPath(Deno.execPath()),
    );
    assertEquals(args, ["jupyter", "--kernel", "--conn", "{connection_file}"]);

    const again = await lab(folder);
    assertEquals([again.code, again.stdout], [0, first.stdout]);

    const other = join(folder, "another_deno");
    await Deno.writeTextFile(other, "");
    await setProgram(other);
    const kept = await lab(folder);
    assertEquals(kept.code, 0);
    assertStringIncludes(
      kept.stdout,
      `It starts another Deno, ${await Deno.realPath(other)}`,
    );
    assertEquals((await programs())[0], other);

    await Deno.remove(other);
    const replaced = await lab(folder);
    assertEquals([replaced.code, replaced.stdout], [0, first.stdout]);
    assertEquals((await programs())[0], own);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a kernel that cannot be installed is a failure in one line", async () => {
  const file = await Deno.makeTempFile({ prefix: "lab_test_" });
  try {
    const { code, stdout, stderr } = await lab(file);
    assertEquals([code, stdout], [1, ""]);
    assert(/^Cannot install the kernel: .+\n$/.test(stderr), stderr);
  } finally {
    await Deno.remove(file);
  }
});
