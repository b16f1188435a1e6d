import { describe, expect, it } from "vitest";
import { agreementOf, furthest, querySteps, rowOf } from "../../../../../src/components/views/neuron/querySteps.ts";
import { decodeInside } from "../../../../../src/stored/inside.ts";
import { smallHead, storedInsides } from "../../../../helpers/insides.ts";

describe("the steps of a query", () => {
  it("start from its own vector", () => {
    const steps = querySteps(smallHead(), 1);
    expect(Array.from(steps.q)).toEqual([3, -1]);
    expect(Array.from(rowOf(steps.products, 2))).toEqual([6, 1]);
    expect(Array.from(steps.dots)).toEqual([3, -1, 7]);
    expect(furthest([1, -3, 2])).toBe(1);
  });

  it.each([...storedInsides()])("multiply out to what %s used, to 1e-4", (_, stored) => {
    const { weights, output } = agreementOf(decodeInside(stored));
    expect(weights).toBeLessThan(1e-4);
    expect(output).toBeLessThan(1e-4);
  });

  it("would not, if one query were another", () => {
    const [, stored] = [...storedInsides()][0] ?? [];
    if (!stored) throw new Error("nothing is stored");
    const inside = decodeInside(stored);
    inside.query.data.set(rowOf(inside.query, 1), 0);
    expect(agreementOf({ ...inside, attention: inside.attention }).weights).toBeGreaterThan(0);
    inside.query.data.reverse();
    expect(agreementOf(inside).weights).toBeGreaterThan(1e-2);
  });
});
