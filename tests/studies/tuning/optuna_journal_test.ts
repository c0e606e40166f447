import { assert, assertEquals } from "@std/assert";
import { OptunaJournal } from "../../../lib/studies/tuning/optuna_journal.ts";
import { planTune } from "../../../lib/studies/tuning/plan.ts";
import type { TuneConfig } from "../../../lib/studies/tuning/config.ts";

const CONFIG: TuneConfig = {
  name: "rates",
  title: "Rates",
  scenario: "small",
  method: "td3",
  seeds: "0-1",
  space: {
    "td3.actorLearningRate": { logUniform: [1e-5, 1e-2] },
    "td3.discount": { uniform: [0.5, 0.99] },
    "td3.policyDelay": { integer: [1, 4] },
    "td3.hiddenSizes": { choice: [[8, 8], [16]] },
    "td3.eq24": { choice: ["standard"] },
  },
  search: { halving: { configs: 4, episodes: 20, leastEpisodes: 10, eta: 2 } },
};

const PLAN = planTune(CONFIG, "read it");

/** Lines of a journal, without what all have. */
function linesOf(journal: OptunaJournal): Record<string, unknown>[] {
  const text = journal.text();
  assert(text.endsWith("\n"));
  return text.trimEnd().split("\n").map((line) => {
    const { worker_id, ...fields } = JSON.parse(line);
    assertEquals(worker_id, "edgeaigc-lab");
    return fields;
  });
}

Deno.test("a journal begins with the study and its candidates, as Optuna writes them", () => {
  const [study, metric, seeds, title, ...candidates] = linesOf(
    new OptunaJournal(PLAN),
  );
  assertEquals(study, { op_code: 0, study_name: "rates", directions: [2] });
  const attribute = (user_attr: object) => ({
    op_code: 2,
    study_id: 0,
    user_attr,
  });
  assertEquals(metric, attribute({ metric: "episodeReturn" }));
  assertEquals(seeds, attribute({ seeds: [0, 1] }));
  assertEquals(title, attribute({ title: "Rates" }));
  assertEquals(candidates.length, 4);
  candidates.forEach(({ distributions, params, ...fields }, number) => {
    // As of `study.add_trial(create_trial(state=TrialState.WAITING, ...))`.
    assertEquals(fields, {
      op_code: 4,
      study_id: 0,
      datetime_start: null,
      state: 4,
      value: null,
      values: null,
      user_attrs: {},
      system_attrs: {},
      intermediate_values: {},
    });
    assertEquals(
      Object.entries(distributions as Record<string, string>)
        .map(([key, text]) => [key, JSON.parse(text)]),
      [
        ["td3.actorLearningRate", {
          name: "FloatDistribution",
          attributes: { step: null, low: 1e-5, high: 1e-2, log: true },
        }],
        ["td3.discount", {
          name: "FloatDistribution",
          attributes: { step: null, low: 0.5, high: 0.99, log: false },
        }],
        ["td3.policyDelay", {
          name: "IntDistribution",
          attributes: { log: false, step: 1, low: 1, high: 4 },
        }],
        ["td3.hiddenSizes", {
          name: "CategoricalDistribution",
          attributes: { choices: ["[8,8]", "[16]"] },
        }],
        ["td3.eq24", {
          name: "CategoricalDistribution",
          attributes: { choices: ["standard"] },
        }],
      ],
    );
    const drawn = PLAN.assignments[number];
    assertEquals(params, {
      "td3.actorLearningRate": drawn["td3.actorLearningRate"],
      "td3.discount": drawn["td3.discount"],
      "td3.policyDelay": drawn["td3.policyDelay"],
      "td3.hiddenSizes": String(drawn["td3.hiddenSizes"]) === "16" ? 1 : 0,
      "td3.eq24": 0,
    });
  });
});

Deno.test("candidates start, tell a value for every rung, and end", () => {
  const journal = new OptunaJournal(PLAN);
  const before = journal.text();
  const { length } = linesOf(journal);
  journal.start(2, Date.UTC(2026, 0, 2, 3, 4, 5, 678));
  journal.report(2, 10, -3.5);
  journal.report(2, 20, -3.25);
  journal.end(2, "complete", Date.UTC(2026, 11, 31, 23, 59, 59) + 0.25);
  journal.start(0, 0);
  journal.report(0, 10, -4);
  journal.end(0, "pruned", 1000);
  journal.start(1, 0);
  journal.end(1, "failed", 1000, "a trial failed");
  const trial_id = 2;
  assertEquals(linesOf(journal).slice(length), [
    {
      op_code: 6,
      trial_id,
      state: 0,
      values: null,
      datetime_start: "2026-01-02T03:04:05.678000+00:00",
    },
    { op_code: 7, trial_id, step: 10, intermediate_value: -3.5 },
    { op_code: 7, trial_id, step: 20, intermediate_value: -3.25 },
    {
      op_code: 6,
      trial_id,
      state: 1,
      values: [-3.25],
      datetime_complete: "2026-12-31T23:59:59.000250+00:00",
    },
    {
      op_code: 6,
      trial_id: 0,
      state: 0,
      values: null,
      datetime_start: "1970-01-01T00:00:00.000000+00:00",
    },
    { op_code: 7, trial_id: 0, step: 10, intermediate_value: -4 },
    {
      op_code: 6,
      trial_id: 0,
      state: 2,
      values: [-4],
      datetime_complete: "1970-01-01T00:00:01.000000+00:00",
    },
    {
      op_code: 6,
      trial_id: 1,
      state: 0,
      values: null,
      datetime_start: "1970-01-01T00:00:00.000000+00:00",
    },
    { op_code: 8, trial_id: 1, user_attr: { reason: "a trial failed" } },
    {
      op_code: 6,
      trial_id: 1,
      state: 3,
      values: null,
      datetime_complete: "1970-01-01T00:00:01.000000+00:00",
    },
  ]);
  // Readers go on from where they were.
  assert(journal.text().startsWith(before));
});

Deno.test("what is known is not written twice, and nothing after the end", () => {
  const journal = new OptunaJournal(PLAN);
  journal.start(0, 0);
  journal.report(0, 10, -4);
  journal.end(0, "pruned", 1000);
  const text = journal.text();
  journal.start(0, 1);
  journal.report(0, 10, -4);
  journal.report(0, 20, -4);
  journal.end(0, "complete", 2000);
  // One that never started has nothing to tell.
  journal.report(1, 10, 0);
  journal.end(1, "complete", 0);
  assertEquals(journal.text(), text);
});

Deno.test("a metric that is better when lower is minimized", () => {
  const plan = planTune({ ...CONFIG, metric: "objective" }, "read it");
  assertEquals(linesOf(new OptunaJournal(plan))[0].directions, [1]);
});
