import { expect, it } from "vitest";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit } from "../../../helpers/attribution.ts";

it("attentionXGradient is the mean of attention times its gradient, where that is positive, by key", async () => {
  const model = new AnalyticModel("decoder");
  const run = { source: "the dog ran", target: null };
  const targets = [logit(3, 1)];
  const found = await attributeTokens(model, { method: "attention-x-gradient", run, targets });
  const { attention, gradients } = await model.evaluate({
    run,
    points: 1,
    targets,
    gradients: ["attention"],
    include: ["attention"],
  });
  const [weights, slopes] = [attention?.decoder?.data ?? [], gradients.attention?.decoder?.data ?? []];
  const expected = [0, 0, 0, 0];
  for (let at = 0; at < weights.length; at++) {
    expected[at % 4] = (expected[at % 4] ?? 0) + (weights[at] ?? 0) * Math.max(0, slopes[at] ?? 0);
  }
  expect(found.signed).toBe(false);
  for (const [key, score] of found.scores.source.data.entries()) {
    expect(score).toBeCloseTo((expected[key] ?? 9) / (2 * 2 * 4), 5); // layers, heads, queries
  }
});

it("attentionXGradient of an encoder–decoder reads the source from cross-attention", async () => {
  const model = new AnalyticModel("encoder-decoder");
  const run = { source: "the dog", target: "le chien" };
  const found = await attributeTokens(model, { method: "attention-x-gradient", run, targets: [logit(2, 1)] });
  const { attention, gradients } = await model.evaluate({
    run,
    points: 1,
    targets: [logit(2, 1)],
    gradients: ["attention"],
    include: ["attention"],
  });
  const [weights, slopes] = [attention?.cross?.data ?? [], gradients.attention?.cross?.data ?? []];
  let expected = 0;
  for (let at = 1; at < weights.length; at += 2) expected += (weights[at] ?? 0) * Math.max(0, slopes[at] ?? 0);
  expect(found.scores.source.data[1]).toBeCloseTo(expected / (2 * 2 * 3), 5);
  expect(found.scores.target?.shape).toEqual([1, 3]);
});
