import { assert, assertEquals, assertMatch } from "@std/assert";
import { readResults, readTree } from "../trials/fixtures.ts";
import {
  type Mishap,
  TINY_TRIALS,
  withMishaps,
  withSweep,
} from "./sweep_fixtures.ts";

/** Trials that a mishap leaves alone, and the one that it hits. */
const HIT = TINY_TRIALS.find(({ config }) =>
  config.method === "td3" && config.seed === 1
)!;

function hitting(mishap: Mishap) {
  return withMishaps((trial) =>
    trial.method === "td3" && trial.seed === 1 ? mishap : undefined
  );
}

const CASES: [Mishap, string[], string][] = [
  ["throw", [], "the sky fell"],
  ["overflow", [], "ran out of memory"],
  // Long enough for those that do not hang, on a busy machine too.
  ["hang", ["--timeout", "8.5"], "took longer than 8.5 s"],
];

for (const [mishap, args, reason] of CASES) {
  Deno.test(`trials that ${mishap} are told in a line, the others finish`, async () => {
    await withSweep(async ({ data, sweep }) => {
      const first = await sweep(["-j", "2", ...args], hitting(mishap));
      assertEquals(first.code, 1);
      const lines = first.stdout.split("\n");
      const told = lines.filter((line) =>
        line.endsWith(`td3 seed 1 failed: ${reason}`)
      );
      assertEquals(told.length, 1, first.stdout);
      assert(
        lines.some((line) => line.startsWith("5 of 6 trials are finished")),
      );
      assert(first.stdout.includes("--only-failed"));
      const log = `${data}/sweeps/tiny/logs/${HIT.id}.log`;
      assertMatch(await Deno.readTextFile(log), new RegExp(reason));

      const list = await sweep(["--list"]);
      assertMatch(
        list.stdout,
        new RegExp(`${HIT.id} .*(waiting|begun), failed: ${reason}`),
      );

      const second = await sweep(["--only-failed"]);
      assertEquals(second.code, 0, second.stdout);
      assert(second.stdout.includes("Running 1, 1 at a time"));
      const third = await sweep(["--only-failed"]);
      assertEquals(third.code, 0);
      assert(third.stdout.includes("6 of 6 trials are finished: 0 now"));
      assertEquals([...Deno.readDirSync(`${data}/trials`)].length, 6);
    });
  });
}

Deno.test("what failed gives the same results when it is run again", async () => {
  await withSweep(async (whole) => {
    assertEquals((await whole.sweep()).code, 0);
    const expected = await readResults(`${whole.data}/trials`);
    await withSweep(async ({ data, sweep }) => {
      assertEquals((await sweep([], hitting("throw"))).code, 1);
      assertEquals((await sweep()).code, 0);
      assertEquals(await readResults(`${data}/trials`), expected);
      assertEquals(
        await Deno.readTextFile(`${data}/sweeps/tiny/rows.csv`),
        await Deno.readTextFile(`${whole.data}/sweeps/tiny/rows.csv`),
      );
    });
  });
});

Deno.test("with --fail-fast the first failure stops the others", async () => {
  await withSweep(async ({ sweep }) => {
    const always = withMishaps((trial) =>
      trial.seed === 0 ? "throw" : undefined
    );
    const { code, stdout } = await sweep(["--fail-fast", "-j", "1"], always);
    assertEquals(code, 1);
    assert(stdout.includes("0 of 6 trials are finished"), stdout);
    assert(stdout.includes("1 failed"));
  });
});

Deno.test("a damaged result is told, kept aside, and run again by the next sweep", async () => {
  await withSweep(async ({ data, sweep }) => {
    assertEquals((await sweep()).code, 0);
    const expected = await readResults(`${data}/trials`);
    const folder = `${data}/trials/${HIT.id}`;
    await Deno.writeTextFile(`${folder}/evaluations.csv`, "split,episode\n");
    const second = await sweep();
    assertEquals(second.code, 1);
    assert(
      second.stdout.includes(
        "td3 seed 1 failed: evaluations.csv is damaged: its SHA-256 is not the manifest's",
      ),
      second.stdout,
    );
    assertEquals(
      await Deno.readTextFile(`${data}/damaged/${HIT.id}/evaluations.csv`),
      "split,episode\n",
    );
    assertEquals((await sweep()).code, 0);
    assertEquals(await readResults(`${data}/trials`), expected);
  });
});

