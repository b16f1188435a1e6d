import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkText } from "../../../scripts/check-texts.ts";
import { openLocal } from "../../../scripts/local-model.ts";
import type { GateCheckStudy } from "../../../src/engine/attribute.ts";
import { studyPatching } from "../../../src/engine/attribution/checks/patching.ts";
import { CHECK_EXAMPLES, COMPARED, CORPUS, ORDERS } from "../../../src/stored/checkExamples.ts";
import { expectSummary } from "../../../src/stored/checkSummary.ts";
import { decodeChecks, encodeChecks, VERSION } from "../../../src/stored/checks.ts";
import { tokensOf } from "../../helpers/traces.ts";

const study: GateCheckStudy = {
  model: "m",
  value: 12.3456789,
  kinds: [
    {
      kind: "cross",
      foretold: { data: Float32Array.of(0.123456789, -1e-7, 3, Number.NaN), shape: [2, 2] },
      true: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
    },
  ],
  correlation: { pearson: -0.1, spearman: 1 },
  cost: { forward: 123_456, backward: 1, milliseconds: 1234.5678 },
};

describe("stored checks", () => {
  const stored = JSON.parse(JSON.stringify(encodeChecks("gate-check", "m", [study])));

  it("come back as they were, to five digits", () => {
    const [back] = decodeChecks("gate-check", stored);
    expect(back?.value).toBe(12.346);
    expect(back?.kinds[0]?.kind).toBe("cross");
    expect(back?.kinds[0]?.foretold.data).toEqual(Float32Array.of(0.12346, -1e-7, 3, Number.NaN));
    expect(back?.kinds[0]?.true).toEqual(study.kinds[0]?.true);
    expect(back?.correlation).toEqual(study.correlation);
    expect(back?.cost).toEqual({ forward: 123_456, backward: 1, milliseconds: 1234.6 });
  });

  it("keep tokens and what is missing", () => {
    const source = tokensOf(["▁a", "</s>"]);
    const scores = { source: { data: Float32Array.of(1, 2), shape: [1, 2] }, target: null };
    const cost = { forward: 1, backward: 1, milliseconds: 1 };
    const attributions = [{ depth: 0, scores, rho: 1 }];
    const random = { model: "m", method: "saliency", attributions, source, target: null, cost } as const;
    const kept = JSON.parse(JSON.stringify(encodeChecks("randomised", "m", [random])));
    expect(decodeChecks("randomised", kept)).toEqual([random]);
  });

  it("of another format or check are refused", () => {
    expect(() => decodeChecks("gate-check", { ...stored, version: VERSION + 1 })).toThrow(/npm run store:checks/);
    expect(() => decodeChecks("gate-check", { ...stored, check: "curves" })).toThrow(/found curves/);
  });
});

describe("what is stored", () => {
  const FOLDER = "src/stored/checks";
  const read = (name: string) => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8"));
  const thorough = CHECK_EXAMPLES.filter(({ slow }) => !slow).map(({ model }) => model);

  it("is small", () => {
    for (const name of readdirSync(FOLDER)) {
      expect(readFileSync(`${FOLDER}/${name}`).byteLength, name).toBeLessThan(40_000);
    }
  });

  it.each(CHECK_EXAMPLES.map(({ model }) => model))("of %s has patching and gates", (model) => {
    const [patching] = decodeChecks("patching", read(`patching-${model}`));
    const [gates] = decodeChecks("gate-check", read(`gate-check-${model}`));
    expect(patching?.model).toBe(model);
    expect(patching?.recovered.source.shape[1]).toBe(patching?.clean.source.length);
    expect(Math.max(...(patching?.recovered.source.data ?? []))).toBeGreaterThan(0.95);
    expect(Math.abs(gates?.correlation.pearson ?? 2)).toBeLessThanOrEqual(1);
  });

  it.each(thorough)("of %s compares the methods", (model) => {
    const [curves] = decodeChecks("curves", read(`curves-${model}`));
    const randomised = decodeChecks("randomised", read(`randomised-${model}`));
    const [agreement] = decodeChecks("agreement", read(`agreement-${model}`));
    const summary = expectSummary(read(`summary-${model}`));
    const methods = COMPARED.map(({ method }) => method);
    expect(curves?.curves.map(({ method }) => method)).toEqual(methods);
    expect(curves?.random.orders).toBe(ORDERS);
    expect(randomised.map(({ method }) => method)).toEqual(methods);
    expect(agreement?.methods).toEqual(methods);
    expect(agreement?.texts).toBe(CORPUS.agreement);
    expect(summary.texts).toBe(CORPUS.summary);
    expect(summary.curves.methods.map(({ method }) => method)).toEqual(methods);
    for (const { deletion } of summary.curves.methods) {
      expect(deletion.low).toBeLessThanOrEqual(deletion.mean);
      expect(deletion.high).toBeGreaterThanOrEqual(deletion.mean);
    }
  });

  it.each(["decoder-small", "translator-en-fr"])(
    "of %s is what patching still finds (else: npm run store:checks)",
    async (name) => {
      const example = CHECK_EXAMPLES.find(({ model }) => model === name);
      if (!example) throw new Error(`nothing is stored of ${name}`);
      const model = await openLocal(name);
      const { run, contrast } = await checkText(model, example.run, example.followed);
      const corrupted = { ...example.corrupted, target: run.target };
      const request = { clean: run, corrupted, target: contrast };
      const live = await studyPatching(model, request, { onProgress: async () => true });
      const [kept] = decodeChecks("patching", read(`patching-${name}`));
      expect(kept?.corrupted).toEqual(live.corrupted);
      for (const [at, share] of live.recovered.source.data.entries()) {
        expect(kept?.recovered.source.data[at]).toBeCloseTo(share, 3);
      }
    },
    60_000,
  );

  it("of another format is refused", () => {
    const stored = read(`summary-${thorough[0]}`);
    expect(() => expectSummary({ ...stored, version: 0 })).toThrow(/npm run store:checks/);
  });
});
