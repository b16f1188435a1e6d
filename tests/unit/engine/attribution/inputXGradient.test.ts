import { expect, it } from "vitest";
import { AnalyticModel, dot, partsOf } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

it("inputXGradient is the gradient along the embedding, of source and target so far", async () => {
  const model = new AnalyticModel("encoder-decoder");
  const run = { source: "the dog", target: "le chien" };
  const found = await attributeTokens(model, { method: "input-x-gradient", run, targets: [logit(1, 3)] });
  const { embeddings } = await model.inputs(run);
  const z = [...rowsOf(embeddings.encoder ?? expect.fail()), ...rowsOf(embeddings.decoder ?? expect.fail())].map(dot);
  const { alone, pair } = partsOf(3);
  // Places 0 and 1 are the source, 2 and 3 what was read up to row 1; place 4 comes later.
  const slope = (at: number) =>
    [0, 1, 2, 3].reduce(
      (sum, other) => sum + (other === at ? 0 : pair(Math.min(at, other), Math.max(at, other)) * (z[other] ?? 0)),
      alone(at),
    );
  const expected = [0, 1, 2, 3].map((at) => slope(at) * (z[at] ?? 0));
  const { source, target } = found.scores;
  expect(found.source.map(({ text }) => text)).toEqual(["the", "dog"]);
  expect(found.target?.map(({ piece }) => piece)).toEqual(["<pad>", "▁le", "▁chien"]);
  for (const [at, score] of [...source.data, ...(target?.data ?? [])].entries()) {
    expect(score).toBeCloseTo(expected[at] ?? 0, 4);
  }
  expect(target?.data[2]).toBe(0);
  expect(found.signed).toBe(true);
});

it("a contrast is the difference of two attributions", async () => {
  const model = new AnalyticModel("decoder");
  const run = { source: "the dog ran", target: null };
  const request = { method: "input-x-gradient", run } as const;
  const both = await attributeTokens(model, { ...request, targets: [logit(3, 4), logit(3, 1)] });
  const contrast = await attributeTokens(model, { ...request, targets: [logit(3, 4, 1)] });
  const [a = [], b = []] = rowsOf(both.scores.source);
  for (const [at, score] of contrast.scores.source.data.entries()) {
    expect(score).toBeCloseTo((a[at] ?? 0) - (b[at] ?? 0), 4);
  }
  expect(contrast.values[0]).toBeCloseTo((both.values[0] ?? 0) - (both.values[1] ?? 0), 4);
});
