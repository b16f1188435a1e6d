import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../../src/engine/model.ts";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

const ROLLOUT = { method: "rollout" } as const;

/** Mean attention over heads of one layer, as lists. */
function meanHeads({ data, shape }: Tensor, layer: number): number[][] {
  const [, , heads = 0, queries = 0, keys = 0] = shape;
  return Array.from({ length: queries }, (_, query) =>
    Array.from({ length: keys }, (_, key) =>
      Array.from(
        { length: heads },
        (_, head) => data[((layer * heads + head) * queries + query) * keys + key] ?? 0,
      ).reduce((sum, weight) => sum + weight / heads, 0),
    ),
  );
}

describe("rollout", () => {
  it("multiplies ½ (I + A) of all layers", async () => {
    const model = new AnalyticModel("decoder");
    const run = { source: "the dog", target: null };
    const targets = [logit(2, 1)];
    const found = await attributeTokens(model, { ...ROLLOUT, run, targets });
    const { attention } = await model.evaluate({ run, points: 1, targets, include: ["attention"] });
    const half = [0, 1].map((layer) =>
      meanHeads(attention?.decoder ?? expect.fail(), layer).map((row, at) =>
        row.map((weight, key) => (weight + Number(at === key)) / 2),
      ),
    );
    const [first = [], second = []] = half;
    for (const [key, score] of found.scores.source.data.entries()) {
      const expected = (second[2] ?? []).reduce((sum, weight, via) => sum + weight * (first[via]?.[key] ?? 0), 0);
      expect(score).toBeCloseTo(expected, 6);
    }
    expect(found.cost).toEqual({ forward: 1, backward: 0, milliseconds: 1 });
  });

  it("of an encoder–decoder sums to 1 over source and target", async () => {
    const model = new AnalyticModel("encoder-decoder");
    const run = { source: "the dog ran", target: "le chien" };
    // The test's attention is not causal: only the last row keeps all its weight within reach.
    const { scores } = await attributeTokens(model, { ...ROLLOUT, run, targets: [logit(2, 1)] });
    const all = [...scores.source.data, ...(scores.target?.data ?? [])];
    expect(all.length).toBe(6);
    expect(all.every((score) => score > 0)).toBe(true);
    expect(all.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6);
    // Two layers of two blocks each halve what stays.
    expect(scores.target?.data[2]).toBeGreaterThan(1 / 16);
  });

  it("of a sentence is the mean over its tokens", async () => {
    const model = new AnalyticModel("encoder");
    const run = { source: "the dog ran", target: null };
    const similarity = await attributeTokens(model, { ...ROLLOUT, run, targets: [{ kind: "similarity", to: "x" }] });
    const rows = await attributeTokens(model, { ...ROLLOUT, run, targets: [0, 1, 2].map((row) => logit(row, 1)) });
    const all = rowsOf(rows.scores.source);
    for (const [place, score] of similarity.scores.source.data.entries()) {
      expect(score).toBeCloseTo(all.reduce((sum, row) => sum + (row[place] ?? 0), 0) / 3, 6);
    }
  });
});
