import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  headMatrix,
  hiddenShare,
  rawHead,
  strongestInColumn,
  strongestInRow,
  weightAt,
} from "../../../../src/components/views/attention/matrix.ts";
import { layAxis } from "../../../../src/components/views/tokens/axis.ts";
import { attentionOf, smallTrace, tokensOf } from "../../../helpers/traces.ts";

const trace = smallTrace();
const NOTHING = { words: false, hideSpecial: false, hideInstruction: false };
const rows = layAxis(trace.target.written, NOTHING);
const columns = layAxis(trace.source.tokens, NOTHING);

describe("headMatrix", () => {
  it("is a view of the model's own numbers while nothing is merged or hidden", () => {
    const matrix = headMatrix(trace.attention.cross, 1, 2, rows, columns);
    expect(matrix.weights.buffer).toBe(trace.attention.cross.data.buffer);
    expect(Array.from(matrix.weights)).toEqual(Array.from(rawHead(trace.attention.cross, 1, 2)));
  });

  it("sums over keys and averages over queries when words are merged: rows still sum to one", () => {
    const word = layAxis(trace.target.written, { ...NOTHING, words: true });
    const raw = rawHead(trace.attention.cross, 0, 0);
    const matrix = headMatrix(trace.attention.cross, 0, 0, word, columns);
    expect(matrix.rows).toBe(3);
    expect(weightAt(matrix, 1, 4)).toBeCloseTo(((raw[7 + 4] ?? 0) + (raw[14 + 4] ?? 0)) / 2, 6);
    for (let row = 0; row < matrix.rows; row++) {
      const sum = matrix.weights.subarray(row * 7, row * 7 + 7).reduce((total, weight) => total + weight, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it("keeps row sums whatever the words are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (starts, seed) => {
          const tokens = tokensOf(starts.map((start, at) => `${start || at === 0 ? "▁" : ""}t${at}`));
          const axis = layAxis(tokens, { ...NOTHING, words: true });
          const size = tokens.length;
          const attention = attentionOf(
            [1, 1, size, size],
            (_, __, query, key) => ((query * seed + key * 7) % 5) + 0.1,
          );
          const matrix = headMatrix(attention, 0, 0, axis, axis);
          expect(hiddenShare(matrix)).toBeCloseTo(0, 5);
        },
      ),
    );
  });

  it("says what share is hidden", () => {
    const shown = layAxis(trace.source.tokens, { ...NOTHING, hideInstruction: true });
    const matrix = headMatrix(trace.attention.cross, 0, 0, rows, shown);
    const raw = rawHead(trace.attention.cross, 0, 0);
    let hidden = 0;
    for (let row = 0; row < 4; row++) hidden += (raw[row * 7] ?? 0) + (raw[row * 7 + 1] ?? 0);
    expect(hiddenShare(matrix)).toBeCloseTo(hidden / 4, 5);
  });

  it("finds the strongest link of a row and of a column", () => {
    const matrix = headMatrix(trace.attention.cross, 0, 1, rows, columns);
    expect(strongestInRow(matrix, 2)).toMatchObject({ column: 3, weight: expect.closeTo(9 / 15, 5) });
    expect(strongestInColumn(matrix, 3)).toMatchObject({ row: 2 });
    expect(weightAt(matrix, -1, 0)).toBe(0);
    expect(weightAt(matrix, 0, 99)).toBe(0);
  });

  it("is empty where everything is hidden", () => {
    const matrix = headMatrix(trace.attention.cross, 0, 0, [], []);
    expect([matrix.rows, matrix.columns, matrix.weights.length, hiddenShare(matrix)]).toEqual([0, 0, 0, 0]);
  });
});
