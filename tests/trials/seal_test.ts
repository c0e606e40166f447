import { assert, assertEquals } from "@std/assert";
import {
  isSealed,
  sealFiles,
  sealProvenance,
  sha256,
} from "../../lib/trials/seal.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("sums are SHA-256, of texts and bytes alike", () => {
  // The example "abc" of FIPS 180-2, appendix B.1.
  const expected =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assertEquals(sha256("abc"), expected);
  assertEquals(sha256(bytes("abc")), expected);
});

Deno.test("the same files have the same manifest, others another", () => {
  const manifestOf = (files: Record<string, string>) =>
    sealFiles({ id: "x" }, files)["manifest.json"];
  assertEquals(manifestOf({ a: "1", b: "2" }), manifestOf({ a: "1", b: "2" }));
  assert(manifestOf({ a: "1" }) !== manifestOf({ a: "2" }));
});

Deno.test("any change of a provenance or its manifest breaks its seal", () => {
  const text = sealProvenance({ deno: "2", seconds: 1.5 }, bytes("{}"));
  assert(isSealed(text, bytes("{}")));
  assert(!isSealed(text, bytes("{ }")));
  for (let place = 0; place < text.length; place++) {
    const other = text[place] === "7" ? "8" : "7";
    const changed = text.slice(0, place) + other + text.slice(place + 1);
    assert(!isSealed(changed, bytes("{}")), changed);
    assert(!isSealed(text.slice(0, place), bytes("{}")));
  }
});
