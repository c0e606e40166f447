import { assertEquals } from "@std/assert";
import { Progress } from "../../lib/cli/progress.ts";
import { formatSeconds } from "../../lib/studies/progress_text.ts";

Deno.test("seconds are said as a person would", () => {
  assertEquals(formatSeconds(7.4), "7 s");
  assertEquals(formatSeconds(65), "1 min 05 s");
  assertEquals(formatSeconds(3599), "59 min 59 s");
  assertEquals(formatSeconds(7500), "2 h 05 min");
});

/** A progress on a clock that goes on a second at every step. */
function record(
  interactive: boolean,
  steps: number,
  skipped = 0,
  width = 80,
): string[] {
  const written: string[] = [];
  let nowMs = 0;
  const progress = new Progress({
    total: steps + skipped,
    clock: () => nowMs,
    interactive,
    width: () => width,
    write: (text) => void written.push(text),
  });
  progress.skip(skipped);
  for (let step = 0; step < steps; step++) {
    nowMs += 1000;
    progress.step(`step ${step + 1}`);
  }
  return written;
}

Deno.test("away from a terminal there are plain lines now and then, and a last one", () => {
  assertEquals(record(false, 25), [
    "4 %  step 1\n",
    "44 %  step 11  14 s left\n",
    "84 %  step 21  4 s left\n",
    "100 %  step 25  0 s left\n",
  ]);
});

Deno.test("a terminal sees one line that is overwritten", () => {
  const written = record(true, 2);
  assertEquals(written.length, 3);
  assertEquals(written[0].startsWith("\r\x1b[2K█"), true);
  assertEquals(written.at(-1), "\n");
});

Deno.test("a line is never longer than the terminal is wide", () => {
  for (const width of [1, 10, 30]) {
    for (const text of record(true, 5, 0, width)) {
      const shown = text.replace("\r\x1b[2K", "").trimEnd();
      assertEquals(shown.length <= Math.max(1, width - 1), true, text);
    }
  }
});

Deno.test("steps done before do not count as speed", () => {
  // 10 of 20 are skipped; one second a step leaves nine.
  assertEquals(record(false, 10, 10)[0], "55 %  step 1  9 s left\n");
});
