import { describe, expect, it } from "vitest";
import { below, normal, seeded } from "../../../src/lib/random.ts";

function take(seed: number, count: number): number[] {
  return Array.from({ length: count }, seeded(seed));
}

describe("seeded", () => {
  it("gives the numbers of sfc32", () => {
    // From a few lines of Python on 32-bit integers: state (0, seed, 0), counter 1, twelve numbers thrown away.
    expect(take(1, 3).map((value) => value * 2 ** 32)).toEqual([2_012_149_540, 1_872_316_204, 1_707_632_675]);
  });

  it("repeats itself for a seed, and differs between seeds", () => {
    expect(take(7, 5)).toEqual(take(7, 5));
    expect(take(7, 5)).not.toEqual(take(8, 5));
  });

  it("is even between 0 and 1", () => {
    const numbers = take(3, 100_000);
    expect(Math.min(...numbers.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length);
    // A tenth is 10,000 with a standard deviation of 95.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(5 * 95);
  });
});

it("below gives every whole number under the bound", () => {
  const random = seeded(1);
  const drawn = Array.from({ length: 200 }, () => below(random, 4));
  expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3]);
});

it("normal has mean 0 and deviation 1, and seldom strays far", () => {
  const random = seeded(5);
  const drawn = Array.from({ length: 20_000 }, () => normal(random));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const square = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;
  // Five standard errors: 1 / √20,000 and √(2 / 20,000).
  expect(Math.abs(mean)).toBeLessThan(5 * 0.0071);
  expect(Math.abs(square - 1)).toBeLessThan(5 * 0.01);
  // Of a normal distribution, 4.55 % lie beyond two deviations.
  expect(drawn.filter((value) => Math.abs(value) > 2).length / drawn.length).toBeCloseTo(0.0455, 2);
});
