import { describe, expect, it } from "vitest";
import { entropy } from "../../../../src/engine/attention/entropy.ts";
import { headDistances } from "../../../../src/engine/attention/similarity.ts";
import { figures } from "../../../helpers/measures.ts";
import { heads } from "../../../helpers/tokens.ts";

const { shape, attention, entropy: entropies, distances } = figures.rows;
const ATTENTION = { data: Float32Array.from(attention), shape };
/** Results are kept in 32 bits. */
const DIGITS = 6;

describe("headDistances", () => {
  it("agrees with scipy, head by head", () => {
    const found = headDistances(ATTENTION);
    expect(found.shape).toEqual([4, 4]);
    for (const [pair, expected] of distances.entries()) expect(found.data[pair]).toBeCloseTo(expected, DIGITS);
  });

  it("looks at the shape of a row, not at its sum", () => {
    const halved = headDistances({
      data: ATTENTION.data.map((weight, cell) => (cell < 36 ? weight / 2 : weight)),
      shape,
    });
    for (const [pair, expected] of distances.entries()) expect(halved.data[pair]).toBeCloseTo(expected, DIGITS);
  });

  it("takes the rows that count", () => {
    const one = [
      [1, 0],
      [0.5, 0.5],
    ];
    const other = [
      [0, 1],
      [0.5, 0.5],
    ];
    const far = Math.fround(Math.sqrt(Math.log(2)));
    expect([...headDistances(heads(one, other), [0]).data]).toEqual([0, far, far, 0]);
    expect([...headDistances(heads(one, other), [1]).data]).toEqual([0, 0, 0, 0]);
    expect([...headDistances(heads(one, other), []).data]).toEqual([0, 0, 0, 0]);
  });
});

it("entropy agrees with scipy on the same rows", () => {
  const found = entropy(ATTENTION).data;
  for (const [row, expected] of entropies.entries()) expect(found[row]).toBeCloseTo(expected, DIGITS - 1);
});
