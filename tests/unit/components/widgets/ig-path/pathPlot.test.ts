import { describe, expect, it } from "vitest";
import { PATH_PLOT, pathPlot } from "../../../../../src/components/widgets/ig-path/pathPlot.ts";
import { walkOf } from "../../../../../src/components/widgets/ig-path/walk.ts";
import type { Shape } from "../../../../../src/lib/scene.ts";
import { attributionOver } from "./walks.ts";

const walk = walkOf(attributionOver("riemann", 8));
const draw = (more: object = {}) =>
  pathPlot({ walk, curve: null, step: 3, followed: "logit of “Mary”", chosen: true, ...more });
const bars = (shapes: readonly Shape[]) => shapes.filter((shape) => shape.kind === "rect");

describe("pathPlot", () => {
  it("draws a bar for each step, as wide as its stretch, whose areas are in the slopes' proportion", () => {
    const drawn = bars(draw().shapes);
    expect(drawn).toHaveLength(8);
    const [tallest, next] = [3, 2].map((at) => drawn[at]?.height ?? 0);
    const [most = 0, less = 0] = [3, 2].map((at) => walk.steps[at]?.slope);
    expect((next ?? 0) / (tallest ?? 1)).toBeCloseTo(less / most, 1);
  });

  it("gives falls another colour, below the line of nothing", () => {
    const first = walk.steps.map((step, at) => (at === 0 ? { ...step, slope: -30 } : step));
    const [bar, other] = bars(
      pathPlot({ walk: { ...walk, steps: first }, curve: null, step: 3, followed: "f", chosen: false }).shapes,
    );
    expect(bar?.fill).toBe("var(--uh-negative)");
    expect(other?.fill).toBe("var(--uh-positive)");
    expect(bar?.y).toBeGreaterThan(other?.y ?? Number.POSITIVE_INFINITY);
  });

  it("keeps every mark inside and covers the whole way with stretches", () => {
    const { shapes, stretches } = draw({
      curve: { places: [0.2, 0.4, 0.5, 0.6, 0.8, 0.85, 0.9, 0.95, 0.99], values: [1, 2, 5, 8, 9, 9, 9, 9, 40] },
    });
    for (const shape of shapes) if (shape.kind !== "path") expect(shape.x).toBeLessThanOrEqual(PATH_PLOT.width);
    const wide = stretches.reduce((sum, { width }) => sum + width, 0);
    expect(wide).toBeCloseTo(340, 0);
  });

  it("fades the steps after the chosen one while one is chosen", () => {
    const faded = (chosen: boolean) =>
      bars(draw({ chosen }).shapes).filter(({ opacity }) => opacity !== undefined).length;
    expect([faded(true), faded(false)]).toEqual([4, 0]);
  });
});
