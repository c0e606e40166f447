import { assertEquals } from "@std/assert";
import { MOST_SEEDS, parseSeeds } from "../../lib/input/seeds.ts";

Deno.test("seeds and ranges of seeds are read in their order", () => {
  assertEquals(parseSeeds("4"), [4]);
  assertEquals(parseSeeds("0-3"), [0, 1, 2, 3]);
  assertEquals(parseSeeds("7,0-2,5-5"), [7, 0, 1, 2, 5]);
  assertEquals(parseSeeds("1000000000"), [1_000_000_000]);
  assertEquals(parseSeeds(`1-${MOST_SEEDS}`)?.length, MOST_SEEDS);
});

Deno.test("what is no list of different seeds is refused", () => {
  const texts = [
    "",
    " ",
    "a",
    "-1",
    "1-",
    "1..3",
    "3-1",
    "1,,2",
    "1, 2",
    "0.5",
  ];
  const doubles = ["1,1", "0-3,2", "5,0-9"];
  const large = ["1000000001", `0-${MOST_SEEDS}`, "0-99999999999999999999"];
  for (const text of [...texts, ...doubles, ...large]) {
    assertEquals(parseSeeds(text), undefined, text);
  }
});
