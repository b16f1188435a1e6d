import { describe, expect, it } from "vitest";
import { AnalyticModel, dot, partsOf } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

const run = { source: "the dog ran", target: null };
const target = logit(3, 2);
const request = { method: "integrated-gradients", run, targets: [target] } as const;

async function zOf(model: AnalyticModel): Promise<{ input: number[]; baseline: number[] }> {
  const { embeddings, baseline } = await model.inputs(run);
  return {
    input: rowsOf(embeddings.decoder ?? expect.fail()).map(dot),
    baseline: rowsOf(baseline.decoder ?? expect.fail()).map(dot),
  };
}

describe("integratedGradients", () => {
  it("of a quadratic number is the step times the slope in the middle of the way", async () => {
    const model = new AnalyticModel("decoder");
    const { input, baseline } = await zOf(model);
    const { alone, pair } = partsOf(2);
    const middle = input.map((z, at) => (z + (baseline[at] ?? 0)) / 2);
    const expected = input.map((z, at) => {
      const slope = middle.reduce(
        (sum, other, i) => sum + (i === at ? 0 : pair(Math.min(i, at), Math.max(i, at)) * other),
        alone(at),
      );
      return (z - (baseline[at] ?? 0)) * slope;
    });
    for (const rule of ["riemann", "gauss-legendre"] as const) {
      const found = await attributeTokens(model, { ...request, rule, steps: 3 });
      for (const [at, score] of found.scores.source.data.entries()) expect(score).toBeCloseTo(expected[at] ?? 9, 4);
      expect(Math.abs(found.completeness?.gap[0] ?? 9)).toBeLessThan(1e-4);
    }
  });

  it("gives nothing to special tokens, which the baseline keeps", async () => {
    const { scores, source } = await attributeTokens(new AnalyticModel("decoder", 0.01), request);
    expect(source[0]?.special).toBe(true);
    expect(scores.source.data[0]).toBe(0);
    expect(scores.source.data[1]).not.toBe(0);
  });

  it("tells the gap that is left, and takes twice the steps until it is small", async () => {
    const model = new AnalyticModel("decoder", 0.5);
    const found = await attributeTokens(model, { ...request, rule: "riemann", bound: 1e-4 });
    const { tried = [], places } = found.paths?.[0] ?? expect.fail();
    const [value = 0, baseline = 0] = [found.values[0], found.completeness?.baseline[0]];
    const bound = 1e-4 * Math.abs(value - baseline);
    expect(tried.map(({ steps }) => steps)).toEqual(tried.map((_, round) => 8 * 2 ** round));
    expect(tried.length).toBeGreaterThan(2);
    for (const { gap } of tried.slice(0, -1)) expect(Math.abs(gap)).toBeGreaterThan(bound);
    expect(Math.abs(tried.at(-1)?.gap ?? 9)).toBeLessThanOrEqual(bound);
    expect(places.length).toBe(tried.at(-1)?.steps);
    const sum = found.scores.source.data.reduce((total, score) => total + score, 0);
    expect(sum - (value - baseline)).toBeCloseTo(found.completeness?.gap[0] ?? 9, 2);
    // The error of middles falls with the square of their number.
    expect((tried[0]?.gap ?? 0) / (tried[1]?.gap ?? 1)).toBeCloseTo(4, 0);
    expect(found.cost.backward).toBe(tried.reduce((total, { steps }) => total + steps, 0));
    expect(found.cost.forward).toBe(found.cost.backward + 2);
  });

  it("ends at 256 steps where no gap is small enough", async () => {
    const { paths } = await attributeTokens(new AnalyticModel("decoder", 0.5), {
      ...request,
      rule: "riemann",
      bound: 1e-9,
    });
    expect(paths?.[0]?.tried.map(({ steps }) => steps)).toEqual([8, 16, 32, 64, 128, 256]);
  });

  it("shows the path: values from the baseline to the input, slopes by token that sum up", async () => {
    const model = new AnalyticModel("decoder", 0.1);
    const found = await attributeTokens(model, { ...request, steps: 16 });
    const { values, slopes, tokenSlopes, weights, tried } = found.paths?.[0] ?? expect.fail();
    const baseline = found.completeness?.baseline[0] ?? Number.NaN;
    const byToken = rowsOf(tokenSlopes);
    expect(tokenSlopes.shape).toEqual([16, 4]);
    expect(tried.length).toBe(1);
    // Close to its ends the path has the numbers of its ends.
    expect(Math.abs((values[0] ?? 0) - baseline)).toBeLessThan(Math.abs((values[8] ?? 0) - baseline));
    for (const [step, row] of byToken.entries()) {
      expect(row.reduce((sum, slope) => sum + slope, 0)).toBeCloseTo(slopes[step] ?? 0, 2);
    }
    for (const [at, score] of found.scores.source.data.entries()) {
      const again = byToken.reduce((sum, row, step) => sum + (weights[step] ?? 0) * (row[at] ?? 0), 0);
      expect(score).toBeCloseTo(again, 3);
    }
  });

  it("walks for every row, over source and target so far", async () => {
    const model = new AnalyticModel("encoder-decoder", 0.05);
    const both = { source: "the dog", target: "le chien" };
    const found = await attributeTokens(model, {
      ...request,
      run: both,
      targets: [logit(0, 1), logit(2, 5)],
      steps: 32,
    });
    expect(found.scores.source.shape).toEqual([2, 2]);
    expect(found.scores.target?.shape).toEqual([2, 3]);
    const [first = [], last = []] = rowsOf(found.scores.target ?? expect.fail());
    expect(first).toEqual([0, 0, 0]); // the start token alone is in reach
    expect(last[1]).not.toBe(0);
    for (const gap of found.completeness?.gap ?? []) expect(Math.abs(gap)).toBeLessThan(1e-3);
  });
});
