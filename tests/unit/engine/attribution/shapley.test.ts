import { describe, expect, it } from "vitest";
import { AnalyticModel, dot, partsOf } from "../../../helpers/analyticModel.ts";
import { attributeTokens, logit, rowsOf } from "../../../helpers/attribution.ts";

const run = { source: "the dog ran home", target: null };
const target = logit(4, 2);
const request = { method: "shapley", run, targets: [target] } as const;

async function placesOf(model: AnalyticModel) {
  const { embeddings, baseline } = await model.inputs(run);
  return {
    input: rowsOf(embeddings.decoder ?? expect.fail()).map(dot),
    away: rowsOf(baseline.decoder ?? expect.fail()).map(dot),
  };
}

/** Exact Shapley values over all coalitions: `[place]`. */
async function exact(model: AnalyticModel): Promise<number[]> {
  const { input, away } = await placesOf(model);
  const players = [1, 2, 3, 4];
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const value = (members: readonly number[]) =>
    model.value(
      target,
      input.map((z, at) => (at === 0 || members.includes(at) ? z : (away[at] ?? 0))),
      () => true,
    );
  const scores = input.map(() => 0);
  for (let mask = 0; mask < 16; mask++) {
    const members = players.filter((_, at) => mask & (1 << at));
    for (const player of players.filter((each) => !members.includes(each))) {
      const share = (factorial(members.length) * factorial(3 - members.length)) / factorial(4);
      scores[player] = (scores[player] ?? 0) + share * (value([...members, player]) - value(members));
    }
  }
  return scores;
}

describe("shapley", () => {
  it("is exact from two orders where tokens act alone or in pairs", async () => {
    const model = new AnalyticModel("decoder");
    const { input, away } = await placesOf(model);
    const { alone, pair } = partsOf(2);
    const step = input.map((z, at) => z - (away[at] ?? 0));
    const { scores, error } = await attributeTokens(model, { ...request, samples: 4 });
    for (const at of [1, 2, 3, 4]) {
      // A pair's product rises along both: half of what they add together goes to each.
      const middle = input.map((z, i) => (z + (away[i] ?? 0)) / 2);
      const slope = middle.reduce(
        (sum, z, i) => sum + (i === at ? 0 : pair(Math.min(i, at), Math.max(i, at)) * z),
        alone(at),
      );
      expect(scores.source.data[at]).toBeCloseTo((step[at] ?? 0) * slope, 4);
      expect(error?.source.data[at]).toBeLessThan(1e-5);
    }
    expect(scores.source.data[0]).toBe(0);
  });

  it("comes within three standard errors of the exact values, and sums to the difference in any case", async () => {
    const model = new AnalyticModel("decoder", 0.05);
    const expected = await exact(model);
    for (const seed of [1, 2, 3]) {
      const { scores, error, completeness } = await attributeTokens(model, { ...request, seed });
      for (const [at, score] of scores.source.data.entries()) {
        expect(Math.abs(score - (expected[at] ?? 9))).toBeLessThan(3 * (error?.source.data[at] ?? 0) + 1e-4);
      }
      expect(error?.source.data.slice(1).every((each) => each > 0)).toBe(true);
      expect(Math.abs(completeness?.gap[0] ?? 9)).toBeLessThan(1e-3);
    }
  });

  it("has an error that falls with the root of the orders", async () => {
    const model = new AnalyticModel("decoder", 0.05);
    const errorOf = async (samples: number) =>
      (await attributeTokens(model, { ...request, samples })).error?.source.data[1] ?? Number.NaN;
    const ratio = (await errorOf(40)) / (await errorOf(640));
    expect(ratio).toBeGreaterThan(2.5);
    expect(ratio).toBeLessThan(6);
  });

  it("draws by its seed, and runs each coalition once", async () => {
    const model = new AnalyticModel("decoder", 0.05);
    const few = { ...request, samples: 2 };
    const [a, b, other] = [
      await attributeTokens(model, { ...few, seed: 7 }),
      await attributeTokens(model, { ...few, seed: 7 }),
      await attributeTokens(model, { ...few, seed: 8 }),
    ];
    expect(a.scores).toEqual(b.scores);
    expect(other.scores.source.data).not.toEqual(a.scores.source.data);
    expect(a.error?.source.data[1]).toBeNaN(); // one couple of orders has no spread
    expect(a.cost.forward).toBe(2 + 2 * 3);
    // Four players have no more than sixteen coalitions.
    expect((await attributeTokens(model, { ...request, samples: 200 })).cost.forward).toBe(16);
  });
});