Deno.test("every flipped, missing and added file is found", async () => {
  await withSweep(async ({ data, sweep, verifyAll }) => {
    assertEquals((await sweep()).code, 0);
    const check = async (...expected: string[]) => {
      for (const verify of [() => sweep(["--verify"]), verifyAll]) {
        const { code, stdout } = await verify();
        assertEquals(code, 1);
        assertEquals(stdout.split("\n").slice(0, expected.length), expected);
        assert(stdout.includes(`Problems: ${expected.length}.`), stdout);
      }
    };
    const folder = `${data}/trials/${HIT.id}`;
    for (const name of Object.keys(await readTree(folder))) {
      const bytes = await Deno.readFile(`${folder}/${name}`);
      const flipped = bytes.slice();
      flipped[flipped.length >> 1] ^= 1;
      await Deno.writeFile(`${folder}/${name}`, flipped);
      for (const verify of [() => sweep(["--verify"]), verifyAll]) {
        const { code, stdout } = await verify();
        assertEquals(code, 1);
        assert(stdout.startsWith(`${folder}: ${name} `), stdout);
      }
      await Deno.remove(`${folder}/${name}`);
      await check(`${folder}: ${name} is missing`);
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
    await check(`${folder}: notes.txt is foreign`);
    await Deno.remove(`${folder}/notes.txt`);
    await Deno.writeTextFile(`${data}/trials/notes.txt`, "mine");
    const { stdout } = await verifyAll();
    assert(stdout.startsWith(`${data}/trials/notes.txt: is foreign`), stdout);
    await Deno.remove(`${data}/trials/notes.txt`);
    await Deno.remove(`${data}/sweeps/tiny/rows.csv`);
    assertEquals((await verifyAll()).code, 0);
    const { code, stdout: table } = await sweep(["--verify"]);
    assertEquals(code, 1);
    assert(table.startsWith(`${data}/sweeps/tiny/rows.csv: is missing`), table);
  });
});

Deno.test("what --verify finds damaged is run again after --repair", async () => {
  await withSweep(async ({ data, sweep }) => {
    assertEquals((await sweep()).code, 0);
    const weights = `trials/${HIT.id}/policy/weights.bin`;
    const whole = await Deno.readFile(`${data}/${weights}`);
    await Deno.writeFile(`${data}/${weights}`, whole.slice(1));
    const { code, stdout } = await sweep(["--verify", "--repair"]);
    assertEquals(code, 1);
    assert(stdout.includes(`${HIT.id} is now ${data}/damaged/${HIT.id}`));
    assertEquals((await sweep()).code, 0);
    assertEquals(await Deno.readFile(`${data}/${weights}`), whole);
  });
});

Deno.test("a folder that cannot be made is told in a line", async () => {
  await withSweep(async ({ data, sweep }) => {
    await Deno.mkdir(data);
    await Deno.writeTextFile(`${data}/trials`, "a file in the way");
    const { code, stderr } = await sweep();
    assertEquals(code, 1);
    assertMatch(stderr, /^Cannot run the sweep: .*trials'\n$/);
    assertEquals(await readTree(data), {
      trials: new TextEncoder().encode("a file in the way"),
    });
  });
});

Deno.test("results that vanish while a sweep runs are failures, not success", async () => {
  await withSweep(async ({ data, sweep }) => {
    const finished = (remove: string) => ({
      command: () =>
        new Deno.Command(Deno.execPath(), {
          args: [
            ...["eval", "--no-lock"],
            `try { Deno.removeSync(${
              JSON.stringify(remove)
            }, { recursive: true }); } catch {}
             console.log('{"type":"finished","directory":"x"}');`,
          ],
          stdin: "piped",
          stdout: "piped",
          stderr: "piped",
        }),
    });
    // What workers say they have stored is not there.
    const never = await sweep(["-j", "1"], finished(`${data}/nothing`));
    assertEquals(never.code, 1);
    assert(never.stdout.includes("0 of 6 trials are finished"), never.stdout);
    assert(never.stdout.includes("6 failed."), never.stdout);
    assert(never.stdout.includes("its results were removed since"));
    // What was there before the sweep is removed while it runs.
    for (const remove of [`${data}/trials`, data]) {
      await sweep(["--methods", "random"]);
      const { code, stdout } = await sweep(["-j", "1"], finished(remove));
      assertEquals(code, 1);
      assert(stdout.includes("of which 3 are finished"), stdout);
      assert(stdout.includes("0 of 6 trials are finished"), stdout);
      assert(stdout.includes("6 failed."), stdout);
    }
    assertEquals((await sweep()).code, 0);
  });
});

Deno.test("--verify fails where there is nothing, and where a table lacks rows", async () => {
  await withSweep(async ({ data, sweep, verifyAll }) => {
    const nothing = async () => {
      const { code, stdout } = await verifyAll();
      assertEquals(code, 1);
      assert(
        stdout.startsWith(`${data}/trials: has no finished trial to check\n`),
        stdout,
      );
      assertEquals((await sweep(["--verify"])).code, 1);
    };
    await nothing();
    await Deno.mkdir(`${data}/trials`, { recursive: true });
    await nothing();
    await sweep();
    assertEquals((await verifyAll()).code, 0);
    assertEquals((await sweep(["--verify"])).code, 0);
    const path = `${data}/sweeps/tiny/rows.csv`;
    const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
    for (const text of ["", lines.slice(0, -1).join("\n") + "\n"]) {
      await Deno.writeTextFile(path, text);
      const { code, stdout } = await sweep(["--verify"]);
      assertEquals(code, 1);
      assert(stdout.startsWith(`${path}: is not what comes of the trials`));
    }
  });
});
