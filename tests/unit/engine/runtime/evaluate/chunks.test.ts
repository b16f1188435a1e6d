import { expect, it } from "vitest";
import type { ModelInfo } from "../../../../../src/engine/model.ts";
import { chunksOf } from "../../../../../src/engine/runtime/evaluate/chunks.ts";

const info = {
  family: "decoder",
  layers: { encoder: 0, decoder: 4 },
  width: 192,
  heads: 4,
  vocabulary: 4000,
} as ModelInfo;
const tokens = (decoder: number) => ({ encoder: 0, decoder });

it("covers all points, in order and once", () => {
  for (const points of [1, 7, 100, 1001]) {
    const chunks = chunksOf(points, info, tokens(15));
    expect(chunks.flatMap(({ from, count }) => Array.from({ length: count }, (_, i) => from + i))).toEqual([
      ...Array(points).keys(),
    ]);
    expect(chunks.every(({ count }) => count > 0)).toBe(true);
  }
});

it("takes fewer points at a time for longer texts, and at least one", () => {
  const [short, long] = [chunksOf(200, info, tokens(10)), chunksOf(200, info, tokens(90))];
  expect(short.length).toBeLessThan(long.length);
  expect(chunksOf(3, { ...info, vocabulary: 1e8 }, tokens(90)).map(({ count }) => count)).toEqual([1, 1, 1]);
});
