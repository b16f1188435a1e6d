import { describe, expect, it } from "vitest";
import { compare, furthest, querySteps, rowOf } from "../../../../../src/components/views/neuron/querySteps.ts";
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
    const { weights, output } = compare(decodeInside(stored), 0);
    expect(weights).toBeLessThan(1e-4);
    expect(output).toBeLessThan(1e-4);
  });

  it("would not, if one query were another", () => {
    const [, stored] = [...storedInsides()][0] ?? [];
    if (!stored) throw new Error("nothing is stored");
    const inside = decodeInside(stored);
    inside.query.data.set(rowOf(inside.query, 1), 0);
    expect(compare(inside, 0).weights).toBeGreaterThan(0);
    inside.query.data.reverse();
    expect(compare(inside, 0).weights).toBeGreaterThan(1e-2);
  });

  it("are compared over one query where a head is large", () => {
    const inside = smallHead();
    expect(compare(inside, 0).whole).toBe(true);
    const many = Array.from({ length: 2000 });
    const wide = (row: Float32Array) => ({
      shape: [many.length, row.length],
      data: Float32Array.from(many.flatMap(() => [...row])),
    });
    const rows = {
      query: wide(rowOf(inside.query, 1)),
      bias: wide(rowOf(inside.bias, 1)),
      attention: wide(rowOf(inside.attention, 1)),
      output: wide(rowOf(inside.output, 1)),
    };
    rows.attention.data[0] = 0.9;
    const large = {
      ...inside,
      queries: many.map(() => inside.queries[1] ?? inside.queries[0]).filter((token) => token !== undefined),
      ...rows,
    };
    expect(compare(large, 1)).toMatchObject({ whole: false });
    expect(compare(large, 1).weights).toBeLessThan(1e-4);
    expect(compare(large, 0).weights).toBeGreaterThan(0.5);
  });
});
