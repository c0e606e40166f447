import { assert, assertEquals } from "@std/assert";
import {
  cachingMatrix,
  isCached,
  storageUsedBytes,
} from "../../lib/env/caching.ts";

Deno.test("Eq. 3: the paper's example, β_21 = 1 and β_32 = 1", () => {
  // The printed corner of Eq. 3: rows 110, 100, 011.
  const beta = cachingMatrix([[0, 1], [0], [1, 2]], 3);
  assertEquals([...beta], [1, 1, 0, 1, 0, 0, 0, 1, 1]);
  assert(isCached(beta, 3, 1, 0), "edge server 2 caches model 1");
  assert(isCached(beta, 3, 2, 1), "edge server 3 caches model 2");
  assert(!isCached(beta, 3, 1, 1));
});

Deno.test("Eq. 3: empty caches, one model, and a model named twice", () => {
  assertEquals([...cachingMatrix([[], []], 2)], [0, 0, 0, 0]);
  assertEquals([...cachingMatrix([[0]], 1)], [1]);
  assertEquals([...cachingMatrix([[1, 1]], 2)], [0, 1]);
});

Deno.test("a model counts as cached at β = 1 only", () => {
  const beta = Float64Array.of(1, 0, 0.5, 2, -1);
  assertEquals([0, 1, 2, 3, 4].map((model) => isCached(beta, 5, 0, model)), [
    ...[true, false, false, false, false],
  ]);
});

Deno.test("storage is the sum of the cached models of the own row", () => {
  const sizes = Float64Array.of(4e9, 5e9, 7e9);
  const beta = Float64Array.of(1, 0, 1, 0, 1, 0);
  assertEquals(storageUsedBytes(beta, sizes, 0), 11e9);
  assertEquals(storageUsedBytes(beta, sizes, 1), 5e9);
  assertEquals(storageUsedBytes(new Float64Array(3), sizes, 0), 0);
  // A fraction is judged as given.
  assertEquals(storageUsedBytes(Float64Array.of(0.5, 0, 0), sizes, 0), 2e9);
});
