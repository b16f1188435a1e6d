import { describe, expect, it } from "vitest";
import { axisOver } from "../../../src/lib/axis.ts";

describe("axisOver", () => {
  it("ends on round numbers around all values", () => {
    const axis = axisOver([0, 14.3], 100, 300);
    expect(axis.ticks).toEqual([0, 5, 10, 15]);
    expect(axis.at(0)).toBe(100);
    expect(axis.at(15)).toBe(300);
    expect(axisOver([-0.4, 0, 1], 0, 1).ticks).toEqual([-0.5, 0, 0.5, 1]);
  });

  it("opens no step for a hair below 0, and draws it where it is", () => {
    const axis = axisOver([-0.01, 0, 11.3], 300, 100);
    expect(axis.low).toBe(0);
    expect(axis.at(-0.01)).toBeGreaterThan(300);
    expect(axis.at(-0.01)).toBeLessThan(301);
  });

  it("has a length where all values are one", () => {
    const axis = axisOver([0, 0], 0, 10);
    expect(axis.high).toBeGreaterThan(axis.low);
    expect(Number.isFinite(axis.at(0))).toBe(true);
  });
});
