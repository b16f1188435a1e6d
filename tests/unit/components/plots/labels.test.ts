import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freeLabels } from "../../../../src/components/plots/labels.ts";

describe("freeLabels", () => {
  it("keeps the outer one of two that touch", () => {
    const places = [
      { x: 50, y: 50, width: 20 },
      { x: 60, y: 52, width: 20 },
      { x: 0, y: 0, width: 20 },
    ];
    expect(freeLabels(places)).toEqual([false, true, true]);
    expect(freeLabels([])).toEqual([]);
  });

  it("never shows two that touch, and leaves none out that has room", () => {
    const place = fc.record({
      x: fc.integer({ min: 0, max: 300 }),
      y: fc.integer({ min: 0, max: 300 }),
      width: fc.constant(21),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (places) => {
        const free = freeLabels(places);
        const touch = (one: number, other: number) =>
          Math.abs((places[one]?.x ?? 0) - (places[other]?.x ?? 0)) < 21 &&
          Math.abs((places[one]?.y ?? 0) - (places[other]?.y ?? 0)) < 12;
        const shown = places.flatMap((_, at) => (free[at] ? [at] : []));
        for (const one of shown) expect(shown.filter((other) => other !== one && touch(one, other))).toEqual([]);
        for (const [at] of places.entries()) if (!free[at]) expect(shown.some((other) => touch(at, other))).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
