import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { spearman } from "../../../../src/engine/attention/statistics.ts";
import { studyRemoval } from "../../../../src/engine/attention/studyRemoval.ts";
import type { Model } from "../../../../src/engine/model.ts";
import type { RemovalRow, RemovalStudy, StudyProgress } from "../../../../src/engine/study.ts";

/** From `models/measures`: PyTorch's and onnxruntime's own runs, scipy's ρ. */
const reference = JSON.parse(readFileSync("tests/fixtures/measures/removal.json", "utf8"));

const UNSTOPPED = { onProgress: async () => true };

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Correlation of one head's weights with the effects, or of the mean of all heads'. */
function correlation({ weights, effect, tokens }: RemovalRow, head: number | "all"): number {
  const heads = weights.shape[0] ?? 0;
  const weight = (of: number, token: number) => weights.data[of * tokens.length + token] ?? 0;
  const chosen = tokens.map((_, token) =>
    head === "all" ? mean(Array.from({ length: heads }, (_, of) => weight(of, token))) : weight(head, token),
  );
  return spearman(chosen, effect);
}

/** The study's own means, taken again from its rows. */
function expectMeans(study: RemovalStudy): void {
  const texts = [...Map.groupBy(study.rows, ({ source }) => source).values()];
  expect(study.texts).toBe(texts.length);
  for (const row of study.rows) {
    expect(row.correlation.at(-1)).toBeCloseTo(correlation(row, "all"), 10);
    expect(row.correlation.slice(0, -1)).toEqual([...study.mean.data.keys()].map((head) => correlation(row, head)));
  }
  for (const [head, value] of study.mean.data.entries()) {
    const again = mean(texts.map((rows) => mean(rows.map((row) => correlation(row, head)))));
    expect(value).toBeCloseTo(again, 5);
    expect(study.low.data[head]).toBeLessThanOrEqual(value);
    expect(study.high.data[head]).toBeGreaterThanOrEqual(value);
  }
  expect(study.all.mean).toBeCloseTo(mean(texts.map((rows) => mean(rows.map((row) => correlation(row, "all"))))), 5);
}

describe("studyRemoval of an encoder–decoder", () => {
  const sources = ["Translate to French: The red car is old.", "Translate to French: My brother has a white cat."];
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("translator-en-fr");
  }, 120_000);

  it("sets the fall of each written token's log-probability beside its row of cross-attention", async () => {
    const prompts = sources.map((source) => ({ source, target: null }));
    const study = await studyRemoval(model, { prompts }, UNSTOPPED);
    expect(study.kind).toBe("cross");
    expect(study.mean.shape).toEqual([3, 4]);
    expectMeans(study);

    const [source = ""] = sources;
    const target = (await model.trace({ source, target: null })).target?.text ?? "";
    const whole = await model.trace({ source, target });
    if (whole.target === null) throw new Error("no target");
    const rows = study.rows.filter((row) => row.source === source);
    const ordinary = whole.source.tokens.filter(({ special, instruction }) => !special && !instruction);
    expect(rows.map(({ output }) => output)).toEqual(whole.target.written.slice(0, -1).map(({ text }) => text));
    expect(rows[1]?.tokens).toEqual(ordinary.map(({ text }) => text));

    const at = 2;
    const place = whole.source.tokens.indexOf(ordinary[at] ?? expect.fail());
    const without = await model.trace({ source, target, masked: [place] });
    expect(rows[1]?.effect[at]).toBeCloseTo((without.tokenLoss[1] ?? 0) - (whole.tokenLoss[1] ?? 0), 5);
    const [, heads = 0, queries = 0, keys = 0] = whole.attention.cross.shape;
    const head = 2 * heads + 1;
    const weight = whole.attention.cross.data[(head * queries + 1) * keys + place];
    expect(rows[1]?.weights.data[head * ordinary.length + at]).toBe(weight);
  }, 120_000);

  it("agrees with onnxruntime’s own runs to 1e-3 nats", async () => {
    const { source, target, falls } = reference.translator;
    const { rows } = await studyRemoval(model, { prompts: [{ source, target }] }, UNSTOPPED);
    expect(rows.map(({ effect }) => effect.length)).toEqual(falls.map((row: number[]) => row.length));
    for (const [output, { effect }] of rows.entries()) {
      for (const [token, fall] of effect.entries()) {
        expect(Math.abs(fall - falls[output][token])).toBeLessThan(1e-3);
      }
    }
  });

  it("tells of every run and stops when told to", async () => {
    const told: StudyProgress[] = [];
    const onProgress = async (progress: StudyProgress) => told.push(progress) < 4;
    const prompts = [{ source: sources[0] ?? "", target: "La voiture rouge est vieille." }];
    await expect(studyRemoval(model, { prompts }, { onProgress })).rejects.toThrow(/stopped/);
    const words = model.tokenize(sources[0] ?? "").filter(({ special, instruction }) => !special && !instruction);
    expect(told.at(-1)).toEqual({ done: 4, total: 1 + words.length });
  });
});

describe("studyRemoval of a decoder", () => {
  it("follows the answer, and keeps the first and the last token", async () => {
    const model = await openLocal("decoder-small");
    const source = "When Mary and John went to the store, John gave a drink to";
    const prompts = [
      { source, target: null, answer: "Mary" },
      { source: "The girl", target: null, answer: "is" },
    ];
    const study = await studyRemoval(model, { prompts }, UNSTOPPED);
    expect(study.kind).toBe("decoder");
    expectMeans(study);
    // The second has too few tokens to be put in order.
    expect(study.rows.length).toBe(1);
    const [row] = study.rows;
    const tokens = model.tokenize(source);
    expect(row?.output).toBe("Mary");
    expect(row?.tokens).toEqual(tokens.slice(1, -1).map(({ text }) => text));
    const probability = async (masked?: readonly number[]) => {
      const trace = await model.trace({ source, target: null, watch: ["Mary"], masked });
      return trace.target === null ? (trace.watched[0]?.probability ?? Number.NaN) : Number.NaN;
    };
    const fall = Math.log(await probability()) - Math.log(await probability([2]));
    expect(row?.effect[1]).toBeCloseTo(fall, 4);
  }, 60_000);

  it("agrees with PyTorch in falls and weights to 1e-3, and with scipy in ρ to 0.005", async () => {
    const { prompt, answer, falls, weights, rho } = reference.decoder;
    const model = await openLocal("decoder-small");
    const { rows } = await studyRemoval(model, { prompts: [{ source: prompt, target: null, answer }] }, UNSTOPPED);
    const [row] = rows;
    expect(row?.effect.length).toBe(falls.length);
    for (const [token, fall] of falls.entries()) expect(Math.abs((row?.effect[token] ?? 9) - fall)).toBeLessThan(1e-3);
    for (const [at, weight] of weights.entries()) {
      expect(Math.abs((row?.weights.data[at] ?? 9) - weight)).toBeLessThan(1e-3);
    }
    // Falls of almost nothing change places with the last digit.
    for (const [head, each] of rho.entries())
      expect(Math.abs((row?.correlation[head] ?? 9) - each)).toBeLessThan(0.005);
  }, 60_000);

  it("wants an answer", async () => {
    const model = await openLocal("decoder-small");
    await expect(studyRemoval(model, { prompts: [{ source: "The dog", target: null }] }, UNSTOPPED)).rejects.toThrow(
      /needs its answer/,
    );
  });
});
