import { describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import { studyGateCheck } from "../../../../../src/engine/attribution/checks/gateCheck.ts";
import type { TokenTarget } from "../../../../../src/engine/gradient.ts";
import type { HeadRef } from "../../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../../src/engine/study.ts";
import { toFailure } from "../../../../../src/lib/failure.ts";
import { checksReference, furthest } from "../../../../helpers/checks.ts";

const UNSTOPPED = { onProgress: async () => true };
/** Between the engine in 32 bits and PyTorch in 32 bits, on logits. */
const TOLERANCE = 1e-3;

describe("studyGateCheck", () => {
  it.each([
    ["decoder", "decoder-small", "without a contrast", 0],
    ["decoder", "decoder-small", "with one", 1],
    ["translator", "translator-en-fr", "without a contrast", 0],
    ["translator", "translator-en-fr", "with one", 1],
  ] as const)(
    "agrees with a switch on every head in PyTorch: %s (%s), %s",
    async (name, id, _, at) => {
      const { clean, target: text = null, row, id: token, against, gates } = checksReference(name);
      const target: TokenTarget = { kind: "token", row, id: token, scale: "logit", ...(at === 1 && { against }) };
      const study = await studyGateCheck(
        await openLocal(id),
        { run: { source: clean, target: text }, target },
        UNSTOPPED,
      );
      const expected = gates[at];
      expect(study.value).toBeCloseTo(expected?.value ?? Number.NaN, 3);
      expect(study.kinds.map(({ kind }) => kind)).toEqual(Object.keys(expected?.true ?? {}));
      for (const { kind, foretold, true: truth } of study.kinds) {
        expect(foretold.shape).toEqual(truth.shape);
        expect(furthest(foretold.data, expected?.foretold[kind])).toBeLessThan(TOLERANCE);
        expect(furthest(truth.data, expected?.true[kind])).toBeLessThan(TOLERANCE);
      }
      expect(study.correlation.pearson).toBeCloseTo(expected?.pearson ?? Number.NaN, 4);
      expect(study.correlation.spearman).toBeCloseTo(expected?.spearman ?? Number.NaN, 4);
    },
    60_000,
  );

  it("follows a similarity of an encoder", async () => {
    const model = await openLocal("encoder-minilm");
    const run = { source: "The brown dog ran.", target: null };
    const target = { kind: "similarity", to: "A dog was running." } as const;
    const { kinds, value, cost } = await studyGateCheck(model, { run, target }, UNSTOPPED);
    const off: HeadRef[] = [{ kind: "encoder", layer: 2, head: 5 }];
    const { values } = await model.evaluate({ run: { ...run, off }, points: 1, targets: [target] });
    expect(kinds[0]?.true.shape).toEqual([6, 12]);
    expect(kinds[0]?.true.data[2 * 12 + 5]).toBeCloseTo((values[0] ?? Number.NaN) - value, 6);
    expect(cost).toMatchObject({ forward: 73, backward: 1 });
  }, 120_000);

  it("keeps heads off that the run switches off: nothing changes with them", async () => {
    const model = await openLocal("decoder-small");
    const { clean, row, id } = checksReference("decoder");
    const off: HeadRef[] = [{ kind: "decoder", layer: 0, head: 2 }];
    const target = { kind: "token", row, id, scale: "logit" } as const;
    const { kinds } = await studyGateCheck(model, { run: { source: clean, target: null, off }, target }, UNSTOPPED);
    expect(kinds[0]?.foretold.data[2]).toBe(0);
    expect(kinds[0]?.true.data[2]).toBeCloseTo(0, 5);
    expect(Math.abs(kinds[0]?.foretold.data[3] ?? 0)).toBeGreaterThan(0);
  });

  it("tells of every run, and stops when told to", async () => {
    const model = await openLocal("decoder-small");
    const { clean, row, id } = checksReference("decoder");
    const request = {
      run: { source: clean, target: null },
      target: { kind: "token", row, id, scale: "logit" },
    } as const;
    const told: StudyProgress[] = [];
    await studyGateCheck(model, request, { onProgress: async (progress) => told.push(progress) > 0 });
    expect(told.at(-1)).toEqual({ done: 17, total: 17 });
    const stopped = studyGateCheck(model, request, { onProgress: async ({ done }) => done < 5 });
    expect(await stopped.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
  });
});
