import { assertEquals } from "@std/assert";
import { LiveDisplay, ProgressDisplay } from "../../lib/notebook/mod.ts";
import { fakeFrontEnd, type SentMessage } from "./fake_front_end.ts";

const bundle = (text: string) => ({
  data: { "text/plain": text },
  metadata: {},
});

/** Messages in a few characters. */
function shorten(sent: readonly SentMessage[]): string[] {
  return sent.map(([type, { data, transient }]) => {
    const text = (data as Record<string, string>)["text/plain"];
    const id = (transient as { display_id: string }).display_id;
    return `${type} ${id}: ${text}`;
  });
}

Deno.test("a live display is drawn at most once in an interval, and always at the end", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  let nowMs = 0;
  const live = new LiveDisplay({
    intervalMs: 100,
    clock: () => nowMs,
    displayId: "x",
    frontEnd,
  });
  const drawn: number[] = [];
  for (nowMs = 0; nowMs <= 250; nowMs += 50) {
    const draw = () => {
      drawn.push(nowMs);
      return Promise.resolve(bundle(`at ${nowMs}`));
    };
    await live.update(draw);
  }
  await live.finish(() => bundle("end"));
  assertEquals(drawn, [0, 100, 200]);
  assertEquals(shorten(sent), [
    "display_data x: at 0",
    "update_display_data x: at 100",
    "update_display_data x: at 200",
    "update_display_data x: end",
  ]);
});

Deno.test("the time that drawing takes does not count as waiting", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  let nowMs = 0;
  const live = new LiveDisplay({
    intervalMs: 100,
    clock: () => nowMs,
    frontEnd,
  });
  await live.update(() => {
    nowMs = 500;
    return bundle("slow");
  });
  nowMs = 550;
  await live.update(() => bundle("too soon"));
  assertEquals(sent.length, 1);
});

Deno.test("two live displays have identifiers of their own", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  for (const text of ["a", "b"]) {
    const live = new LiveDisplay({ intervalMs: 0, frontEnd });
    await live.update(() => bundle(text));
  }
  const ids = sent.map(([, { transient }]) => transient);
  assertEquals(sent.map(([type]) => type), ["display_data", "display_data"]);
  assertEquals(new Set(ids.map((id) => JSON.stringify(id))).size, 2);
});

Deno.test("outside a kernel nothing is drawn", async () => {
  const live = new LiveDisplay({ intervalMs: 0 });
  let drawn = 0;
  const draw = () => {
    drawn++;
    return bundle("");
  };
  await live.update(draw);
  await live.finish(draw);
  assertEquals(drawn, 0);
});

Deno.test("progress counts steps, shows the last one and tells no times", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  const progress = new ProgressDisplay({
    label: "Episodes <1>",
    total: 3,
    intervalMs: 100,
    clock: () => 0,
    frontEnd,
  });
  await progress.step("return -7");
  await progress.step();
  await progress.step();
  assertEquals(
    sent.map(([, { data }]) => data),
    [
      {
        "text/html":
          '<progress value="1" max="3"></progress> Episodes &lt;1&gt;: 1 of 3, return -7',
        "text/plain": "Episodes <1>: 1 of 3, return -7",
      },
      {
        "text/html":
          '<progress value="3" max="3"></progress> Episodes &lt;1&gt;: 3 of 3',
        "text/plain": "Episodes <1>: 3 of 3",
      },
    ],
  );
});
