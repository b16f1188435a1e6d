import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupWords, mergeWords } from "../../../../src/engine/attention/words.ts";
import { heads, oneHead } from "../../../helpers/tokens.ts";

describe("groupWords", () => {
  it("joins neighbours of one word and leaves special tokens alone", () => {
    expect(groupWords([-1, -1, 0, 0, 1, 0])).toEqual([
      { word: -1, start: 0, end: 1 },
      { word: -1, start: 1, end: 2 },
      { word: 0, start: 2, end: 4 },
      { word: 1, start: 4, end: 5 },
      { word: 0, start: 5, end: 6 },
    ]);
    expect(groupWords([])).toEqual([]);
  });
});

describe("mergeWords", () => {
  it("sums over keys and averages over queries", () => {
    const first = [
      [0.5, 0.25, 0.25],
      [0.25, 0.25, 0.5],
      [0, 0, 1],
    ];
    const second = [
      [0, 1, 0],
      [1, 0, 0],
      [0.25, 0.75, 0],
    ];
    const { attention, queries, keys } = mergeWords(heads(first, second), [0, 0, -1], [0, 1, 1]);
    expect(attention.shape).toEqual([1, 2, 2, 2]);
    // Head 0, word 0: key word 0 is (0.5 + 0.25) / 2, key word 1 is (0.5 + 0.75) / 2.
    expect([...attention.data]).toEqual([0.375, 0.625, 0, 1, 0.5, 0.5, 0.25, 0.75]);
    expect(queries.map((group) => group.word)).toEqual([0, -1]);
    expect(keys.map((group) => [group.start, group.end])).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it("changes nothing when each token is a word", () => {
    const attention = oneHead([
      [0.5, 0.5],
      [0.1, 0.9],
    ]);
    expect(mergeWords(attention, [0, 1], [0, 1]).attention).toEqual(attention);
  });

  it("keeps the sum of every row", () => {
    const sequence = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sequence, sequence, (queryWords, keyWords) => {
        const even = 1 / keyWords.length;
        const attention = oneHead(queryWords.map(() => keyWords.map(() => even)));
        const { attention: merged, keys } = mergeWords(attention, queryWords, keyWords);
        const rows = merged.data.length / keys.length;
        return Array.from({ length: rows }, (_, row) => merged.data.slice(row * keys.length, (row + 1) * keys.length))
          .map((row) => row.reduce((sum, weight) => sum + weight, 0))
          .every((sum) => Math.abs(sum - 1) < 1e-5);
      }),
      { seed: 1 },
    );
  });

  it("refuses words that do not fit the tokens", () => {
    expect(() => mergeWords(oneHead([[1]]), [0, 1], [0])).toThrow(/1 queries and 1 keys, found 2 and 1/);
  });
});
