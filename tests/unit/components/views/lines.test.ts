import { describe, expect, it } from "vitest";
import {
  countLines,
  curve,
  headLines,
  headOffset,
  LINE_STEPS,
  lineLook,
  lineStep,
} from "../../../../src/components/views/attention/lines.ts";

const matrix = { rows: 2, columns: 2, weights: Float32Array.of(0.9, 0.1, 0.01, 0.99) };

describe("lines", () => {
  it("runs from the middle of a query's row to the middle of a key's", () => {
    expect(curve(0, 3, 0)).toBe("M0 0.5C45 0.5 55 3.5 100 3.5");
  });

  it("gathers the lines of a head by step, and leaves out those under the floor", () => {
    const paths = headLines(matrix, 5, 0, 0.02, null);
    expect(paths.map((path) => [path.head, path.step])).toEqual([
      [5, lineStep(0.1)],
      [5, lineStep(0.9)],
      [5, lineStep(0.99)],
    ]);
    expect(countLines(matrix, 0.02)).toBe(3);
    expect(countLines(matrix, 0)).toBe(4);
  });

  it("keeps the lines of the token in the spotlight", () => {
    const draw = (side: "row" | "column", index: number) =>
      headLines(matrix, 0, 0, 0, { side, index }).reduce((all, path) => all + path.d, "");
    expect(draw("row", 1)).toBe(curve(1, 0, 0) + curve(1, 1, 0));
    expect(draw("column", 1)).toBe(curve(0, 1, 0) + curve(1, 1, 0));
  });

  it("is wider and darker with weight", () => {
    const looks = Array.from({ length: LINE_STEPS }, (_, at) => lineLook(at + 1));
    for (const [at, look] of looks.slice(1).entries()) {
      expect(look.width).toBeGreaterThan(looks[at]?.width ?? 0);
      expect(look.opacity).toBeGreaterThan(looks[at]?.opacity ?? 0);
    }
  });

  it("parts the heads around the middle of the row, never out of it", () => {
    expect(headOffset(0, 1)).toBe(0);
    const offsets = Array.from({ length: 12 }, (_, place) => headOffset(place, 12));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(0.5);
    expect(offsets.reduce((sum, offset) => sum + offset, 0)).toBeCloseTo(0, 9);
  });
});
