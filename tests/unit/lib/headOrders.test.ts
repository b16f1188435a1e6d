import { describe, expect, it } from "vitest";
import { RANDOM_ORDERS, shuffles, stepsFor } from "../../../src/lib/headOrders.ts";

describe("stepsFor", () => {
  it("takes every number of heads of a small model", () => {
    expect(stepsFor(16)).toEqual(Array.from({ length: 17 }, (_, step) => step));
  });

  it("strides through a large one, and stops before all is gone", () => {
    const steps = stepsFor(270);
    expect(steps.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 8, 12, 16]);
    expect(steps.at(-1)).toBe(64);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(stepsFor(36).at(-1)).toBeLessThanOrEqual(36);
  });
});

describe("shuffles", () => {
  const things = Array.from({ length: 16 }, (_, at) => at);

  it("are orders of the same things, each another, the same every time", () => {
    const orders = shuffles(things, 16);
    expect(orders).toHaveLength(RANDOM_ORDERS);
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(things);
    expect(new Set(orders.map((order) => order.join())).size).toBe(RANDOM_ORDERS);
    expect(shuffles(things, 16)).toEqual(orders);
  });

  it("are cut to a length, without a thing twice", () => {
    for (const order of shuffles(things, 5)) expect(new Set(order).size).toBe(5);
  });
});
