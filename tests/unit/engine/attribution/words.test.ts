import { describe, expect, it } from "vitest";
import { sumWords, wordSpans } from "../../../../src/engine/attribution/words.ts";
import { tokensOf } from "../../../helpers/traces.ts";

const tokens = tokensOf(["<s>", "▁The", "▁chi", "en", "</s>", "</s>"]);

describe("words", () => {
  it("are made of neighbouring pieces; special tokens stand alone", () => {
    expect(wordSpans(tokens)).toEqual([
      { start: 0, end: 1 },
      { start: 1, end: 2 },
      { start: 2, end: 4 },
      { start: 4, end: 5 },
      { start: 5, end: 6 },
    ]);
    expect(wordSpans([])).toEqual([]);
  });

  it("sum the scores of their pieces with their signs, along the last axis", () => {
    const data = Float32Array.of(1, 2, 3, -5, 0.5, 4, 0, 0, 1, 1, 0, 0);
    const summed = sumWords({ data, shape: [2, 1, 6] }, tokens);
    expect(summed.shape).toEqual([2, 1, 5]);
    expect(Array.from(summed.data)).toEqual([1, 2, -2, 0.5, 4, 0, 0, 2, 0, 0]);
  });

  it("refuse scores of another number of tokens", () => {
    expect(() => sumWords({ data: new Float32Array(3), shape: [1, 3] }, tokens)).toThrow(/scores of 6 tokens, found 3/);
  });
});
