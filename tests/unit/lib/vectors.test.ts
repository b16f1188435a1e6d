import { describe, expect, it } from "vitest";
import { cosine, meanRow } from "../../../src/lib/vectors.ts";

describe("meanRow", () => {
  it("is the mean of each column", () => {
    expect([...meanRow(Float32Array.of(1, 2, 3, 5, 0, 8), 3)]).toEqual([3, 1, 5.5]);
  });

  it("of nothing is zero", () => expect([...meanRow(new Float32Array(), 2)]).toEqual([0, 0]));
});

describe("cosine", () => {
  it("is 1 along, 0 across and −1 against", () => {
    const a = Float64Array.of(3, 4);
    expect(cosine(a, Float64Array.of(6, 8))).toBeCloseTo(1, 12);
    expect(cosine(a, Float64Array.of(-4, 3))).toBeCloseTo(0, 12);
    expect(cosine(a, Float64Array.of(-3, -4))).toBeCloseTo(-1, 12);
  });
});
