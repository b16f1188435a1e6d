import { describe, expect, it } from "vitest";
import { type HeadTensors, headInside } from "../../../../src/engine/attention/inside.ts";
import type { Tensor } from "../../../../src/engine/model.ts";

const matrix = (shape: readonly number[], data: readonly number[]): Tensor => ({
  data: Float32Array.from(data),
  shape,
});

/** One query, three keys; dot products 3, −6, 0, scaled 1.5, −3, 0. */
function tensors(scores: readonly number[], attention: readonly number[]): HeadTensors {
  return {
    query: matrix([1, 2], [3, 0]),
    key: matrix([3, 2], [1, 9, -2, 9, 0, 9]),
    value: matrix([3, 2], [1, 2, 3, 4, 5, 6]),
    scale: 0.5,
    scores: matrix([1, 3], scores),
    attention: matrix([1, 3], attention),
    output: matrix([1, 2], [7, 8]),
  };
}

describe("headInside", () => {
  it("gives as bias what the scores hold beyond the scaled product", () => {
    const given = tensors([2, -3, -0.25], [0.9, 0.01, 0.09]);
    const inside = headInside(given);
    expect([...inside.bias.data]).toEqual([0.5, 0, -0.25]);
    expect(inside.bias.shape).toEqual([1, 3]);
    expect(inside).toMatchObject({ query: given.query, key: given.key, value: given.value, scale: 0.5 });
    expect(inside).toMatchObject({ attention: given.attention, output: given.output });
  });

  it.each([-3.4028234663852886e38, Number.NEGATIVE_INFINITY, -65504, -1e9, -10003])("reads %f as forbidden", (low) => {
    expect([...headInside(tensors([1.5, low, 0], [0.8, 0, 0.2])).bias.data]).toEqual([0, Number.NEGATIVE_INFINITY, 0]);
  });

  it("keeps a low score that was given weight, where a whole row is forbidden", () => {
    const lowest = Math.fround(-3.4028234663852886e38);
    const third = 1 / 3;
    const { bias } = headInside(tensors([lowest, lowest, lowest], [third, third, third]));
    expect([...bias.data]).toEqual([lowest, lowest, lowest]);
  });

  it("takes rounding for what it is, and a small bias for a bias", () => {
    expect([...headInside(tensors([1.500001, -3, 0], [0.8, 0.1, 0.1])).bias.data]).toEqual([0, 0, 0]);
    const [first = 0] = headInside(tensors([1.501, -3, 0], [0.8, 0.1, 0.1])).bias.data;
    expect(first).toBeCloseTo(0.001, 5);
  });
});
