import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import "../../lib/notebook/mod.ts";
import { IMPORTS, type RunCell, textOf, withKernel } from "./kernel_cells.ts";

/** The cells in a kernel that has imported the lab and its displays. */
function withLab(use: (run: RunCell) => Promise<void>): Promise<void> {
  return withKernel(async (run) => {
    await run(IMPORTS.notebook);
    await run(IMPORTS.lab);
    await use(run);
  });
}

Deno.test("outside a kernel the import changes nothing", () => {
  assertEquals(Object.getOwnPropertySymbols(Object.prototype), []);
});

Deno.test("a scenario shows what differs from the paper's, with units", async () => {
  await withLab(async (run) => {
    const shown = await run(
      `lab.deriveScenario(lab.PAPER_SCENARIO, {
        name: "mine & more",
        parameters: { inputMegabytes: [1, 2] },
        assumptions: { backhaulRate: "megabit" },
      })`,
    );
    assertEquals(
      textOf(shown),
      `Scenario mine & more: U = 10, E = 2, M = 20, T = 10
what            paper    here     unit  meaning
inputMegabytes  [4, 8]   [1, 2]   MB    input size of a request d_i^in
backhaulRate    kilobit  megabit        500e6 bit/s, as a fiber backhaul has
From the paper's, 1 parameter and 1 assumption differ.`,
    );
    const html = String(shown[0].data["text/html"]);
    assertStringIncludes(html, "<b>Scenario mine &amp; more: ");
    assertStringIncludes(html, ">[1, 2]</td>");
    assertStringIncludes(
      textOf(await run("lab.PAPER_SCENARIO")),
      "It is the paper's.",
    );
  });
});

Deno.test("an environment, an agent and a study show what they are made of", async () => {
  await withLab(async (run) => {
    assertEquals(
      textOf(await run("new lab.EdgeEnv(lab.SMALL_SCENARIO)")),
      `EdgeEnv of scenario small: U = 3, E = 2, M = 5, T = 4
part              of                    symbol     size
popularity        observation (Eq. 19)  γ(t)          1
fading            observation (Eq. 19)  δ(t)          3
requests          observation (Eq. 19)  Z(t)          3
input size        observation (Eq. 19)  d^in(t)       3
output size       observation (Eq. 19)  d^out(t)      3
cache scores      action (Eq. 20)       β(t), E·M    10
bandwidth scores  action (Eq. 20)       α(t), E·U     6
compute scores    action (Eq. 20)       ℓ(t), E·U     6
Observations have 13 numbers, actions 22 in [-1, 1].`,
    );
    assertEquals(
      textOf(
        await run(
          `const engine = await lab.openEngine("wasm");
lab.createAgent("ddpg", lab.SMALL_SCENARIO, { engine, seed: 0 })`,
        ),
      ),
      "DdpgAgent: 0 gradient updates",
    );
    await run(
      `const study = await lab.openStudy({
        name: "first",
        title: "Two that learn nothing",
        scenario: "small",
        methods: ["random", "cloud-only"],
        seeds: "0-1",
        testEpisodes: 2,
        grid: { users: [2, 3] },
      }, { data: "data" }); undefined`,
    );
    assertEquals(
      textOf(await run("study")),
      `Study first: 8 trials, 0 finished
method      label       trials  finished
random      random           4         0
cloud-only  cloud-only       4         0
Two that learn nothing
Varies beside method and seed: users.
Results: data`,
    );
    await run("await study.run({ jobs: 1 }); undefined");
    assertStringIncludes(
      textOf(await run("study")),
      "Study first: 8 trials, 8 finished",
    );
  });
});

Deno.test("a slot's outcome shows a table and a bar for every user", async () => {
  await withLab(async (run) => {
    await run(
      `const env = new lab.EdgeEnv(lab.BALANCED_SCENARIO);
env.reset(0);
const { info } = env.step(new Float32Array(env.actionSize)); undefined`,
    );
    const [table, figure, ...rest] = await run("info.outcome");
    assertEquals(rest, []);
    assertEquals([table.type, figure.type], ["display_data", "execute_result"]);
    const lines = String(table.data["text/plain"]).split("\n");
    assertStringIncludes(lines[0], "Slot: G ");
    assertStringIncludes(lines[1], "backhaul (s)");
    assertEquals(lines.length, 2 + 10 + 2);
    assertEquals(lines.at(-1), "No constraint is broken.");
    assertEquals(Object.keys(figure.data).toSorted(), [
      "application/vnd.vegalite.v5+json",
      "image/png",
      "text/plain",
    ]);
    const spec = figure.data["application/vnd.vegalite.v5+json"] as {
      vconcat: { data: { values: string } }[];
    };
    const [head, ...rows] = spec.vconcat[0].data.values.split("\n")
      .map((line) => line.split(","));
    const bars = rows.map((row) => ({
      user: row[head.indexOf("user")],
      end: Number(row[head.indexOf("end")]),
    }));
    const ends = Map.groupBy(bars, ({ user }) => user);
    assertEquals(ends.size, 10);
    const response = JSON.parse(
      textOf(await run("JSON.stringify([...info.outcome.responseTimeS])"))
        .slice(1, -1),
    ) as number[];
    [...ends.values()].forEach((bars, user) => {
      const last = Math.max(...bars.map(({ end }) => end));
      assert(Math.abs(last - response[user]) < 1e-3, `user ${user}`);
    });
  });
});

