import { describe, expect, it } from "vitest";
import { curveReading } from "../../../../../src/components/widgets/head-switches/Curve.tsx";
import { curveShape, PLOT } from "../../../../../src/components/widgets/head-switches/curveShape.ts";
import { strengthOf } from "../../../../../src/components/widgets/head-switches/strength.ts";
import { chanceText, signed } from "../../../../../src/components/widgets/head-switches/words.ts";
import type { RankedHead } from "../../../../../src/stored/ranking.ts";

const heads = [-8, -2, 0, 1].map(
  (effect, head): RankedHead => ({ ref: { kind: "decoder", layer: 0, head }, effect, low: effect, high: effect }),
);

describe("the colours of a board", () => {
  it("end at the largest effect, and keep the sign", () => {
    expect(heads.map(({ effect }) => strengthOf(effect, heads))).toEqual([-5, -3, 0, 2]);
    expect(strengthOf(0, [])).toBe(0);
  });
});

describe("numbers", () => {
  it("carry as many digits as they can bear", () => {
    expect([1, 0.9999, 0.9976, 0.5, 0.0042, 0.00001].map(chanceText)).toEqual([
      "1.00",
      ">0.999",
      "0.998",
      "0.50",
      "0.004",
      "<0.0001",
    ]);
    expect([signed(-1.25, 1), signed(3), signed(-0.001)]).toEqual(["−1.3", "+3.00", "0.00"]);
  });
});

describe("the curve", () => {
  const curve = {
    model: "m",
    share: "answer",
    steps: [0, 1, 2],
    values: [
      [1, 0.2, 0],
      [1, 0.8, 0.2],
      [1, 1, 0.4],
    ],
    prompts: 2,
  } as const;

  it("has the mean and the range of the random orders", () => {
    const shape = curveShape(curve);
    expect(shape.means.map((mean) => mean.toFixed(2))).toEqual(["1.00", "0.90", "0.30"]);
    expect([shape.lows, shape.highs]).toEqual([
      [1, 0.8, 0.2],
      [1, 1, 0.4],
    ]);
    expect(shape.ranked.startsWith(`M${PLOT.left} ${PLOT.top}L`)).toBe(true);
  });

  it("says after how many heads half is gone", () => {
    expect(curveReading(curve)).toBe(
      "Probability of the answer: 1.00 with all heads on; half of it is gone after 1 head in the order of the ranking, and after 2 heads in random orders.",
    );
  });
});
