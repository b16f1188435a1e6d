import { describe, expect, it } from "vitest";
import type { ByStack, EvaluateRequest, Evaluation } from "../../../../../src/engine/gradient.ts";
import { checkGradient } from "../../../../../src/engine/runtime/evaluate/checkGradient.ts";

const ROWS: ByStack = { decoder: { data: Float32Array.of(0.4, -0.3, 0.2, 0.1), shape: [2, 2] } };
const REQUEST = {
  run: { source: "x", target: null },
  targets: [{ kind: "token", row: 1, id: 3, scale: "probability" }],
} as const;

/** A device on which the number is x² + 3x of the first entry, and the gradient is off by a factor. */
function device(factor: number, slope = 3) {
  const asked: EvaluateRequest[] = [];
  const evaluate = async (request: EvaluateRequest): Promise<Evaluation> => {
    asked.push(request);
    const at = (point: number) => 0.4 + (request.shifts?.[0]?.by.data[point * 4] ?? 0);
    const number = (x: number) => slope * (x * x + 3 * x);
    const gradient = { data: Float32Array.of(factor * slope * (2 * 0.4 + 3), 0, 0, 0), shape: [1, 2, 2] };
    return {
      values: Float32Array.from({ length: request.points }, (_, point) => number(at(point))),
      gradients: request.gradients ? { embeddings: { decoder: gradient } } : {},
      cost: { forward: request.points, backward: 0, milliseconds: 0 },
    };
  };
  return { evaluate, asked };
}

describe("checkGradient", () => {
  it("lets a right gradient pass, and looks at the logit behind a probability", async () => {
    const { evaluate, asked } = device(1);
    expect(await checkGradient(evaluate, ROWS, REQUEST)).toBe(true);
    expect(asked.every(({ targets }) => targets[0]?.kind === "token" && targets[0].scale === "logit")).toBe(true);
    expect(asked.map(({ points }) => points)).toEqual([1, 2]);
  });

  it.each([0.9, 1.1, -1, Number.NaN])("stops at one that is %f of the slope", async (factor) => {
    await expect(checkGradient(device(factor).evaluate, ROWS, REQUEST)).rejects.toMatchObject({
      failure: { code: "self-test" },
    });
  });

  it("says nothing where the number hardly moves", async () => {
    expect(await checkGradient(device(1, 1e-4).evaluate, ROWS, REQUEST)).toBe(false);
    expect(await checkGradient(device(0).evaluate, ROWS, REQUEST)).toBe(false);
  });
});
