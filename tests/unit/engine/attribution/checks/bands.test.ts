import { expect, it } from "vitest";
import type { Curve } from "../../../../../src/engine/attribute.ts";
import { bandsOf } from "../../../../../src/engine/attribution/checks/bands.ts";

/** A curve that falls by `step` and comes back by twice as much. */
function curve(step: number): Curve {
  return {
    order: [1, 2],
    deletion: Float32Array.of(0, -step, -2 * step),
    insertion: Float32Array.of(0, 2 * step, 4 * step),
    areas: { deletion: step, insertion: 2 * step },
  };
}

it("bandsOf holds the middle 95 % of the curves at every step, around their mean", () => {
  const random = bandsOf(Array.from({ length: 101 }, (_, step) => curve(step)));
  expect(random.orders).toBe(101);
  expect([...random.deletion.mean]).toEqual([0, -50, -100]);
  expect([...random.deletion.low]).toEqual([0, -97.5, -195]);
  expect([...random.deletion.high]).toEqual([0, -2.5, -5]);
  expect([...random.insertion.high]).toEqual([0, 195, 390]);
  expect(random.areas).toEqual({ deletion: 50, insertion: 100 });
});

it("bandsOf of one curve has no width", () => {
  const { deletion } = bandsOf([curve(3)]);
  expect(deletion.low).toEqual(deletion.mean);
  expect(deletion.high).toEqual(deletion.mean);
});
