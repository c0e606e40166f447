/**
 * What must be edited to add something to the lab: counted by adding it to a copy,
 * and running what was added there.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withTemporaryFolder } from "../trials/fixtures.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a checkout needs to run. */
const CHECKOUT = ["deno.json", "deno.lock", "package.json", "lib"];

/** A text that is replaced in an existing file. */
type Edit = readonly [path: string, before: string, after: string];

interface Addition {
  /** What is added. */
  readonly what: string;
  /** New files. */
  readonly files: Readonly<Record<string, string>>;
  /** Edits of existing ones; every file once. */
  readonly edits: readonly Edit[];
  /** A script that runs what was added, and what it prints. */
  readonly script: string;
  readonly prints: RegExp;
  /** Existing files that are edited, tests apart. */
  readonly count: number;
}

const REGISTRY = "lib/methods/registry.ts";

/** Edits that enter a method. */
const enter = (name: string, file: string): Edit[] => [[
  REGISTRY,
  'import td3 from "./td3.ts";',
  `import td3 from "./td3.ts";\nimport ${name} from "./${file}";`,
], [REGISTRY, "  staticPopularity,\n", `  staticPopularity,\n  ${name},\n`]];

const ADDITIONS: readonly Addition[] = [
  {
    what: "a rule",
    files: {
      "lib/methods/smallest.ts": `
        import { decisionFor, fillCaches } from "../policies/mod.ts";
        import type { Method } from "./method.ts";
        const method: Method = {
          name: "smallest",
          label: "smallest",
          create: ({ instance }) => {
            const { modelSizeBytes } = instance;
            const ranking = [...modelSizeBytes.keys()]
              .sort((a, b) => modelSizeBytes[a] - modelSizeBytes[b]);
            const caches = fillCaches(instance, () => ranking);
            return { decide: (view) => decisionFor(view, caches, "equal") };
          },
        };
        export default method;`,
    },
    edits: enter("smallest", "smallest.ts"),
    script: `
      const study = await openStudy({
        name: "added", scenario: "small", methods: ["smallest", "random"],
        seeds: [0], testEpisodes: 1,
      }, { data: Deno.args[0] });
      await study.run();
      for (const row of await study.rows()) console.log(row.method);`,
    prints: /^smallest\nrandom\n$/,
    count: 1,
  },
  {
    what: "a learner",
    files: {
      "lib/methods/td3_quiet.ts": `
        import { Td3Agent } from "../agents/mod.ts";
        import { choicesIn } from "../env/choices.ts";
        import { agentLearner } from "./agent_learner.ts";
        import { agentSetup } from "./agent_setup.ts";
        import td3 from "./td3.ts";
        import type { Method } from "./method.ts";
        class Quiet extends Td3Agent {
          override explore(observation: Float32Array) {
            return this.act(observation);
          }
        }
        const method: Method = {
          name: "td3-quiet",
          label: "TD3 quiet",
          learns: true,
          hyperparameters: td3.hyperparameters,
          create: async (setup) =>
            agentLearner(
              new Quiet(await agentSetup(setup)),
              choicesIn(setup.hyperparameters),
            ),
        };
        export default method;`,
    },
    edits: enter("td3Quiet", "td3_quiet.ts"),
    script: `
      const [row] = await play("td3-quiet", {
        scenario: PRESETS.small, seeds: 0, episodes: 8, testEpisodes: 1,
        hyperparameters: { ...SMALL_LEARNER },
      });
      console.log(row.series, row.violations);`,
    prints: /^TD3 quiet 0\n$/,
    count: 1,
  },
  {
    what: "a claim",
    files: {},
    edits: [[
      "lib/claims/claims.ts",
      '  {\n    key: "td3-best",',
      `  {
    key: "added",
    text: "TD3's reward is better than DDPG's by 50 %",
    place: "nowhere",
    measure: "TD3's return above DDPG's",
    unit: "%",
    rule: { kind: "above", threshold: 50 },
    extreme: "least",
    methods: ["td3", "ddpg"],
    metric: "return",
    effects: ({ training }) => returnImprovements(training, TD3),
  },
  {
    key: "td3-best",`,
    ]],
    script: `
      const judged = judgeClaims(await readFigureRows("data", "paper"))
        .find(({ claim }) => claim.key === "added");
      console.log(judged?.verdict);`,
    prints: /^contradicted\n$/,
    count: 1,
  },
  {
    what: "a reading of the world",
    files: {},
    edits: [
      [
        "lib/scenario/ledger_model.ts",
        'readonly association: "nearest" |',
        'readonly association: "first" | "nearest" |',
      ],
      [
        "lib/scenario/ledger_model.ts",
        '      nearest: "the nearest server",',
        '      nearest: "the nearest server",\n      first: "the first server",',
      ],
      [
        "lib/workload/trace.ts",
        '    case "balanced":',
        '    case "first":\n      return new Int32Array(instance.numUsers);\n    case "balanced":',
      ],
    ],
    script: `
      const scenario = deriveScenario(PRESETS.small, {
        assumptions: { association: "first" },
      });
      const env = new EdgeEnv(scenario);
      env.reset(0);
      console.log(String(env.currentSlot.server));`,
    prints: /^0,0,0\n$/,
    count: 2,
  },
];

async function copyCheckout(folder: string): Promise<void> {
  for (const name of ["tests", "data"]) await Deno.mkdir(join(folder, name));
  for (const name of [...CHECKOUT, "tests/std_assert"]) {
    const { success } = await new Deno.Command("cp", {
      args: ["-r", join(ROOT, name), join(folder, name)],
    }).output();
    assertEquals(success, true, name);
  }
  for await (const { name } of Deno.readDir(join(ROOT, "data"))) {
    if (!name.endsWith(".csv")) continue;
    await Deno.copyFile(join(ROOT, "data", name), join(folder, "data", name));
  }
}

async function run(folder: string, ...args: string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [printed, said] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { success, printed, said };
}

for (const { what, files, edits, script, prints, count } of ADDITIONS) {
  Deno.test(
    `to add ${what}, ${count} existing file${
      count === 1 ? "" : "s"
    } must be edited`,
    async () => {
      await withTemporaryFolder(async (folder) => {
        await copyCheckout(folder);
        for (const [path, text] of Object.entries(files)) {
          await Deno.writeTextFile(join(folder, path), text);
        }
        for (const [path, before, after] of edits) {
          const text = await Deno.readTextFile(join(folder, path));
          assertEquals(text.split(before).length, 2, `${path}: ${before}`);
          await Deno.writeTextFile(
            join(folder, path),
            text.replace(before, after),
          );
        }
        assertEquals(new Set(edits.map(([path]) => path)).size, count);
        await Deno.writeTextFile(
          join(folder, "added.ts"),
          `import * as lab from "./lib/mod.ts";
import { SMALL_LEARNER } from "./lib/agents/mod.ts";
import { readFigureRows } from "./lib/claims/mod.ts";
import { PRESETS } from "./lib/scenario/mod.ts";
const { deriveScenario, EdgeEnv, judgeClaims, openStudy, play } = lab;
${script}
`,
        );
        const checked = await run(folder, "check", "added.ts");
        assertEquals(checked.success, true, checked.said);
        const { success, printed, said } = await run(
          folder,
          ...["run", "-A", "added.ts", join(folder, "results")],
        );
        assertEquals(success, true, said);
        assertEquals(prints.test(printed), true, printed);
      });
    },
  );
}
