import { describe, expect, it } from "vitest";
import { gapPlot } from "../../../../../src/components/widgets/ig-path/gapPlot.ts";
import type { Shape } from "../../../../../src/lib/scene.ts";
import type { StoredGaps } from "../../../../../src/stored/ig.ts";
import { IG_STEPS } from "../../../../../src/stored/igExamples.ts";

const shares = [1, 0.5, 0.2, 0.1, 0.01, 0.001, 0, 0];
const LINES: readonly StoredGaps[] = (["pad", "mean", "zero"] as const).flatMap((baseline) =>
  (["riemann", "gauss-legendre"] as const).map((rule) => ({ baseline, rule, steps: IG_STEPS, shares })),
);
const draw = (own: Parameters<typeof gapPlot>[0]["own"] = []) =>
  gapPlot({ lines: LINES, choice: { from: "mean", rule: "riemann" }, own, bound: 0.01 });
const texts = (shapes: readonly Shape[]) => shapes.flatMap((shape) => (shape.kind === "text" ? [shape] : []));

describe("gapPlot", () => {
  it("names the baselines of the chosen rule and the other rule, each on a line of its own", () => {
    const names = texts(draw()).filter(({ x }) => x === 270);
    expect(names.map(({ text }) => text).sort()).toEqual([
      "- - Gauss–Legendre",
      "mean embedding",
      "padding token",
      "zeros",
    ]);
    const heights = names.map(({ y }) => y).sort((a, b) => a - b);
    for (let at = 1; at < heights.length; at++)
      expect((heights[at] ?? 0) - (heights[at - 1] ?? 0)).toBeGreaterThanOrEqual(14.9);
    expect(Math.max(...heights)).toBeLessThan(358);
  });

  it("draws only the chosen baseline of the other rule", () => {
    const dashed = draw().filter((shape) => shape.kind === "path" && shape.dash && shape.stroke === "var(--uh-ink)");
    expect(dashed).toHaveLength(1);
  });

  it("marks the reader's walks, the shown one last and full, even where there is nothing left or all is lost", () => {
    const marks = draw([
      { steps: 8, share: Number.POSITIVE_INFINITY, shown: true },
      { steps: 256, share: 0, shown: false },
    ]).slice(-2);
    expect(marks.map((mark) => mark.kind === "path" && mark.fill)).toEqual(["var(--uh-paper)", "var(--uh-accent)"]);
    for (const mark of marks) expect(mark.kind === "path" && mark.d).not.toContain("NaN");
  });
});
