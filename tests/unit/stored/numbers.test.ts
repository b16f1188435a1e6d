import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import { studyHeads } from "../../../src/engine/attention/studyHeads.ts";
import type { HeadPairs } from "../../../src/engine/study.ts";
import { decodePairs, encodePairs, type StoredPairs, VERSION } from "../../../src/stored/headPairs.ts";
import { COMPARED, PAIR_TREEBANK } from "../../../src/stored/numbersCorpora.ts";
import { diagonalShare, pairCorpus } from "../../../src/stored/pairs.ts";
import { goldPairs, numbersOfModel } from "../../helpers/headStudies.ts";

/** Half of the last digit that is stored, and what another processor may add. */
const TOLERANCE = 6e-4;

const small: HeadPairs = {
  kind: "decoder",
  distances: { data: Float32Array.of(0, 0.25, 0.5, 0.25, 0, 0.125, 0.5, 0.125, 0), shape: [3, 3] },
  places: { data: Float32Array.of(0.1, -0.2, 0, 0.3, -0.125, 0), shape: [3, 2] },
  kept: 0.75,
  sentences: 2,
};

describe("stored pairs of heads", () => {
  it("come back as they were", () => {
    expect(decodePairs(encodePairs("a", [small]))).toEqual([small]);
  });

  it("are refused in another format", () => {
    const stored: StoredPairs = { ...encodePairs("a", [small]), version: VERSION + 1 };
    expect(() => decodePairs(stored)).toThrow(/npm run store:numbers/);
  });

  it("are there for every model that is compared", () => {
    expect(readdirSync("src/stored/numbers").sort()).toEqual(COMPARED.map((name) => `${name}-pairs.json`).sort());
  });

  it("are what the model gives", async () => {
    const model = await openLocal("decoder-small");
    const treebank = readFileSync(`public/${PAIR_TREEBANK.address}`, "utf8");
    const tools = { treebank, onProgress: async () => true };
    const { pairs = [] } = await studyHeads(model, { corpus: PAIR_TREEBANK, pairs: true }, tools);
    const stored = numbersOfModel("decoder-small").pairs;
    expect(stored.map(({ kind, sentences }) => [kind, sentences])).toEqual([["decoder", 50]]);
    for (const name of ["distances", "places"] as const) {
      for (const [at, value] of pairs[0]?.[name].data.entries() ?? []) {
        expect(Math.abs(value - (stored[0]?.[name].data[at] ?? 0)), `${name} ${at}`).toBeLessThan(TOLERANCE);
      }
    }
  }, 120_000);
});

describe("the pairs with gold alignment", () => {
  let words: (text: string, side: "source" | "target") => number;
  beforeAll(async () => {
    const translator = await openLocal("translator-en-fr");
    words = (text, side) => {
      const tokens = translator.tokenize(text, side).filter(({ word, instruction }) => word >= 0 && !instruction);
      return new Set(tokens.map(({ word }) => word)).size;
    };
  }, 60_000);

  it("count words as the engine does, and name words that are there", () => {
    const corpus = pairCorpus(goldPairs);
    for (const [at, { words: english, gold, french }] of goldPairs.entries()) {
      expect([words(corpus.texts[at]?.source ?? "", "source"), words(french, "target")], french).toEqual([
        english,
        gold.length,
      ]);
      expect(
        gold.flat().every((word) => word >= 0 && word < english),
        french,
      ).toBe(true);
    }
  });

  it("stand beside what the same place would get right", () => {
    const pair = { english: "a b c", french: "x y z", words: 3 };
    expect(diagonalShare([{ ...pair, gold: [[0], [1], [2]] }])).toBe(1);
    expect(
      diagonalShare([
        { ...pair, gold: [[0], [2], [1]] },
        { ...pair, gold: [[], [1], []] },
      ]),
    ).toBeCloseTo((1 / 3 + 1) / 2, 9);
    // Python's round takes a half to the even neighbour: place 0.5 is 0, place 1.5 is 2.
    expect(diagonalShare([{ ...pair, words: 2, gold: [[0], [0], [1]] }])).toBe(1);
    expect(diagonalShare([])).toBe(0);
    // The card has 0.76 on its own 500 pairs, counted word by word.
    const card = JSON.parse(readFileSync("public/models/translator-en-fr/card.json", "utf8"));
    expect(Math.abs(diagonalShare(goldPairs) - card.figures.attention_grammar_diagonal.value)).toBeLessThan(0.03);
  });
});
