import { describe, expect, it } from "vitest";
import { clamp, listText, percentText, weightText } from "../../../src/lib/format.ts";

describe("format", () => {
  it("writes weights with two decimals and does not round a weight to nothing", () => {
    expect([0, 0.004, 0.005, 0.93, 1].map(weightText)).toEqual(["0", "<0.01", "0.01", "0.93", "1.00"]);
  });

  it("does not round a share to nothing or to all", () => {
    expect([0, 0.001, 0.23, 0.999, 1].map(percentText)).toEqual([
      "0 %",
      "less than 1 %",
      "23 %",
      "more than 99 %",
      "100 %",
    ]);
  });

  it("lists", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listText)).toEqual(["", "a", "a and b", "a, b and c"]);
  });

  it("clamps, and falls back on what is no number", () => {
    expect([1e308, -1, Number.NaN, "3", Number.POSITIVE_INFINITY].map((value) => clamp(value, 0, 9, 4))).toEqual([
      9, 0, 4, 4, 9,
    ]);
  });
});
