import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import { studyRemoval } from "../../../src/engine/attention/studyRemoval.ts";
import type { RemovalRow } from "../../../src/engine/study.ts";
import decoderSmall from "../../../src/stored/removal/decoder-small.json";
import smollm2 from "../../../src/stored/removal/smollm2-135m.json";
import translator from "../../../src/stored/removal/translator-en-fr.json";
import { decodeRemoval, encodeRows, VERSION } from "../../../src/stored/removal.ts";
import { REMOVED, removalCorpus, SHOWN } from "../../../src/stored/removalExamples.ts";
import { hitsOf, meanLists, topOf, weightsOf } from "../../../src/stored/removalRows.ts";

const UNSTOPPED = { onProgress: async () => true };
const STORED = [translator, decoderSmall, smollm2];

const row: RemovalRow = {
  source: "s",
  output: "o",
  tokens: ["a", "b", "c"],
  effect: [0.12344, 3, -1],
  // Two heads: the first looks at b, the second harder at a.
  weights: { data: Float32Array.from([0.1, 0.5, 0.2, 0.75, 0, 0.25]), shape: [2, 3] },
  correlation: [0.5, -0.5, 0],
};

describe("rows", () => {
  it("give one head’s weights, or the mean of all", () => {
    expect(weightsOf(row, 1)).toEqual([0.75, 0, 0.25]);
    expect(weightsOf(row, null).map((value) => Number(value.toFixed(3)))).toEqual([0.425, 0.25, 0.225]);
  });

  it("hit where the most-attended token is the costliest, head by head and together", () => {
    expect(hitsOf(row)).toEqual([1, 0, 0]);
    expect(topOf([1, 3, 3])).toBe(1);
    expect(topOf([])).toBe(-1);
    expect(
      meanLists([
        [1, 0],
        [0, 0],
      ]),
    ).toEqual([0.5, 0]);
  });

  it("come back from what is stored, to four decimals", () => {
    const stored = { ...translator, shown: encodeRows([row]) };
    const [back] = decodeRemoval(stored).shown;
    expect(back?.effect).toEqual([0.1234, 3, -1]);
    expect(back?.weights.shape).toEqual([2, 3]);
    expect(back && weightsOf(back, 0)[1]).toBeCloseTo(0.5, 4);
  });

  it("of another format are refused", () => {
    expect(() => decodeRemoval({ ...translator, version: VERSION + 1 })).toThrow(/npm run store:removal/);
  });
});

describe("stored studies", () => {
  it("are there for every model, with an interval around each mean", () => {
    expect(STORED.map(({ model }) => model)).toEqual(REMOVED.map(({ model }) => model));
    for (const { rho, hit, shape } of STORED.map(decodeRemoval)) {
      const heads = (shape[0] ?? 0) * (shape[1] ?? 0);
      for (const { mean, low, high } of [rho, hit]) {
        expect([mean.length, low.length, high.length]).toEqual([heads + 1, heads + 1, heads + 1]);
        expect(mean.every((value, at) => (low[at] ?? 2) <= value && value <= (high[at] ?? -2))).toBe(true);
      }
    }
  });

  it.each(["translator-en-fr", "decoder-small"])(
    "show what %s still does (else: npm run store:removal)",
    async (name) => {
      const shown = SHOWN[name];
      const stored = STORED.find(({ model }) => model === name);
      if (!shown || !stored) throw new Error(`nothing is stored of ${name}`);
      const { rows } = await studyRemoval(await openLocal(name), { prompts: [shown] }, UNSTOPPED);
      const kept = decodeRemoval(stored).shown;
      expect(kept.map(({ output, tokens }) => [output, tokens])).toEqual(
        rows.map(({ output, tokens }) => [output, tokens]),
      );
      for (const [at, { effect, weights }] of rows.entries()) {
        for (const [token, fall] of effect.entries()) expect(kept[at]?.effect[token]).toBeCloseTo(fall, 2);
        for (const [place, weight] of weights.data.entries())
          expect(kept[at]?.weights.data[place]).toBeCloseTo(weight, 3);
      }
    },
    60_000,
  );
});

describe("removalCorpus", () => {
  const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  const texts = {
    pairs: Array.from({ length: 200 }, (_, at) => ({ english: `sentence ${at}`, words: at % 10 })),
    samples: json("public/models/translator-en-fr/card.json").samples,
    prompts: json("src/stored/removal/prompts.json"),
  };

  it("takes sentences of some length, and those that people wrote", () => {
    const corpus = removalCorpus("translator-en-fr", texts);
    expect(corpus.length).toBe(100);
    expect(corpus[0]).toEqual({ source: "Translate to French: sentence 6", target: null });
    expect(corpus.every(({ source }) => source.startsWith("Translate to French: "))).toBe(true);
  });

  it("gives a decoder prompts with their answers, of both tasks in turns, none twice", () => {
    const corpus = removalCorpus("smollm2-135m", texts);
    expect(corpus.length).toBe(20);
    expect(corpus.filter(({ source }) => /capital of/.test(source)).length).toBe(10);
    expect(corpus.every(({ answer, other }) => answer && other && answer !== other)).toBe(true);
    expect(new Set(texts.prompts.map(({ source }: { source: string }) => source)).size).toBe(60);
  });
});
