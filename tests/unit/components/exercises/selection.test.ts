import { describe, expect, it } from "vitest";
import { answerOf, moved, paint, paintRest, selectionOf } from "../../../../src/components/exercises/selection.ts";

describe("marking cells", () => {
  it("paints a cell, and the rest of a row", () => {
    const some = paint(paintRest(new Set(), { query: 1, key: 1 }, 3, true), { query: 1, key: 1 }, false);
    expect(answerOf(some, 2, 3)).toEqual({ cells: [{ query: 1, key: 2 }], rows: 2, columns: 3 });
  });

  it("comes back from an answer, but not into a grid of another size", () => {
    const answer = answerOf(new Set(["0:1", "1:0"]), 2, 2);
    expect(selectionOf(answer, 2, 2)).toEqual(new Set(["0:1", "1:0"]));
    expect(selectionOf(answer, 3, 3).size).toBe(0);
  });

  it("walks with the arrows and stops at the edge", () => {
    expect(moved({ query: 0, key: 0 }, "ArrowDown", 2, 3)).toEqual({ query: 1, key: 0 });
    expect(moved({ query: 0, key: 0 }, "ArrowLeft", 2, 3)).toEqual({ query: 0, key: 0 });
    expect(moved({ query: 1, key: 0 }, "End", 2, 3)).toEqual({ query: 1, key: 2 });
    expect(moved({ query: 1, key: 0 }, "x", 2, 3)).toBeNull();
  });
});
