import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import { spearman } from "../../../../../src/engine/attention/statistics.ts";
import type { AgreementRequest } from "../../../../../src/engine/attribute.ts";
import { studyAgreement } from "../../../../../src/engine/attribution/checks/agreement.ts";
import { sizesIn } from "../../../../../src/engine/attribution/checks/compare.ts";
import { studyAttribution } from "../../../../../src/engine/attribution/studyAttribution.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../../src/engine/study.ts";
import { toFailure } from "../../../../../src/lib/failure.ts";

const UNSTOPPED = { onProgress: async () => true };

describe("studyAgreement", () => {
  const target = { kind: "token", row: 14, id: 388, scale: "logit" } as const;
  const texts = [
    "When Mary and John went to the store, John gave a drink to",
    "Then Paul and Emma went to the school. Emma handed a book to",
  ].map((source) => ({ run: { source, target: null }, target }));
  const methods = [{ method: "occlusion" }, { method: "shapley", samples: 4 }, { method: "rollout" }] as const;
  const request: AgreementRequest = { texts, methods };
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  it("compares every two methods on every text, and takes the mean over texts", async () => {
    const study = await studyAgreement(model, request, UNSTOPPED);
    expect(study.methods).toEqual(["occlusion", "shapley", "rollout"]);
    expect(study.texts).toBe(2);
    expect(study.each.shape).toEqual([2, 3, 3]);
    const at = (data: Float32Array, text: number, a: number, b: number) => data[(text * 3 + a) * 3 + b] ?? Number.NaN;
    for (const [text, { run, target }] of texts.entries()) {
      const sizes: number[][] = [];
      for (const method of methods) {
        const found = await studyAttribution(model, { ...method, run, targets: [target] }, UNSTOPPED);
        if (found.of === "tokens") sizes.push(sizesIn(found, 0, model));
      }
      for (const a of methods.keys()) {
        expect(at(study.each.data, text, a, a)).toBe(1);
        for (const b of methods.keys()) {
          expect(at(study.each.data, text, a, b)).toBeCloseTo(spearman(sizes[a] ?? [], sizes[b] ?? []), 5);
        }
      }
    }
    for (const a of methods.keys()) {
      for (const b of methods.keys()) {
        const both = [0, 1].map((text) => at(study.each.data, text, a, b));
        expect(at(study.mean.data, 0, a, b)).toBeCloseTo(((both[0] ?? 0) + (both[1] ?? 0)) / 2, 5);
        expect(at(study.low.data, 0, a, b)).toBeCloseTo(Math.min(...both), 5);
        expect(at(study.high.data, 0, a, b)).toBeCloseTo(Math.max(...both), 5);
      }
    }
    // Occlusion: the text, the baseline, and 14 tokens, twice.
    expect(study.costs[0]).toMatchObject({ forward: 2 * 16, backward: 0 });
  }, 60_000);

  it("leaves out texts with too few tokens, and refuses where none is left", async () => {
    const short = { run: { source: "The dog", target: null }, target: { ...target, row: 2 } };
    expect((await studyAgreement(model, { texts: [...texts, short], methods }, UNSTOPPED)).texts).toBe(2);
    await expect(studyAgreement(model, { texts: [short], methods }, UNSTOPPED)).rejects.toThrow(/three tokens/);
  }, 60_000);

  it("tells of a total that holds, and stops when told to", async () => {
    const told: StudyProgress[] = [];
    await studyAgreement(model, request, { onProgress: async (progress) => told.push(progress) > 0 });
    const runs = told.filter(({ done }) => done > 0);
    expect(new Set(runs.map(({ total }) => total)).size).toBe(1);
    expect(runs.at(-1)?.done).toBe(runs.at(-1)?.total);
    const stopped = studyAgreement(model, request, { onProgress: async ({ done }) => done < 40 });
    expect(await stopped.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
  }, 60_000);
});

describe("studyAgreement of an encoder–decoder", () => {
  it("lets the model write the target once, for all methods", async () => {
    const model = await openLocal("translator-en-fr");
    const run = { source: "Translate to French: The brown dog ran.", target: null };
    const target = { kind: "token", row: 1, id: 996, scale: "logit" } as const;
    const methods = [{ method: "occlusion" }, { method: "occlusion", baseline: { kind: "mean" } }] as const;
    const study = await studyAgreement(model, { texts: [{ run, target }], methods }, UNSTOPPED);
    expect(study.mean.data[1]).toBeGreaterThan(0.3);
    expect(study.mean.data[1]).toBeLessThan(1);
  }, 60_000);
});
