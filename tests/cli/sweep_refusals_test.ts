import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { main } from "../../lib/cli/sweep.ts";
import { LEDGER } from "../../lib/scenario/assumptions.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { PARAMETERS } from "../../lib/scenario/parameters.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { BROKEN_CONFIGS, type BrokenConfig } from "./broken_configs.ts";

/** Starts nothing: a trial that is begun is a fault. */
const command = () => {
  throw new Error("a trial was started");
};

/** Sweeps a broken config, and checks that it is refused in one line. */
async function refuse(folder: string, { text, path }: BrokenConfig) {
  const file = `${folder}/broken.json`;
  await Deno.writeTextFile(file, text);
  let message = "nothing";
  try {
    await main([file, "--data", `${folder}/data`], { command });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    ({ message } = error);
  }
  const start = `Cannot read ${file}: `;
  assert(message.startsWith(start), `${message}\n${text}`);
  const rest = message.slice(start.length);
  assert(rest.startsWith(path), `${message} must name ${path}\n${text}`);
  assert(/ must be /.test(rest), message);
  assert(/, got |, not /.test(rest), message);
  assertEquals(message.split("\n").length, 1);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(names, ["broken.json"]);
}

Deno.test(`${BROKEN_CONFIGS.length} broken configs are refused, and nothing is begun`, async () => {
  assert(BROKEN_CONFIGS.length >= 50);
  await withTemporaryFolder(async (folder) => {
    for (const config of BROKEN_CONFIGS) await refuse(folder, config);
  });
});

/** A path and what may not stand there, whatever it is exactly. */
interface Wrong {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** JSON of other kinds than those named. */
function otherThan(...kinds: string[]): fc.Arbitrary<unknown> {
  const all: Record<string, fc.Arbitrary<unknown>> = {
    null: fc.constant(null),
    boolean: fc.boolean(),
    number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    string: fc.string(),
    array: fc.array(fc.constantFrom(null, true, {}), { minLength: 1 }),
    object: fc.dictionary(fc.constantFrom("a", "b"), fc.integer(), {
      minKeys: 1,
    }),
  };
  return fc.oneof(
    ...Object.entries(all).filter(([kind]) => !kinds.includes(kind))
      .map(([, values]) => values),
  );
}

const notCount = fc.oneof(
  otherThan("number"),
  fc.integer({ max: 0 }),
  fc.double({ min: 0.01, max: 0.99 }),
);

function at(path: string[], values: fc.Arbitrary<unknown>) {
  return values.map((value): Wrong => ({ path, value }));
}

function inAssumption(key: string): fc.Arbitrary<unknown> {
  const { kind } = LEDGER[key as keyof typeof LEDGER];
  if (kind === "number") {
    return fc.oneof(otherThan("number"), fc.double({ min: -1e6, max: -0.01 }));
  }
  return otherThan(kind === "choice" ? "choice" : "none");
}

const COUNTS = ["numUsers", "numServers", "numModels", "slotsPerEpisode"];
const RANGES = ["inputMegabytes", "serverGpus", "modelGigabytes"];
const SETTINGS = ["episodes", "evaluateEvery", "testEpisodes"];

/** Something wrong at a known place. */
const wrongValue: fc.Arbitrary<Wrong> = fc.oneof(
  at(["name"], otherThan("string")),
  at(["title"], otherThan("string")),
  at(["methods"], otherThan("none")),
  at(["seeds"], otherThan("none")),
  at(["scenario"], otherThan("none")),
  at(["scenario", "parameters"], otherThan("object")),
  at(["scenario", "assumptions"], otherThan("object")),
  at(["engine"], otherThan("none")),
  at(["grid"], otherThan("array")),
  ...SETTINGS.map((key) => at([key], notCount)),
  ...COUNTS.map((key) => at(["scenario", "parameters", key], notCount)),
  ...RANGES.map((key) =>
    at(["scenario", "parameters", key], otherThan("none"))
  ),
  ...Object.keys(LEDGER).map((key) =>
    at(["scenario", "assumptions", key], inAssumption(key))
  ),
  at(["grid", "users"], fc.oneof(otherThan("none"), fc.tuple(notCount))),
  ...Object.keys(LEDGER).map((key) =>
    at(["grid", `assumptions.${key}`], fc.tuple(inAssumption(key)))
  ),
);

/** A key with a letter too many, in any object of a config. */
const wrongKey: fc.Arbitrary<Wrong> = fc.oneof(
  ...[
    [[], ["name", "methods", "seeds", "scenario", "grid", "engine"]],
    [["scenario"], ["extends", "parameters", "assumptions"]],
    [["scenario", "parameters"], Object.keys(PARAMETERS)],
    [["scenario", "assumptions"], Object.keys(LEDGER)],
    [["grid"], Object.keys(LEDGER).map((key) => `assumptions.${key}`)],
  ].map(([path, keys]) =>
    fc.tuple(fc.constantFrom(...keys), fc.nat(), fc.constantFrom(..."qxz"))
      .map(([key, place, letter]): Wrong => {
        const index = place % (key.length + 1);
        const misspelt = key.slice(0, index) + letter + key.slice(index);
        return { path: [...path, misspelt], value: 1 };
      })
  ),
);

/** A sound config with something wrong put into it. */
function breakAt({ path, value }: Wrong): BrokenConfig {
  const config: Record<string, unknown> = {
    name: "sound",
    methods: ["td3", "pso"],
    seeds: [3, 1],
  };
  let inner = config;
  for (const key of path.slice(0, -1)) {
    inner = inner[key] = {} as Record<string, unknown>;
  }
  inner[path[path.length - 1]] = value;
  const [first, ...rest] = path;
  const named = rest.reduce(
    (text, key) => text + (key.includes(".") ? `["${key}"]` : `.${key}`),
    first,
  );
  return { text: JSON.stringify(config), path: named };
}

/** The text of a config that ends too early. */
const cutShort: fc.Arbitrary<BrokenConfig> = fc.nat().map((length) => {
  const { text } = breakAt({ path: ["title"], value: "cut short" });
  return { text: text.slice(0, length % text.length), path: "the document" };
});

Deno.test("a thousand generated broken configs are refused, and nothing is begun", async () => {
  await withTemporaryFolder(async (folder) => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 6, arbitrary: wrongValue.map(breakAt) },
          { weight: 3, arbitrary: wrongKey.map(breakAt) },
          { weight: 1, arbitrary: cutShort },
        ),
        (config) => refuse(folder, config),
      ),
      { numRuns: 1000, seed: 5 },
    );
  });
});

Deno.test("a broken config ends the command with exit code 2 and one line", async () => {
  await withTemporaryFolder(async (folder) => {
    for (const { text, path } of BROKEN_CONFIGS.slice(10, 13)) {
      const file = `${folder}/broken.json`;
      await Deno.writeTextFile(file, text);
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--no-prompt", "--no-lock", "-R", "lib/cli/sweep.ts"],
          ...[file, "--data", `${folder}/data`],
        ],
      }).output();
      assertEquals(code, 2);
      assertEquals(stdout.length, 0);
      const lines = new TextDecoder().decode(stderr).split("\n");
      assertEquals(lines.length, 2);
      assert(lines[0].startsWith(`Cannot read ${file}: ${path}`), lines[0]);
    }
  });
});
