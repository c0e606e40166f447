import { assertEquals } from "@std/assert";
import { openEngine } from "../../lib/nn/mod.ts";
import {
  betterCore,
  fusesMultiplyAdd,
} from "../../lib/nn/wasm/blas_kernels.ts";

const blas = await openEngine("blas").catch(() => undefined);
const hasOpenBlas = blas?.library?.startsWith("OpenBLAS") ?? false;

Deno.test("kernels that know the processor's multiply-add are left alone", () => {
  for (const hasAvx512 of [false, true]) {
    const processor = { fuses: true, hasAvx512 };
    for (
      const core of ["Haswell", "Zen", "SkylakeX", "Cooperlake", "NEOVERSEN1"]
    ) {
      assertEquals(betterCore(core, processor), undefined, core);
    }
  }
});

Deno.test("kernels older than the processor give way to the widest that it is known to have", () => {
  for (const core of ["Prescott", "Nehalem", "Sandybridge", "Barcelona"]) {
    const known = { fuses: true, hasAvx512: true };
    assertEquals(betterCore(core, known), "SkylakeX");
    assertEquals(betterCore(core, { ...known, hasAvx512: false }), "Haswell");
    const old = { fuses: false, hasAvx512: false };
    assertEquals(betterCore(core, old), undefined);
  }
});

Deno.test("the processor that the tests need fuses multiply and add", () => {
  assertEquals(fusesMultiplyAdd(), true);
});

const library = import.meta.resolve("../../lib/nn/wasm/blas_library.ts");

/**
 * The kernels that OpenBLAS has in a process of its own, asked to take Nehalem's, which
 * it takes by itself on no processor that fuses, and what is left in its environment.
 */
async function askForNehalem(
  environment: Record<string, string>,
  ...flags: string[]
): Promise<string> {
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    script,
    `import { coreOf, openBlasLibrary } from ${JSON.stringify(library)};
const core = coreOf(openBlasLibrary({ coreInstead: () => "Nehalem" }));
console.log(core, Deno.args.length ? "" : Deno.env.get("OPENBLAS_CORETYPE"));`,
  );
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--quiet", "--allow-ffi", ...flags, script],
      ...flags.length === 0 ? ["blind"] : [],
    ],
    env: environment,
  }).output();
  await Deno.remove(script);
  const decoder = new TextDecoder();
  return (decoder.decode(stdout) + decoder.decode(stderr)).trim();
}

Deno.test({
  name:
    "OpenBLAS is opened again with other kernels, unless the user has named some or nothing may be set",
  ignore: !hasOpenBlas,
  fn: async () => {
    const mayAsk = "--allow-env=OPENBLAS_CORETYPE";
    assertEquals(await askForNehalem({}, mayAsk), "Nehalem undefined");
    assertEquals(
      await askForNehalem({ OPENBLAS_CORETYPE: "Sandybridge" }, mayAsk),
      "Sandybridge Sandybridge",
    );
    const own = await askForNehalem({});
    assertEquals(own === "Nehalem" || own === "", false, own);
  },
});
