import { describe, expect, it } from "vitest";
import { nearestStep, shareOf, walkOf } from "../../../../../src/components/widgets/ig-path/walk.ts";
import { attributionOver } from "./walks.ts";

describe("walkOf", () => {
  it.each(["riemann", "gauss-legendre"] as const)("lays the stretches of %s end to end, a step in each", (rule) => {
    const { steps } = walkOf(attributionOver(rule, 8));
    expect(steps[0]?.between[0]).toBe(0);
    expect(steps.at(-1)?.between[1]).toBeCloseTo(1, 6);
    for (const [at, { place, between }] of steps.entries()) {
      expect(place).toBeGreaterThan(between[0]);
      expect(place).toBeLessThan(between[1]);
      if (at > 0) expect(between[0]).toBe(steps[at - 1]?.between[1]);
    }
  });

  it("adds slopes up to the sum of the scores", () => {
    const walk = walkOf(attributionOver("riemann", 32));
    const scores = walk.scores.reduce((sum, score) => sum + score, 0);
    expect(walk.steps.at(-1)?.sum).toBeCloseTo(scores, 4);
    expect(scores).toBeCloseTo(walk.to - walk.from + walk.gap, 4);
    expect(walk.share).toBeLessThan(0.001);
  });

  it("refuses what walks no path", () => {
    expect(() => walkOf({ ...attributionOver("riemann", 2), method: "saliency", paths: null })).toThrow(
      "saliency walks no path",
    );
  });
});

describe("shareOf", () => {
  it("is a share of the change whatever its sign", () => {
    expect(shareOf(-1, 5, 3)).toBe(0.5);
    expect(shareOf(1, 5, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(shareOf(0, 5, 5)).toBe(0);
  });
});

describe("nearestStep", () => {
  it("finds the step by its place", () => {
    const { steps } = walkOf(attributionOver("riemann", 4));
    expect([0, 0.3, 0.6, 1].map((place) => nearestStep(steps, place))).toEqual([0, 1, 2, 3]);
    expect(nearestStep([], 0.5)).toBe(0);
  });
});
