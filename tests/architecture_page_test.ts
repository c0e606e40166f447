import { assertEquals } from "@std/assert";
import { LAYERS } from "./architecture.ts";

Deno.test("ARCHITECTURE.md's table of rooms is the plan", async () => {
  const text = await Deno.readTextFile(
    new URL("../ARCHITECTURE.md", import.meta.url),
  );
  const rows = [...text.matchAll(/^\| `(\w+)\/` \| .* \| (.*) \|$/gm)]
    .map(([, room, imports]) => [room, imports]);
  assertEquals(
    rows,
    Object.entries(LAYERS).map(([room, { values = [], types = [] }]) => [
      room,
      [
        values.join(", ") || "nothing",
        ...types.length === 0 ? [] : [`types of ${types.join(", ")}`],
      ].join("; "),
    ]),
  );
});
