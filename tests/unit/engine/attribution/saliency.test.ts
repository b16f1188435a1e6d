import { expect, it } from "vitest";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

const run = { source: "the dog ran", target: null };
const targets = [logit(3, 2), logit(1, 2)];

it("saliency is the length of each token's gradient, L2 or L1, and 0 behind the row", async () => {
  const model = new AnalyticModel("decoder");
  const l2 = await attributeTokens(model, { method: "saliency", run, targets });
  const l1 = await attributeTokens(model, { method: "saliency", run, targets, norm: 1 });
  const gradients = (await model.evaluate({ run, points: 2, targets, gradients: ["embeddings"] })).gradients.embeddings;
  const slopes = rowsOf(gradients?.decoder ?? expect.fail());
  expect(l2.signed).toBe(false);
  expect(l2.scores.target).toBeNull();
  expect(l2.scores.source.shape).toEqual([2, 4]);
  for (const [place, gradient] of slopes.entries()) {
    expect(l2.scores.source.data[place]).toBeCloseTo(Math.hypot(...gradient), 5);
    expect(l1.scores.source.data[place]).toBeCloseTo(
      gradient.reduce((sum, value) => sum + Math.abs(value), 0),
      5,
    );
  }
  const late = rowsOf(l2.scores.source)[1]?.slice(2);
  expect(late).toEqual([0, 0]);
  expect(
    rowsOf(l2.scores.source)[1]
      ?.slice(0, 2)
      .every((score) => score > 0),
  ).toBe(true);
  expect(l2.cost).toEqual({ forward: 2, backward: 2, milliseconds: 1 });
});
