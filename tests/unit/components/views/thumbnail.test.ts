import { describe, expect, it } from "vitest";
import { pooledSteps, STEPS, stepOf, thumbnailPaths } from "../../../../src/components/views/attention/thumbnail.ts";

const matrix = { rows: 2, columns: 3, weights: Float32Array.of(1, 1, 0, 0, 0.25, 0) };

describe("thumbnail", () => {
  it("draws equal neighbours as one rectangle and nothing for nothing", () => {
    const paths = thumbnailPaths(matrix);
    expect(paths).toHaveLength(2);
    expect(paths.find((path) => path.step === STEPS)?.d).toBe("M0 0h2v1H0z");
    expect(paths.find((path) => path.step === stepOf(0.25, 3))?.d).toBe("M1 1h1v1H1z");
  });

  it("never needs more paths than steps", () => {
    const weights = Float32Array.from({ length: 32 * 32 }, (_, at) => (at % 97) / 97);
    expect(thumbnailPaths({ rows: 32, columns: 32, weights }).length).toBeLessThanOrEqual(STEPS);
  });

  it("rises with the weight and stays in range", () => {
    const steps = Array.from({ length: 101 }, (_, at) => stepOf(at / 100, 8));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect([stepOf(-1, 8), stepOf(2, 8), stepOf(Number.NaN, 8)]).toEqual([0, STEPS, 0]);
  });

  it("shows an even share whatever the length", () => {
    for (const keys of [4, 32, 64, 128, 512]) expect(stepOf(1 / keys, keys)).toBeGreaterThan(0);
  });

  it("keeps the strongest weight of each block when it is boiled down", () => {
    const weights = new Float32Array(64 * 64);
    weights[63 * 64 + 62] = 1;
    weights[0] = 0.5;
    const pooled = pooledSteps({ rows: 64, columns: 64, weights }, 4, 4);
    expect(pooled[15]).toBe(STEPS);
    expect(pooled[0]).toBe(stepOf(0.5, 64));
    expect(pooled.filter((step) => step > 0)).toHaveLength(2);
  });
});
