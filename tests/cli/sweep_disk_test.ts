import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { canMount, runMounting } from "./mounts.ts";
import { readResults } from "../trials/fixtures.ts";
import { TINY_TRIALS, withSweep } from "./sweep_fixtures.ts";

const SWEEP = fileURLToPath(new URL("../../lib/cli/sweep.ts", import.meta.url));

const ignore = !await canMount();
if (ignore) {
  console.log(
    "Nothing can be mounted here: the test of full disks and read-only folders is left out.",
  );
}

/** A data folder that is full, then read-only, then neither; prints exit codes. */
const SCRIPT = `
sweep() { "$DENO" run --quiet --no-prompt --no-lock -R -W --allow-run --allow-ffi \\
  "$SWEEP" "$CONFIG" --data "$DATA" -j 1 --native off "$@"; echo "exit code $?"; }
mkdir -p "$DATA"
mount -t tmpfs -o size=100k none "$DATA"
echo "# full"; sweep
echo "# verified"; "$DENO" run --quiet --no-prompt --no-lock -R "$SWEEP" --verify --data "$DATA"
mount -o remount,size=50m,ro "$DATA"
echo "# read-only"; sweep; sweep --list
mount -o remount,rw "$DATA"
echo "# free"; sweep
cp -r "$DATA" "$COPY"
`;

Deno.test({
  name:
    "a full disk and a read-only folder are told in a line each, and nothing is lost",
  ignore,
  fn: () =>
    withSweep(async ({ data, file, sweep }) => {
      const whole = `${data}-whole`;
      const { code } = await sweep(["--data", whole]);
      assertEquals(code, 0);
      const copy = `${data}-copy`;
      const { stdout, stderr } = await runMounting(SCRIPT, {
        DENO: Deno.execPath(),
        SWEEP,
        CONFIG: file,
        DATA: data,
        COPY: copy,
      });
      const parts = new Map(
        stdout.split("# ").slice(1).map((part) => {
          const [name, ...lines] = part.trimEnd().split("\n");
          return [name, lines];
        }),
      );
      const full = parts.get("full")!;
      assertEquals(full.at(-1), "exit code 1", stdout + stderr);
      const failed = full.filter((line) => / failed: /.test(line));
      assert(failed.length > 0, stdout);
      for (const line of failed) {
        assert(line.includes("No space left on device (os error 28)"), line);
      }
      assert(full.some((line) => / finished in /.test(line)), stdout);
      assert(parts.get("verified")!.at(-1)!.endsWith("all are whole."), stdout);
      const readOnly = parts.get("read-only")!;
      assertEquals(readOnly[0], "exit code 1", stdout);
      assertMatch(stderr, /^Cannot run the sweep: Read-only file system.*\n$/);
      assertEquals(readOnly.at(-1), "exit code 0", stdout);
      assertEquals(parts.get("free")!.at(-1), "exit code 0", stdout);
      assertEquals(
        await readResults(`${copy}/trials`),
        await readResults(`${whole}/trials`),
      );
      assertEquals(
        [...Deno.readDirSync(`${copy}/trials`)].length,
        TINY_TRIALS.length,
      );
    }),
});
