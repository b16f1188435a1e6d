import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { studyOrders } from "../../../../src/engine/attention/studyOrders.ts";
import type { HeadRef, Model } from "../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../src/engine/study.ts";
import { toFailure } from "../../../../src/lib/failure.ts";

const UNSTOPPED = { onProgress: async () => true };
const [HOME, BEFORE, AHEAD]: readonly HeadRef[] = [
  [2, 0],
  [0, 0],
  [1, 0],
].map(([layer = 0, head = 0]) => ({ kind: "decoder", layer, head }));
const orders = [
  [HOME, BEFORE, AHEAD],
  [AHEAD, BEFORE, HOME],
].map((order) => order.filter((head) => head !== undefined));

describe("studyOrders of a decoder", () => {
  const prompts = [
    {
      source: "Jack lives in Japan. Anna lives in Italy. The capital of Jack's country is",
      target: null,
      answer: "Tokyo",
      other: "Rome",
    },
    { source: "The capital of Spain is", target: null, answer: "Madrid", other: "Rome" },
  ] as const;
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  async function chance({ source, answer }: (typeof prompts)[number], off: readonly HeadRef[], fill: "zero" | "mean") {
    const trace = await model.trace({ source, target: null, watch: [answer], off, fill });
    return trace.target === null ? (trace.watched[0]?.probability ?? Number.NaN) : Number.NaN;
  }

  it.each(["zero", "mean"] as const)("follows the answer's probability (%s)", async (fill) => {
    const study = await studyOrders(model, { prompts, fill, orders, steps: [0, 1, 3] }, UNSTOPPED);
    expect(study.share).toBe("answer");
    for (const [at, order] of orders.entries()) {
      for (const [place, step] of [0, 1, 3].entries()) {
        const chances = await Promise.all(prompts.map((prompt) => chance(prompt, order.slice(0, step), fill)));
        expect(study.values[at]?.[place]).toBeCloseTo(((chances[0] ?? 0) + (chances[1] ?? 0)) / 2, 5);
      }
    }
    // The order counts on the way, not at its ends.
    const [one, other] = study.values;
    expect(one?.[0]).toBe(other?.[0]);
    expect(one?.[2]).toBe(other?.[2]);
    expect(Math.abs((one?.[1] ?? 0) - (other?.[1] ?? 0))).toBeGreaterThan(0.2);
  });

  it("tells of every step, and stops when told to", async () => {
    const told: StudyProgress[] = [];
    const onProgress = async (progress: StudyProgress) => told.push(progress) < 4;
    const study = studyOrders(model, { prompts, fill: "zero", orders, steps: [0, 1, 2] }, { onProgress });
    expect(await study.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
    expect(told.at(-1)).toEqual({ done: 4, total: 2 * 2 * 3 });
  });
});

describe("studyOrders of other families", () => {
  it("follows a token of the translation, geometric mean", async () => {
    const model = await openLocal("translator-en-fr");
    const source = "Translate to French: The red car";
    const off: HeadRef[] = [{ kind: "cross", layer: 1, head: 3 }];
    const target = (await model.trace({ source, target: null })).target?.text ?? "";
    const study = await studyOrders(
      model,
      { prompts: [{ source, target: null }], fill: "zero", orders: [off], steps: [0, 1] },
      UNSTOPPED,
    );
    expect(study.share).toBe("target");
    expect(study.values[0]?.[1]).toBeCloseTo(Math.exp(-(await model.trace({ source, target, off })).loss), 5);
  }, 120_000);

  it("follows an encoder's likeness to itself", async () => {
    const model = await openLocal("encoder-minilm");
    const off: HeadRef[] = Array.from({ length: 12 }, (_, head) => ({ kind: "encoder", layer: 5, head }));
    const prompts = [{ source: "The brown dog ran.", target: null }];
    const study = await studyOrders(model, { prompts, fill: "zero", orders: [off], steps: [0, 1, 12] }, UNSTOPPED);
    expect(study.share).toBe("similarity");
    const [whole = 0, one = 0, layer = 0] = study.values[0] ?? [];
    expect(whole).toBeCloseTo(1, 6);
    expect(one).toBeLessThan(1);
    expect(layer).toBeLessThan(one);
  }, 120_000);
});
