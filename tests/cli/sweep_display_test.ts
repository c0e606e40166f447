import { assert, assertEquals } from "@std/assert";
import { observeSweep } from "../../lib/cli/sweep_display.ts";
import { formatForeseen, formatRate } from "../../lib/studies/progress_text.ts";
import { Forecast } from "../../lib/studies/forecast.ts";
import { TINY_TRIALS } from "./sweep_fixtures.ts";

const [A, B] = TINY_TRIALS;
const row = { episodeReturn: 0, objective: 0, hitRate: 0 };

/** What is written while one trial finishes and another fails. */
function record(
  interactive: boolean,
  { columns = 60, rows = 24, reason = "out of luck" } = {},
): string {
  let written = "";
  let nowMs = 0;
  const display = observeSweep({
    clock: () => nowMs,
    forecast: new Forecast(),
    jobs: 2,
    interactive,
    size: () => ({ columns, rows }),
    write: (text) => written += text,
  });
  display.onBegin?.(3, [A, B]);
  display.onStarted?.(A);
  display.onStarted?.(B);
  for (let episode = 1; episode <= 4; episode++) {
    nowMs += 1000;
    display.onEpisode?.(A, { ...row, episode });
  }
  display.onFinished?.(A);
  display.onFailed?.({ trial: B, reason, log: "x.log" });
  display.close();
  return written;
}

Deno.test("away from a terminal every trial that ends is a line", () => {
  assertEquals(
    record(false),
    [
      "[4/5] td3 seed 0 finished in 4.0 s\n",
      "[5/5] random seed 0 failed: out of luck\n",
    ].join(""),
  );
});

Deno.test("a terminal shows what runs, and keeps what has ended", () => {
  const screen: string[] = [""];
  const written = record(true);
  // What a terminal makes of it: lines, cursor up, erase to the end.
  // deno-lint-ignore no-control-regex
  for (const part of written.split(/(\x1b\[\d+A\x1b\[0J|\n)/)) {
    const up = /\[(\d+)A/.exec(part);
    if (part === "\n") screen.push("");
    else if (up) screen.splice(screen.length - 1 - Number(up[1]), Infinity, "");
    else screen[screen.length - 1] += part;
  }
  assertEquals(screen, [
    "[4/5] td3 seed 0 finished in 4.0 s",
    "[5/5] random seed 0 failed: out of luck",
    "",
  ]);
  assert(written.includes("3 of 5 done, 2 running; left: more than 4 s\n"));
  assert(/ {2}td3 seed 0 +4\/8 +50 % +4 s\n/.test(written), written);
  for (const line of written.split("\n")) assert(line.length < 80);
});

Deno.test("a live table keeps to the terminal's height and width", () => {
  for (const [columns, rows] of [[60, 24], [20, 3], [30, 2], [1, 1]]) {
    const written = record(true, { columns, rows });
    // deno-lint-ignore no-control-regex
    for (const [, up] of written.matchAll(/\x1b\[(\d+)A/g)) {
      assert(Number(up) <= Math.max(1, rows - 1), `${up} of ${rows}`);
    }
    const live = written.split("\n").filter((line) => !line.includes("[4/5]"));
    for (const line of live.filter((line) => !line.includes("[5/5]"))) {
      // deno-lint-ignore no-control-regex
      const shown = line.replaceAll(/\x1b\[\d+[AJ]/g, "");
      assert(shown.length <= Math.max(1, columns - 1), shown);
    }
  }
});

Deno.test("what a worker says reaches no terminal as a control character", () => {
  const written = record(false, { reason: "a\x1b[2Jb\r\u202ec".repeat(100) });
  const [, line] = written.split("\n");
  assert(line.includes("failed: a\\u001b[2Jb\\u000d\\u202eca"), line);
  assert(line.endsWith("…") && line.length < 1000, line);
});

Deno.test("a rate reads as a number", () => {
  const rates: [number, string][] = [
    [1234.5, "1235 a minute"],
    [120, "120 a minute"],
    [9.87, "9.9 a minute"],
    [1, "1 a minute"],
    [0.5, "30 an hour"],
    [0.02, "1.2 an hour"],
    [0.0001, "0.006 an hour"],
  ];
  for (const [rate, text] of rates) assertEquals(formatRate(rate), text);
});

Deno.test("a time that is partly unknown is told as such", () => {
  assertEquals(formatForeseen({ seconds: 65, unknown: 0 }), "1 min 05 s");
  assertEquals(
    formatForeseen({ seconds: 65, unknown: 2 }),
    "more than 1 min 05 s",
  );
  assertEquals(formatForeseen({ seconds: 0, unknown: 2 }), "unknown");
});
