import { expect, it } from "vitest";
import { spearman } from "../../../src/engine/attention/statistics.ts";
import { seeded } from "../../../src/lib/random.ts";
import { rankCorrelation } from "../../../src/lib/rankCorrelation.ts";

it("is the engine's, on random lists with and without ties", () => {
  const random = seeded(7);
  for (let round = 0; round < 20; round += 1) {
    const list = () => Array.from({ length: 3 + round }, () => Math.round(random() * 8));
    const [a, b] = [list(), list()];
    expect(rankCorrelation(a, b)).toBeCloseTo(spearman(a, b), 10);
  }
});

it("is 1 for the same order, −1 for the reverse, and no number without an order", () => {
  expect(rankCorrelation([1, 2, 9], [0, 5, 6])).toBeCloseTo(1);
  expect(rankCorrelation([1, 2, 9], [3, 2, 1])).toBeCloseTo(-1);
  expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
  expect(rankCorrelation([1], [1])).toBeNaN();
});
