import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { sweepHeads } from "../../../../src/engine/attention/sweepHeads.ts";
import type { HeadRef, Model, RunRequest } from "../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../src/engine/study.ts";
import { toFailure } from "../../../../src/lib/failure.ts";

const UNSTOPPED = { onProgress: async () => true };

describe("sweepHeads of a decoder", () => {
  const prompts = [
    {
      source: "When Mary and John went to the store, John gave a drink to",
      target: null,
      answer: "Mary",
      other: "John",
    },
    { source: "When Tom and Anna went to the park, Tom gave a book to", target: null, answer: "Anna", other: "Tom" },
  ] as const;
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  async function gap(prompt: (typeof prompts)[number], rest: Partial<RunRequest> = {}): Promise<number> {
    const request = { source: prompt.source, target: null, watch: [prompt.answer, prompt.other], ...rest };
    const trace = await model.trace(request);
    const [answer, other] = trace.target === null ? trace.watched : [];
    return (answer?.logit ?? Number.NaN) - (other?.logit ?? Number.NaN);
  }

  it.each(["zero", "mean"] as const)(
    "says what switching off each head does (%s)",
    async (fill) => {
      const sweep = await sweepHeads(model, { prompts, fill }, UNSTOPPED);
      const wholes = await Promise.all(prompts.map((prompt) => gap(prompt)));
      expect(sweep.metric).toBe("logit-difference");
      expect(sweep.whole).toBeCloseTo(((wholes[0] ?? 0) + (wholes[1] ?? 0)) / 2, 4);
      expect(sweep.effects.map(({ kind, mean }) => [kind, mean.shape])).toEqual([["decoder", [4, 4]]]);
      const off: HeadRef[] = [{ kind: "decoder", layer: 2, head: 1 }];
      const moved = await Promise.all(
        prompts.map(async (prompt, at) => (await gap(prompt, { off, fill })) - (wholes[at] ?? 0)),
      );
      const [effect] = sweep.effects;
      expect(effect?.mean.data[2 * 4 + 1]).toBeCloseTo(((moved[0] ?? 0) + (moved[1] ?? 0)) / 2, 4);
      expect(effect?.low.data[2 * 4 + 1]).toBeCloseTo(Math.min(...moved), 4);
      expect(effect?.high.data[2 * 4 + 1]).toBeCloseTo(Math.max(...moved), 4);
      // Some head matters.
      expect(Math.max(...(effect?.mean.data ?? []).map(Math.abs))).toBeGreaterThan(0.5);
    },
    60_000,
  );

  it("tells of every run, and stops when told to", async () => {
    const told: StudyProgress[] = [];
    const onProgress = async (progress: StudyProgress) => told.push(progress) < 5;
    const sweep = sweepHeads(model, { prompts, fill: "zero" }, { onProgress });
    expect(await sweep.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
    expect(told.at(-1)).toEqual({ done: 5, total: 2 * 17 });
  });

  it("wants an answer and another word", async () => {
    const lacking = [{ source: "The dog", target: null, answer: "ran" }];
    await expect(sweepHeads(model, { prompts: lacking, fill: "zero" }, UNSTOPPED)).rejects.toThrow(/another word/);
  });
});

describe("sweepHeads of an encoder–decoder", () => {
  it("follows the target's log-probability, the model's own where none is given", async () => {
    const model = await openLocal("translator-en-fr");
    const source = "Translate to French: The red car";
    const written = (await model.trace({ source, target: null })).target?.text ?? "";
    const sweep = await sweepHeads(model, { prompts: [{ source, target: null }], fill: "zero" }, UNSTOPPED);
    expect(sweep.metric).toBe("log-probability");
    expect(sweep.whole).toBeCloseTo(-(await model.trace({ source, target: written })).loss, 5);
    expect(sweep.effects.map(({ kind, mean }) => [kind, mean.shape])).toEqual([
      ["encoder", [3, 4]],
      ["decoder", [3, 4]],
      ["cross", [3, 4]],
    ]);
    const off: HeadRef[] = [{ kind: "cross", layer: 1, head: 3 }];
    const without = -(await model.trace({ source, target: written, off })).loss;
    expect(sweep.effects[2]?.mean.data[1 * 4 + 3]).toBeCloseTo(without - sweep.whole, 5);
  }, 120_000);
});

describe("sweepHeads of an encoder", () => {
  it("compares the sentence's mean state with that of the whole model", async () => {
    const model = await openLocal("encoder-minilm");
    const prompts = [{ source: "The dog ran.", target: null }];
    const sweep = await sweepHeads(model, { prompts, fill: "zero" }, UNSTOPPED);
    expect(sweep.metric).toBe("similarity");
    expect(sweep.whole).toBeCloseTo(1, 6);
    expect(sweep.effects.map(({ kind, mean }) => [kind, mean.shape])).toEqual([["encoder", [6, 12]]]);

    const state = async (off: HeadRef[]) => {
      const { hidden } = await model.trace({ source: "The dog ran.", target: null, include: ["hidden"], off });
      const { data, shape } = hidden?.encoder ?? expect.fail();
      const [layers = 0, tokens = 0, width = 0] = shape;
      const last = data.subarray((layers - 1) * tokens * width);
      return Array.from({ length: width }, (_, at) =>
        Array.from({ length: tokens }, (_, token) => last[token * width + at] ?? 0).reduce((sum, value) => sum + value),
      );
    };
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
    const [whole, without] = [await state([]), await state([{ kind: "encoder", layer: 1, head: 5 }])];
    const cosine = dot(whole, without) / Math.sqrt(dot(whole, whole) * dot(without, without));
    expect(sweep.effects[0]?.mean.data[1 * 12 + 5]).toBeCloseTo(cosine - 1, 5);
  }, 120_000);
});
