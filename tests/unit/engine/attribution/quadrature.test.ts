import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gaussLegendre, middles } from "../../../../src/engine/attribution/quadrature.ts";

/** From `models/attribution`: numpy.polynomial.legendre.leggauss, on [0, 1]. */
const { counts } = JSON.parse(readFileSync("tests/fixtures/attribution/legendre.json", "utf8"));

describe("gaussLegendre", () => {
  it.each(counts as { count: number; places: number[]; weights: number[] }[])(
    "has numpy's nodes and weights for $count, to 1e-13",
    ({ count, places, weights }) => {
      const steps = gaussLegendre(count);
      expect(steps.places.length).toBe(count);
      for (const [at, place] of places.entries()) {
        expect(Math.abs((steps.places[at] ?? 9) - place)).toBeLessThan(1e-13);
        expect(Math.abs((steps.weights[at] ?? 9) - (weights[at] ?? 0))).toBeLessThan(1e-13);
      }
    },
  );

  it("integrates polynomials of degree 2n − 1 exactly, and none further", () => {
    const { places, weights } = gaussLegendre(3);
    const integral = (degree: number) =>
      places.reduce((sum, place, at) => sum + (weights[at] ?? 0) * place ** degree, 0);
    for (const degree of [0, 1, 2, 3, 4, 5]) expect(integral(degree)).toBeCloseTo(1 / (degree + 1), 14);
    expect(Math.abs(integral(6) - 1 / 7)).toBeGreaterThan(1e-5);
  });

  it("gives ascending places and weights that sum to 1 up to 1024 steps", () => {
    for (const count of [1, 2, 5, 64, 1024]) {
      const { places, weights } = gaussLegendre(count);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      for (let at = 1; at < count; at++) expect(places[at]).toBeGreaterThan(places[at - 1] ?? 1);
    }
  });
});

it("middles stand in the middle of equal parts", () => {
  expect(middles(4)).toEqual({
    places: Float64Array.of(0.125, 0.375, 0.625, 0.875),
    weights: Float64Array.of(0.25, 0.25, 0.25, 0.25),
  });
});
