import { describe, expect, it } from "vitest";
import { layerGrid, stationOf } from "../../../../../src/components/views/attribution/layerGrid.ts";
import { scoredLines } from "../../../../../src/components/views/attribution/scored.ts";
import { tokenMatrix } from "../../../../../src/components/views/attribution/tokenMatrix.ts";
import { tokensOf } from "../../../../helpers/traces.ts";

const source = tokensOf(["▁The", "▁play", "ing", "</s>"]);
const target = tokensOf(["<pad>", "▁Le", "▁chi", "en"]);
const tensor = (shape: number[], data: number[]) => ({ shape, data: Float32Array.from(data) });
const scored = {
  source,
  target,
  scores: {
    source: tensor([2, 4], [0, 0, 0, 0, 1, 2, 3, 0]),
    target: tensor([2, 4], [0, 0, 0, 0, 0, 0.5, 0, 0]),
  },
  error: { source: tensor([2, 4], [0, 0, 0, 0, 1, 3, 4, 0]), target: null },
};

describe("an attribution as coloured text", () => {
  it("has the row's scores on the source and on the target so far", () => {
    const lines = scoredLines(scored, { row: 1, place: 1, words: false });
    expect(lines.map(({ label, items }) => [label, items.map(({ score }) => score)])).toEqual([
      ["source", [1, 2, 3, 0]],
      ["target so far", [0, 0.5]],
    ]);
  });

  it("sums sub-words to words where that is chosen, and their errors as independent", () => {
    const [line] = scoredLines(scored, { row: 1, place: 1, words: true });
    expect(line?.items.map(({ piece, score, error }) => [piece, score, error])).toEqual([
      ["▁The", 1, 1],
      ["▁playing", 5, 5],
      ["</s>", 0, 0],
    ]);
  });

  it("has one line for a model with one stack", () => {
    const lines = scoredLines({ ...scored, target: null, error: null }, { row: 1, words: false });
    expect(lines.map(({ label }) => label)).toEqual(["text"]);
  });
});

describe("an attribution as a table", () => {
  it("puts source and target so far side by side and leaves blank what comes later", () => {
    const rows = [0, 1].map((place) => ({ place, token: target[place + 1] ?? source[0] ?? never() }));
    const grid = tokenMatrix(scored, rows, { words: false });
    expect(grid.rows.map(({ name }) => name)).toEqual(["▁Le", "▁chi"]);
    expect(grid.columns.map(({ group }) => group)).toEqual([
      ...Array(4).fill("source"),
      ...Array(4).fill("target so far"),
    ]);
    expect(Array.from(grid.scores.subarray(0, 8))).toEqual([0, 0, 0, 0, 0, Number.NaN, Number.NaN, Number.NaN]);
    expect(Array.from(grid.scores.subarray(8))).toEqual([1, 2, 3, 0, 0, 0.5, Number.NaN, Number.NaN]);
  });

  it("keeps a word that the row has begun to read", () => {
    const rows = [{ place: 2, token: target[3] ?? never() }];
    const row = { source: tensor([1, 4], [0, 0, 0, 0]), target: tensor([1, 4], [0, 1, 2, 0]) };
    const grid = tokenMatrix({ ...scored, scores: row }, rows, { words: true });
    expect(Array.from(grid.scores)).toEqual([0, 0, 0, 0, 1, 2]);
  });
});

describe("layers and tokens as a table", () => {
  const scores = tensor([2, 3, 4], [...Array(12).fill(9), 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);

  it("has the last layer on top and the embedding below", () => {
    const grid = layerGrid(source, scores, { words: false, row: 1 });
    expect(grid.rows.map(({ name }) => name)).toEqual(["layer 2", "layer 1", "embedding"]);
    expect([0, 4, 8].map((at) => grid.scores[at])).toEqual([3, 2, 1]);
    expect(stationOf(grid, 0)).toBe(2);
  });
});

function never(): never {
  throw new Error("no such token");
}
