import { describe, expect, it } from "vitest";
import { layout } from "../../../../src/engine/attention/layout.ts";
import { figures } from "../../../helpers/measures.ts";

/** Results are kept in 32 bits. */
const DIGITS = 5;

function square(numbers: readonly number[]) {
  const side = Math.sqrt(numbers.length);
  return { data: Float32Array.from(numbers), shape: [side, side] };
}

describe("layout", () => {
  it("agrees with numpy's eigenvectors", () => {
    const { distances, places, kept } = figures.layout;
    const found = layout(square(distances));
    expect(found.places.shape).toEqual([9, 2]);
    for (const [at, place] of places.entries()) expect(found.places.data[at]).toBeCloseTo(place, DIGITS);
    expect(found.kept).toBeCloseTo(kept, DIGITS);
  });

  it("keeps distances on a plane exactly", () => {
    // A triangle with sides 3, 4 and 5.
    const { places, kept } = layout(square([0, 3, 4, 3, 0, 5, 4, 5, 0]));
    const at = (thing: number) => [places.data[thing * 2] ?? 0, places.data[thing * 2 + 1] ?? 0] as const;
    const between = (one: number, other: number) => Math.hypot(at(one)[0] - at(other)[0], at(one)[1] - at(other)[1]);
    expect([between(0, 1), between(0, 2), between(1, 2)].map((side) => Number(side.toFixed(4)))).toEqual([3, 4, 5]);
    expect(kept).toBeCloseTo(1, DIGITS);
  });

  it("puts things that do not differ, or a single one, in one place", () => {
    expect([...layout(square([0, 0, 0, 0])).places.data]).toEqual([0, 0, 0, 0]);
    expect([...layout(square([0])).places.data]).toEqual([0, 0]);
    expect(layout(square([0])).kept).toBe(0);
  });
});
