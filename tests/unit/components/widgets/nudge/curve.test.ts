import { describe, expect, it } from "vitest";
import { pointAt, pointsOf, slopeGap, tokenSlopes } from "../../../../../src/components/widgets/nudge/curve.ts";
import { curvePlot, PLOT } from "../../../../../src/components/widgets/nudge/curvePlot.ts";
import { numbersOf } from "../../../../../src/components/widgets/nudge/numbers.ts";
import { drawnSlopes, MOST_ROWS, slopeBars, slopeText } from "../../../../../src/components/widgets/nudge/slopeBars.ts";
import { STEEPEST, studyOf } from "./sample.ts";

describe("the curve", () => {
  it("sets the straight line of the gradient beside what the model gives", () => {
    expect(pointsOf(studyOf())).toEqual([
      { share: -1, model: 9, line: 9.5 },
      { share: -0.5, model: 9.75, line: 9.75 },
      { share: 0, model: 10, line: 10 },
      { share: 0.5, model: 9.75, line: 10.25 },
      { share: 1, model: 9, line: 10.5 },
    ]);
  });

  it("finds the point nearest to where the reader looks", () => {
    expect(pointAt(studyOf(), 0.7).share).toBe(0.5);
    expect(pointAt(studyOf(), 0.8).share).toBe(1);
    expect(pointAt(studyOf(), 0).share).toBe(0);
  });

  it("says how far two slopes are apart", () => {
    expect(slopeGap(2, 1)).toBe(0.5);
    expect(slopeGap(0, 0)).toBe(0);
  });

  it("gives exercises its changes at the end, and whether they part ways", () => {
    expect(numbersOf(studyOf())).toMatchObject({ fall: 1, foretold: -0.5, apart: 1.5, turns: 1, "steepest.1": 2 });
    expect(numbersOf(studyOf(STEEPEST))).toMatchObject({ fall: -0.5, foretold: -0.5, apart: 0, turns: 0 });
  });
});

describe("the plot", () => {
  const picture = (study = studyOf(), share = 0.5) =>
    curvePlot({ study, point: pointAt(study, share), up: "logit", across: "share", ends: ["", "Mary", "John"] });
  const paths = (study = studyOf()) => picture(study).shapes.filter((shape) => shape.kind === "path");

  it("draws curve and line, the line dashed and in the colour of its sign", () => {
    const line = paths().find(({ dash }) => dash !== undefined);
    expect(line?.stroke).toBe("var(--uh-positive)");
    const falling = paths({ ...studyOf(), slope: -0.5 }).find(({ dash }) => dash !== undefined);
    expect(falling?.stroke).toBe("var(--uh-negative)");
  });

  it("keeps a steep line within the axis", () => {
    const line = paths({ ...studyOf(), slope: 500 }).find(({ dash }) => dash !== undefined)?.d ?? "";
    const numbers = Array.from(line.matchAll(/-?\d+(\.\d+)?/g), ([number]) => Number(number));
    for (const number of numbers) {
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThanOrEqual(PLOT.width);
    }
  });

  it("leads from a place in the picture back to the way", () => {
    const { shareAt } = picture();
    expect(shareAt(PLOT.width)).toBe(1);
    expect(shareAt(0)).toBe(-1);
    expect(shareAt((52 + 428) / 2)).toBeCloseTo(0, 9);
  });

  it("stands on a flat curve as well", () => {
    const flat = { ...studyOf(), values: new Float32Array(5).fill(10), slope: 0 };
    for (const shape of picture(flat).shapes) if (shape.kind === "path") expect(shape.d).not.toContain("NaN");
  });
});

describe("the bars", () => {
  it("name every token with both of its slopes", () => {
    const slopes = tokenSlopes(studyOf());
    expect(slopes.map(({ piece, byGradient }) => [piece, byGradient])).toEqual([
      ["<s>", expect.closeTo(0.1, 5)],
      ["▁Mary", 2],
      ["▁gave", 0.5],
      ["▁to", 1],
    ]);
    const { shapes, spots } = slopeBars(slopes, { side: "source", place: 1 });
    expect(spots).toHaveLength(4);
    const texts = shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
    expect(texts).toEqual(["<s>", "0.10", "Mary", "2.00", "gave", "0.50", "to", "1.00"]);
  });

  it("keep the steepest of a long text, in reading order", () => {
    const many = Array.from({ length: MOST_ROWS + 5 }, (_, place) => ({
      side: "source" as const,
      place,
      piece: "a",
      special: false,
      byGradient: place,
      byRuns: place,
    }));
    const drawn = drawnSlopes(many);
    expect(drawn).toHaveLength(MOST_ROWS);
    expect(drawn[0]?.place).toBe(5);
  });

  it("write slopes in few figures", () => {
    expect([0, 0.0034, 0.034, 3.456, 34.56, 345.6].map(slopeText)).toEqual([
      "0",
      "0.0034",
      "0.03",
      "3.46",
      "34.6",
      "346",
    ]);
  });
});
