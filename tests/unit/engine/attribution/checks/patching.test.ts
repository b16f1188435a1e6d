import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import { studyPatching } from "../../../../../src/engine/attribution/checks/patching.ts";
import type { TokenTarget } from "../../../../../src/engine/gradient.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../../src/engine/study.ts";
import { toFailure } from "../../../../../src/lib/failure.ts";
import { type ChecksReference, checksReference, furthest } from "../../../../helpers/checks.ts";

const UNSTOPPED = { onProgress: async () => true };
/** Between the engine in 32 bits and PyTorch in 32 bits, as a share of the difference between both runs. */
const TOLERANCE = 1e-4;

function targetOf({ row, id, against }: ChecksReference): TokenTarget {
  return { kind: "token", row, id, against, scale: "logit" };
}

describe("studyPatching of a decoder", () => {
  const reference = checksReference("decoder");
  const clean = { source: reference.clean, target: null };
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  it.each(reference.corrupted.map((source, at) => [source, reference.patching[at]] as const))(
    "agrees with hooks in PyTorch: %s",
    async (source, expected) => {
      const request = { clean, corrupted: { source, target: null }, target: targetOf(reference) };
      const study = await studyPatching(model, request, UNSTOPPED);
      expect(study.values.clean).toBeCloseTo(expected?.values.clean ?? Number.NaN, 3);
      expect(study.values.corrupted).toBeCloseTo(expected?.values.corrupted ?? Number.NaN, 3);
      expect(study.recovered.source.shape).toEqual(expected?.recovered.decoder?.shape);
      expect(furthest(study.recovered.source.data, expected?.recovered.decoder?.data)).toBeLessThan(TOLERANCE);
      expect(study.recovered.target).toBeNull();
      expect(study.corrupted.source.map(({ id }) => id)).toEqual(model.tokenize(source).map(({ id }) => id));
    },
  );

  it("leaves out tokens that cannot matter, tells of every run and stops when told to", async () => {
    const [source = ""] = reference.corrupted;
    const request = { clean, corrupted: { source, target: null }, target: { ...targetOf(reference), row: 11 } };
    const told: StudyProgress[] = [];
    const onProgress = async (progress: StudyProgress) => told.push(progress) > 0;
    const study = await studyPatching(model, request, { onProgress });
    expect(study.recovered.source.shape).toEqual([5, 15]);
    expect(study.recovered.source.data.subarray(12, 15)).toEqual(new Float32Array(3));
    expect(study.recovered.source.data.subarray(0, 10)).toEqual(new Float32Array(10));
    expect(study.recovered.source.data[10]).toBeCloseTo(1, 4);
    // The tenth word is the first that differs; the one after it is the last that the row sees.
    expect(told.at(-1)).toEqual({ done: 2 + 5 * 2, total: 2 + 5 * 2 });
    expect(study.cost).toMatchObject({ forward: 2 + 5 * 2, backward: 0 });

    const stopped = studyPatching(model, request, { onProgress: async ({ done }) => done < 5 });
    expect(await stopped.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
  });

  it("says how many tokens each side has where they differ", async () => {
    const corrupted = { source: "When Mary and John went to the store, John gave it to", target: null };
    const request = { clean, corrupted, target: targetOf(reference) };
    await expect(studyPatching(model, request, UNSTOPPED)).rejects.toThrow(/clean one has 15, the corrupted one 14/);
  });

  it("refuses two runs that give the same number", async () => {
    const request = { clean, corrupted: clean, target: targetOf(reference) };
    await expect(studyPatching(model, request, UNSTOPPED)).rejects.toThrow(/same number/);
  });
});

describe("studyPatching of an encoder–decoder", () => {
  const reference = checksReference("translator");
  const { clean, corrupted, target = "", patching } = reference;
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("translator-en-fr");
  }, 120_000);

  it("agrees with hooks in PyTorch in both stacks", async () => {
    const request = {
      clean: { source: clean, target },
      corrupted: { source: corrupted[0] ?? "", target },
      target: targetOf(reference),
    };
    const study = await studyPatching(model, request, UNSTOPPED);
    const expected = patching[0]?.recovered;
    expect(study.recovered.source.shape).toEqual(expected?.encoder?.shape);
    expect(study.recovered.target?.shape).toEqual(expected?.decoder?.shape);
    expect(furthest(study.recovered.source.data, expected?.encoder?.data)).toBeLessThan(TOLERANCE);
    expect(furthest(study.recovered.target?.data, expected?.decoder?.data)).toBeLessThan(TOLERANCE);
  });

  it("reads in both runs what the model writes for the clean source, where the target is open", async () => {
    const request = {
      clean: { source: clean, target: null },
      corrupted: { source: corrupted[0] ?? "", target: null },
      target: targetOf(reference),
    };
    const study = await studyPatching(model, request, UNSTOPPED);
    expect(study.clean.target?.map(({ text }) => text).slice(1)).toEqual(["Le", "chien", "brun", "a", "couru", "."]);
    expect(study.corrupted.target).toEqual(study.clean.target);
    expect(study.values.clean).toBeCloseTo(patching[0]?.values.clean ?? Number.NaN, 3);
  });

  it("says how many tokens the targets have where they differ", async () => {
    const request = {
      clean: { source: clean, target },
      corrupted: { source: corrupted[0] ?? "", target: "Le chat" },
      target: targetOf(reference),
    };
    await expect(studyPatching(model, request, UNSTOPPED)).rejects.toThrow(/targets.*has 7, the corrupted one 3/);
  });
});
