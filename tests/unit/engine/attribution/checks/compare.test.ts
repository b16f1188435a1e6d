import { describe, expect, it } from "vitest";
import type { HeadAttribution, TokenAttribution } from "../../../../../src/engine/attribute.ts";
import { agreement, expectTokens, sizesIn } from "../../../../../src/engine/attribution/checks/compare.ts";
import { AnalyticModel } from "../../../../helpers/analyticModel.ts";
import { tokensOf } from "../../../../helpers/traces.ts";

const NOTHING = { forward: 0, backward: 0, milliseconds: 0 };

function attribution(target: boolean): TokenAttribution {
  return {
    model: "m",
    method: "occlusion",
    of: "tokens",
    source: tokensOf(["<s>", "▁a", "▁b", "▁c"]),
    target: target ? tokensOf(["<pad>", "▁d", "▁e"]) : null,
    targets: [
      { kind: "token", row: 0, id: 1, scale: "logit" },
      { kind: "token", row: 1, id: 1, scale: "logit" },
    ],
    values: new Float32Array(2),
    scores: {
      source: { data: Float32Array.of(9, 1, -2, 3, 9, -4, 5, 6), shape: [2, 4] },
      target: target ? { data: Float32Array.of(9, 0, 0, 9, -7, 8), shape: [2, 3] } : null,
    },
    signed: true,
    completeness: null,
    error: null,
    paths: null,
    cost: NOTHING,
  };
}

describe("sizesIn", () => {
  it("leaves out special tokens, and those behind a decoder's row", () => {
    expect(sizesIn(attribution(false), 0, new AnalyticModel("decoder"))).toEqual([]);
    expect(sizesIn(attribution(false), 1, new AnalyticModel("decoder"))).toEqual([4]);
    expect(sizesIn(attribution(false), 1, new AnalyticModel("encoder"))).toEqual([4, 5, 6]);
  });

  it("goes on with what the decoder of an encoder–decoder reads", () => {
    expect(sizesIn(attribution(true), 0, new AnalyticModel("encoder-decoder"))).toEqual([1, 2, 3]);
    expect(sizesIn(attribution(true), 1, new AnalyticModel("encoder-decoder"))).toEqual([4, 5, 6, 7]);
  });
});

describe("agreement", () => {
  it("is a rank correlation, and 0 where there is no order", () => {
    expect(agreement([1, 2, 3], [10, 30, 20])).toBeCloseTo(0.5, 12);
    expect(agreement([1, 1, 1], [10, 30, 20])).toBe(0);
  });
});

it("expectTokens refuses scores of something else, by their name", () => {
  const heads: HeadAttribution = { ...attribution(false), of: "heads", method: "head-gates", scores: {} };
  expect(() => expectTokens(heads)).toThrow(/“head-gates” scores heads/);
  const tokens = attribution(false);
  expect(expectTokens(tokens)).toBe(tokens);
});
