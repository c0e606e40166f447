import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";
import { main } from "../../lib/cli/build_native.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { nativeState } from "../../lib/nn/wasm/native/native_file.ts";
import { captureMain } from "./capture.ts";
import { canBuildNative } from "../nn/compiler.ts";

const ignore = !canBuildNative;

async function withFolder(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "build_native_test_" });
  try {
    await use(join(folder, "cache", "kernels.so"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const build = (path: string, compilers?: readonly string[]) =>
  captureMain((args) => main(args, { path, compilers }), []);

async function namesIn(path: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(dirname(path)));
  return entries.map(({ name }) => name).sort();
}

Deno.test({
  name: "of two that build at once, one compiles and both find the library",
  ignore,
  fn: () =>
    withFolder(async (path) => {
      const [one, other] = await Promise.all([
        main([], { path }),
        main([], { path }),
      ]);
      assertEquals([one, other], [0, 0]);
      assertEquals(await nativeState(path), "built");
      assertEquals(await namesIn(path), ["kernels.so"]);
      const { code, stdout } = await build(path, ["not-needed"]);
      assertEquals(code, 0);
      assertStringIncludes(stdout, "Native kernels: built before.");
    }),
});

Deno.test({
  name: "a damaged library is built again",
  ignore,
  fn: () =>
    withFolder(async (path) => {
      await build(path);
      await Deno.truncate(path, 1000);
      const { code, stdout } = await build(path);
      assertEquals(code, 0);
      assertStringIncludes(stdout, "Native kernels: built by ");
      assertEquals(await nativeState(path), "built");
    }),
});

Deno.test({
  name: "a compiler that fails leaves what was there, and nothing else",
  ignore,
  fn: () =>
    withFolder(async (path) => {
      const script = join(dirname(dirname(path)), "broken-cc");
      await Deno.writeTextFile(script, "#!/bin/sh\necho no luck >&2\nexit 1\n");
      await Deno.chmod(script, 0o755);
      const { code, stderr } = await build(path, ["no-such-compiler", script]);
      assertEquals(code, 1);
      assertEquals(
        stderr,
        `Cannot build native kernels: ${script}: no luck\nWebAssembly computes the same.\n`,
      );
      assertEquals(await namesIn(path), []);
    }),
});

Deno.test({
  name: "without a compiler it says what to install",
  ignore,
  fn: () =>
    withFolder(async (path) => {
      let message = "";
      try {
        await build(path, ["no-such-compiler"]);
      } catch (error) {
        if (error instanceof InputError) message = error.message;
      }
      assertEquals(
        message,
        "Cannot build native kernels: a C compiler must be installed, looked for no-such-compiler (on Debian: apt install gcc)",
      );
    }),
});

Deno.test({
  name: "a folder that cannot be written to is said in a line",
  ignore,
  fn: () =>
    withFolder(async (path) => {
      // A file in the folder's place refuses writing to root, too.
      await Deno.writeTextFile(dirname(path), "");
      const { code, stderr } = await build(path);
      assertEquals(code, 1);
      assertStringIncludes(stderr, "Cannot build native kernels: ");
      assertEquals(stderr.trim().split("\n").length, 1);
    }),
});
