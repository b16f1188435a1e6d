import { expect, it } from "vitest";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { attribute, attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

it("layerInputXGradient has a row for every hidden state, with the lengths of the gradients beside it", async () => {
  const model = new AnalyticModel("encoder-decoder");
  const run = { source: "the dog", target: "le chien" };
  const targets = [logit(1, 3), logit(2, 4)];
  const found = await attribute(model, { method: "layer-input-x-gradient", run, targets });
  if (found.of !== "layers") throw new Error("no layers");
  const tokens = await attributeTokens(model, { method: "input-x-gradient", run, targets });
  const lengths = await attributeTokens(model, { method: "saliency", run, targets });
  expect(found.scores.source.shape).toEqual([2, 3, 2]);
  expect(found.norms.target?.shape).toEqual([2, 3, 3]);
  // Layer i of the test's model is the embedding times i + 1: the product stays, the gradient shrinks.
  for (const [side, scores] of [
    ["source", found.scores.source],
    ["target", found.scores.target],
  ] as const) {
    for (const [at, row] of rowsOf(scores ?? expect.fail()).entries()) {
      const [target, layer] = [Math.floor(at / 3), at % 3];
      const expected = rowsOf(tokens.scores[side] ?? expect.fail())[target] ?? [];
      const norm = rowsOf(lengths.scores[side] ?? expect.fail())[target] ?? [];
      const norms = rowsOf(found.norms[side] ?? expect.fail())[at] ?? [];
      for (const [token, score] of row.entries()) {
        expect(score).toBeCloseTo(expected[token] ?? 9, 4);
        expect(norms[token]).toBeCloseTo((norm[token] ?? 9) / (layer + 1), 4);
      }
    }
  }
});
