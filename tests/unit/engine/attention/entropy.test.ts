import { describe, expect, it } from "vitest";
import { entropy } from "../../../../src/engine/attention/entropy.ts";
import { oneHead } from "../../../helpers/tokens.ts";

describe("entropy", () => {
  it("is 0 on one key, ln K when even, in nats", () => {
    const { data, shape } = entropy(
      oneHead([
        [1, 0, 0, 0],
        [0.25, 0.25, 0.25, 0.25],
        [0.5, 0.25, 0.25, 0],
      ]),
    );
    expect(shape).toEqual([1, 1, 3]);
    expect(data[0]).toBe(0);
    expect(data[1]).toBeCloseTo(Math.log(4), 6);
    expect(data[2]).toBeCloseTo(1.5 * Math.log(2), 6);
  });

  it("refuses a tensor that is no attention", () => {
    expect(() => entropy({ data: new Float32Array(4), shape: [2, 2] })).toThrow(/layer, head, query, key/);
    expect(() => entropy({ data: new Float32Array(4), shape: [1, 1, 2, 3] })).toThrow(/expected 6 numbers/);
  });
});
