import { expect, it } from "vitest";
import { meanOverRows } from "../../../../src/engine/attention/mean.ts";

it("meanOverRows takes all rows, or those that count", () => {
  const measure = { data: Float32Array.from([1, 2, 6, 0, 4, 8]), shape: [1, 2, 3] };
  expect(meanOverRows(measure)).toEqual({ data: Float32Array.from([3, 4]), shape: [1, 2] });
  expect([...meanOverRows(measure, [0, 2]).data]).toEqual([3.5, 4]);
  expect([...meanOverRows(measure, []).data]).toEqual([0, 0]);
});
