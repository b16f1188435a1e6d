import { describe, expect, it } from "vitest";
import { gridScales, moveCell, type ScoreGrid, scoreAt } from "../../../../../src/components/views/attribution/grid.ts";
import { scoredLines } from "../../../../../src/components/views/attribution/scored.ts";
import { gridBlock, scoreScene, textBlock } from "../../../../../src/components/views/attribution/scoreScene.ts";
import { gridTable, linesTable } from "../../../../../src/components/views/attribution/scoreTable.ts";
import { sceneToSvg } from "../../../../../src/lib/scene.ts";
import { tokensOf } from "../../../../helpers/traces.ts";

const NONE = Number.NaN;
const grid: ScoreGrid = {
  rows: [{ name: "one" }, { name: "two" }],
  columns: [
    { name: "a", group: "source" },
    { name: "b", group: "source" },
    { name: "c", group: "target so far" },
  ],
  scores: Float32Array.from([1, NONE, -2, 4, NONE, NONE]),
};

describe("moving through a table of scores", () => {
  it("goes from cell to cell and past blanks", () => {
    expect(moveCell(grid, { row: 0, column: 0 }, "ArrowRight")).toEqual({ row: 0, column: 2 });
    expect(moveCell(grid, { row: 0, column: 0 }, "ArrowDown")).toEqual({ row: 1, column: 0 });
    expect(moveCell(grid, { row: 0, column: 2 }, "ArrowDown")).toBeNull();
    expect(moveCell(grid, { row: 0, column: 2 }, "Home")).toEqual({ row: 0, column: 0 });
    expect(moveCell(grid, { row: 0, column: 0 }, "End")).toEqual({ row: 0, column: 2 });
    expect(moveCell(grid, { row: 0, column: 0 }, "x")).toBeNull();
  });

  it("finds nothing outside", () => {
    expect(scoreAt(grid, { row: 0, column: 3 })).toBeNaN();
    expect(scoreAt(grid, { row: 1, column: 0 })).toBe(4);
  });
});

describe("a table of scores", () => {
  it("has one scale for all rows, or one for each", () => {
    expect(gridScales(grid, true, "all").map(({ extreme }) => extreme)).toEqual([4, 4]);
    expect(gridScales(grid, true, "row").map(({ extreme }) => extreme)).toEqual([2, 4]);
  });

  it("gives every cell away, blanks empty", () => {
    const table = gridTable("all", grid, ["output", "input"]);
    expect(table.columns).toEqual(["output", "side", "input", "place", "score"]);
    expect([table.rows, table.row(0), table.row(1)]).toEqual([
      6,
      ["one", "source", "a", 1, 1],
      ["one", "source", "b", 2, ""],
    ]);
  });
});

describe("pictures that stand alone", () => {
  const tensor = { shape: [1, 2], data: Float32Array.from([1.5, -0.5]) };
  const tokens = tokensOf(["▁dog", "<b>"]);
  const lines = scoredLines(
    { source: tokens, target: null, scores: { source: tensor, target: null } },
    { row: 0, words: false },
  );

  it("hold tokens, numbers and colours, made safe", () => {
    const scene = scoreScene("Title", "Reading.", [
      textBlock(lines, { signed: true, extreme: 1.5 }),
      gridBlock(grid, gridScales(grid, true, "all")),
    ]);
    const svg = sceneToSvg(scene, (colour) => colour);
    for (const part of [">dog<", "+1.50", "−0.50", "&#60;b&#62;", "var(--uh-negative)"]) expect(svg).toContain(part);
    expect(svg).not.toContain("NaN");
  });

  it("as a table of tokens", () => {
    const table = linesTable("one", lines);
    expect([table.columns, table.row(1)]).toEqual([
      ["side", "place", "token", "score"],
      ["text", 2, "<b>", -0.5],
    ]);
  });
});
