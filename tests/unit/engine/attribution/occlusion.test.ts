import { expect, it } from "vitest";
import { AnalyticModel, dot } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

it("occlusion is the fall of the number with one token at the baseline", async () => {
  const model = new AnalyticModel("decoder", 0.02);
  const run = { source: "the dog ran home", target: null };
  const target = logit(3, 2);
  const found = await attributeTokens(model, { method: "occlusion", run, targets: [target] });
  const inputs = await model.inputs(run);
  const z = rowsOf(inputs.embeddings.decoder ?? expect.fail()).map(dot);
  const away = rowsOf(inputs.baseline.decoder ?? expect.fail()).map(dot);
  const within = (place: number) => place <= 3;
  const whole = model.value(target, z, within);
  const expected = z.map((_, at) => (within(at) ? whole - model.value(target, z.with(at, away[at] ?? 0), within) : 0));
  for (const [at, score] of found.scores.source.data.entries()) expect(score).toBeCloseTo(expected[at] ?? 9, 3);
  // The whole, the baseline, and one run each for the three tokens that are neither special nor behind the row.
  expect(found.cost).toMatchObject({ forward: 5, backward: 0 });
  const baseline = model.value(target, away, within);
  expect(found.completeness?.baseline[0]).toBeCloseTo(baseline, 4);
  const sum = expected.reduce((total, score) => total + score, 0);
  expect(found.completeness?.gap[0]).toBeCloseTo(sum - (whole - baseline), 3);
});

it("occlusion leaves the other stack alone while one of its tokens moves", async () => {
  const model = new AnalyticModel("encoder-decoder");
  const run = { source: "the dog", target: "le" };
  await attributeTokens(model, { method: "occlusion", run, targets: [logit(1, 1)] });
  const [asked] = model.asked;
  expect(asked?.points).toBe(2 + 3);
  expect(asked?.shifts?.map(({ stack, by }) => [stack, by.shape])).toEqual([
    ["encoder", [5, 2, 3]],
    ["decoder", [5, 2, 3]],
  ]);
  // The third point moves the first source token alone.
  const moved = (asked?.shifts ?? []).map(({ by }) => rowsOf(by).map((row) => row.some((part) => part !== 0)));
  expect(moved[0]?.slice(4, 6)).toEqual([true, false]);
  expect(moved[1]?.slice(4, 6)).toEqual([false, false]);
});