const SPEC = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  title: "Points",
  mark: "point",
  data: { values: [{ a: 1 }] },
  encoding: { x: { field: "a", type: "quantitative" } },
};

Deno.test("a specification of Vega-Lite is drawn, without a PNG if that cannot be", async () => {
  await withLab(async (run) => {
    await run(`const spec = ${JSON.stringify(SPEC)}; undefined`);
    const [{ data }] = await run("spec");
    assertEquals(data["application/vnd.vegalite.v5+json"], SPEC);
    assertEquals(data["text/plain"], "Figure: Points");
    assertEquals(
      [...Uint8Array.fromBase64(String(data["image/png"])).slice(1, 4)],
      [..."PNG"].map((letter) => letter.charCodeAt(0)),
    );
    const [distant] = await run('({ ...spec, data: { url: "no.csv" } })');
    assertEquals(distant.data["image/png"], undefined);
    assertEquals(
      distant.data["text/plain"],
      "Figure: Points (no PNG: its data must be inside, got the address of some)",
    );
    const [faulty] = await run('({ ...spec, mark: "no such mark" })');
    assertEquals(faulty.data["image/png"], undefined);
    assertStringIncludes(String(faulty.data["text/plain"]), "no PNG: ");
  });
});

Deno.test("a display that fails falls back to plain text", async () => {
  await withLab(async (run) => {
    await run(`const spec = ${JSON.stringify(SPEC)}; undefined`);
    const [{ type, data }] = await run(
      "({ ...spec, data: { values: [{ a: NaN }] } })",
    );
    assertEquals(type, "execute_result");
    assertEquals(Object.keys(data), ["text/plain"]);
    assertStringIncludes(String(data["text/plain"]), "a: NaN");
  });
});

Deno.test("rows show as a table of all their keys, escaped and cut", async () => {
  await withLab(async (run) => {
    const [{ data }] = await run(
      '[{ a: 1, "<b>": "<i>" }, { c: true, a: 1 / 3 }]',
    );
    assertEquals(
      data["text/plain"],
      "a        <b>  c\n      1  <i>\n0.33333       true",
    );
    const html = String(data["text/html"]);
    assertStringIncludes(html, "<th>&lt;b&gt;</th>");
    assertStringIncludes(html, "&lt;i&gt;");
    const many = textOf(
      await run("Array.from({ length: 60 }, () => ({ a: 1 }))"),
    );
    assertEquals(many.split("\n").length, 1 + 50 + 1);
    assertStringIncludes(many, "… 60 rows in all");
    assertStringIncludes(
      textOf(
        await run(
          "[Object.fromEntries(Array.from({ length: 60 }, (_, i) => ['k' + i, 'x'.repeat(10_000)]))]",
        ),
      ),
      "… 60 columns in all",
    );
  });
});

Deno.test("danfojs frames and series show as tables from the first one", async () => {
  await withLab(async (run) => {
    await run('import { DataFrame, Series } from "danfojs"; undefined');
    assertEquals(
      textOf(await run('new DataFrame([{ a: 1, b: "x" }])')),
      "   a  b\n0  1  x",
    );
    assertEquals(textOf(await run("new Series([7])")), "   0\n0  7");
  });
});

/** Results that are none of the lab's. */
const OTHERS = [
  ...["1", "'text'", "true", "5n", "null", "undefined", "Symbol('s')"],
  ...["({ a: 1, b: { c: [1, 2] } })", "[]", "[1, { a: 2 }]", "[{}]"],
  ...["[{ a: { b: 1 } }]", "new Map([[1, { a: 1 }]])", "new Set([1])"],
  ...["Promise.resolve(4)", "new Error('x')", "(() => 1)", "new Date(0)"],
  ...["new (class A { x = 1 })()", "Object.create(null)", "/r/g", "[[1], [2]]"],
  ...["new Uint8Array([1, 2])", "Deno.jupyter.html`<b>x</b>`"],
  ...["new Proxy({}, { get() { throw new Error('trap'); } })"],
  ...["({ get a() { throw new Error('getter'); } })", "[new Date(0)]"],
  ...["({ name: 'x', parameters: {}, assumptions: {} })", "({ mark: 'x' })"],
  ...["({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'own' }) })"],
];

Deno.test("results of others are shown as without the lab", async () => {
  await withKernel(async (run) => {
    const all = async () => {
      const shown: unknown[] = [];
      for (const code of OTHERS) {
        shown.push(
          (await run(code)).map(({ type, data, evalue }) => [
            code,
            type,
            data,
            evalue,
          ]),
        );
      }
      return shown;
    };
    const before = await all();
    await run(IMPORTS.notebook);
    assertEquals(textOf(await run("[{ a: 1 }]")), "a\n1");
    assertEquals(await all(), before);
  });
});

Deno.test("an object that is given a display of its own shows itself by that", async () => {
  await withKernel(async (run) => {
    await run(IMPORTS.notebook);
    const given = `const rows = [{ a: 1 }];
rows[Symbol.for("Jupyter.display")] = () => ({ "text/plain": "own" });
rows`;
    assertEquals(textOf(await run(given)), "own");
    assertEquals(textOf(await run("[{ a: 1 }]")), "a\n1");
    assertEquals(textOf(await run("Object.keys({ a: 1 })")), '[ "a" ]');
  });
});
