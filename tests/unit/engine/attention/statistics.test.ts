import { describe, expect, it } from "vitest";
import { bootstrapMean, meanOf, pearson, quantile, spearman } from "../../../../src/engine/attention/statistics.ts";
import { figures } from "../../../helpers/measures.ts";

/** The engine and scipy both work in 64 bits. */
const DIGITS = 12;

describe("spearman", () => {
  it.each(figures.correlations.map((pair, index) => [index, pair] as const))(
    "agrees with scipy on pair %i",
    (_, pair) => {
      expect(spearman(pair.a, pair.b)).toBeCloseTo(pair.rho, DIGITS);
    },
  );

  it("is undefined where there is no order", () => {
    expect(spearman([1], [1])).toBeNaN();
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});

describe("pearson", () => {
  it.each(figures.correlations.map((pair, index) => [index, pair] as const))(
    "agrees with scipy on pair %i",
    (_, pair) => {
      expect(pearson(pair.a, pair.b)).toBeCloseTo(pair.r, DIGITS);
    },
  );

  it("is undefined where nothing varies", () => {
    expect(pearson([1], [1])).toBeNaN();
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});

describe("bootstrapMean", () => {
  const { values, mean, low, high, lowError, highError } = figures.intervals;

  it("takes the mean", () => {
    for (const [value, expected] of mean.entries()) {
      expect(bootstrapMean(values).mean[value]).toBeCloseTo(expected, DIGITS);
      expect(meanOf(values)[value]).toBeCloseTo(expected, DIGITS);
    }
  });

  it("agrees with scipy's interval within Monte-Carlo error", () => {
    const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);
    const rounds = SEEDS.map((seed) => bootstrapMean(values, seed));
    for (const value of mean.keys()) {
      // One interval within four standard deviations of its ends, the mean of twenty within four of theirs.
      const own = rounds[0];
      const errors = { low: 4 * (lowError[value] ?? 0), high: 4 * (highError[value] ?? 0) };
      expect(Math.abs((own?.low[value] ?? 0) - (low[value] ?? 0))).toBeLessThan(errors.low);
      expect(Math.abs((own?.high[value] ?? 0) - (high[value] ?? 0))).toBeLessThan(errors.high);
      const together = (end: "low" | "high") => meanOf(rounds.map((round) => [round[end][value] ?? 0]))[0] ?? 0;
      expect(Math.abs(together("low") - (low[value] ?? 0))).toBeLessThan(errors.low / Math.sqrt(SEEDS.length));
      expect(Math.abs(together("high") - (high[value] ?? 0))).toBeLessThan(errors.high / Math.sqrt(SEEDS.length));
    }
  });

  it("gives the same interval for the same seed, and none without sentences", () => {
    expect(bootstrapMean(values, 3)).toEqual(bootstrapMean(values, 3));
    expect(bootstrapMean(values, 3).low).not.toEqual(bootstrapMean(values, 4).low);
    expect(bootstrapMean([]).mean.length).toBe(0);
  });
});

it("quantile is linear between neighbours", () => {
  expect(quantile([0, 10, 20, 40], 0.5)).toBe(15);
  expect(quantile([0, 10, 20, 40], 1)).toBe(40);
  expect(quantile([], 0.5)).toBeNaN();
});
