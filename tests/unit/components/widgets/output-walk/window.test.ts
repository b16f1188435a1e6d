import * as fc from "fast-check";
import { expect, test } from "vitest";
import { moveCell, windowAround, windowText } from "../../../../../src/components/widgets/output-walk/window.ts";

test("pages are whole, the last one too", () => {
  expect(windowAround(3, 13, 8)).toEqual({ start: 0, end: 8, length: 13 });
  expect(windowAround(8, 13, 8)).toEqual({ start: 5, end: 13, length: 13 });
  expect(windowText("rows", windowAround(0, 13, 8))).toBe("rows 0–7 of 13");
});

test("the chosen cell is always in the window", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 9 }), (at, length, size) => {
      const chosen = Math.max(0, Math.min(at, length - 1));
      const { start, end } = windowAround(at, length, size);
      expect(start).toBeLessThanOrEqual(chosen);
      expect(end).toBeGreaterThan(chosen);
      expect(end - start).toBe(Math.min(size, length));
    }),
  );
});

test("keys move within the table and no further", () => {
  const page = { row: 8, column: 8 };
  const from = { row: 2, column: 2 };
  expect(moveCell(from, "ArrowRight", 13, 9, page)).toEqual({ row: 2, column: 3 });
  expect(moveCell(from, "PageDown", 13, 9, page)).toEqual({ row: 10, column: 2 });
  expect(moveCell(from, "PageUp", 13, 9, page)).toEqual({ row: 0, column: 2 });
  expect(moveCell(from, "End", 13, 9, page)).toEqual({ row: 2, column: 8 });
  expect(moveCell(from, "x", 13, 9, page)).toBeNull();
});
