import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { ordinaryRows } from "../../../../src/engine/attention/blocks.ts";
import { headDistances } from "../../../../src/engine/attention/similarity.ts";
import { studyHeads } from "../../../../src/engine/attention/studyHeads.ts";
import type { StudyTools } from "../../../../src/engine/attention/studyTools.ts";
import type { Model } from "../../../../src/engine/model.ts";
import type { HeadScores, StudyProgress } from "../../../../src/engine/study.ts";
import { toFailure } from "../../../../src/lib/failure.ts";
import { relations, repeated } from "../../../helpers/measures.ts";

/** The weights are the same; the sums differ in their last bits. */
const TOLERANCE = 1e-4;
const TREEBANK = readFileSync("public/data/treebank/dev.conllu", "utf8");
const FIRST_SENTENCES = TREEBANK.split("\n\n").slice(0, relations.sentences).join("\n\n");
const UNSTOPPED: StudyTools = { onProgress: async () => true };

let translator: Model;
let decoder: Model;
beforeAll(async () => {
  translator = await openLocal("translator-en-fr");
  decoder = await openLocal("decoder-small");
}, 120_000);

function found(scores: readonly HeadScores[], measure: string, kind: string): HeadScores {
  const entry = scores.find((each) => each.measure === measure && each.kind === kind);
  if (!entry) throw new Error(`no ${measure} of the ${kind}`);
  return entry;
}

function largest(numbers: ArrayLike<number>): number {
  const list = Array.from(numbers);
  return list.indexOf(Math.max(...list));
}

describe("studyHeads on a treebank", () => {
  it.each([
    ["translator-en-fr", "encoder"],
    ["decoder-small", "decoder"],
  ] as const)(
    "scores relations of %s like other code does",
    async (name, kind) => {
      const model = name === "decoder-small" ? decoder : translator;
      const corpus = { kind: "treebank", address: "", count: relations.sentences } as const;
      const { scores, sentences } = await studyHeads(model, { corpus }, { ...UNSTOPPED, treebank: FIRST_SENTENCES });
      expect(sentences).toBe(relations.sentences);
      const scored = scores.filter(({ measure }) => /^(head|dependant):/.test(measure));
      const expected = relations.scores[name] ?? [];
      expect(scored.map(({ measure }) => measure).sort()).toEqual(expected.map(({ measure }) => measure).sort());
      for (const reference of expected) {
        const entry = found(scored, reference.measure, kind);
        expect([entry.sentences, entry.rows], reference.measure).toEqual([reference.sentences, reference.rows]);
        expect(entry.offset?.score, reference.measure).toBeCloseTo(reference.offset, 5);
        for (const [head, share] of reference.mean.entries()) {
          expect(entry.mean.data[head], `${reference.measure}, head ${head}`).toBeCloseTo(share, 5);
        }
      }
    },
    120_000,
  );

  it("asks for the treebank's file", async () => {
    const corpus = { kind: "treebank", address: "", count: 1 } as const;
    await expect(studyHeads(decoder, { corpus }, UNSTOPPED)).rejects.toThrow(/treebank/);
  });
});

describe("studyHeads on repeated tokens", () => {
  it("agrees with PyTorch on the same sequences", async () => {
    const given: Model = {
      ...standIn(decoder),
      trace: ({ source }) => decoder.trace({ source: "", target: null, ids: repeated.ids[Number(source)] ?? [] }),
    };
    const texts = repeated.ids.map((_, place) => ({ source: String(place), target: null }));
    const { scores } = await studyHeads(given, { corpus: { kind: "texts", texts } }, UNSTOPPED);
    for (const [measure, expected] of Object.entries(repeated.scores)) {
      const { mean } = found(scores, measure, "decoder");
      for (const [head, value] of expected.entries()) {
        expect(Math.abs((mean.data[head] ?? 0) - value), `${measure}, head ${head}`).toBeLessThan(TOLERANCE);
      }
    }
  }, 60_000);

  it("finds the heads that the recipe's own evaluation names", async () => {
    const corpus = { kind: "repeats", count: 12, length: 25, seed: 2 } as const;
    const { scores, sentences } = await studyHeads(decoder, { corpus }, UNSTOPPED);
    expect(sentences).toBe(12);
    // By the evaluation: 0.899 in layer 1, head 1; 0.995 in layer 2, head 1.
    const previous = found(scores, "previous", "decoder");
    expect(largest(previous.mean.data)).toBe(0);
    expect(previous.mean.data[0]).toBeGreaterThan(0.85);
    const induction = found(scores, "induction", "decoder");
    expect(largest(induction.mean.data)).toBe(4);
    expect(induction.mean.data[4]).toBeGreaterThan(0.97);
    expect(induction.rows).toBe(12 * 25);
    // Row t sees t + 1 tokens, one of them the right one; the second half's rows are 26 to 50.
    const chance = Array.from({ length: 25 }, (_, place) => 1 / (27 + place));
    expect(induction.even).toBeCloseTo(chance.reduce((sum, share) => sum + share, 0) / 25, 5);
    for (const { mean, low, high } of scores) {
      for (const [head, value] of mean.data.entries()) {
        expect(low.data[head]).toBeLessThanOrEqual(value);
        expect(high.data[head]).toBeGreaterThanOrEqual(value);
      }
    }
  }, 60_000);

  it("refuses a model with two stacks, and a sequence that is too long", async () => {
    const corpus = { kind: "repeats", count: 1, length: 60, seed: 1 } as const;
    await expect(studyHeads(translator, { corpus }, UNSTOPPED)).rejects.toThrow(/one stack/);
    await expect(studyHeads(decoder, { corpus }, UNSTOPPED)).rejects.toThrow(/96 tokens at most.* 121/);
  });
});

describe("studyHeads", () => {
  const texts = ["The dog ran.", "The cat sat.", "A bird sang."].map((source) => ({ source, target: null }));
  const corpus = { kind: "texts", texts } as const;

  it("compares all heads where that is asked for", async () => {
    expect((await studyHeads(decoder, { corpus }, UNSTOPPED)).pairs).toBeUndefined();
    const { pairs = [] } = await studyHeads(decoder, { corpus, pairs: true }, UNSTOPPED);
    expect(pairs.map(({ kind, sentences }) => [kind, sentences])).toEqual([["decoder", 3]]);
    const [{ distances, places, kept } = { distances: null, places: null, kept: 0 }] = pairs;
    expect([distances?.shape, places?.shape]).toEqual([
      [16, 16],
      [16, 2],
    ]);
    expect(kept).toBeGreaterThan(0.5);
    const single = await Promise.all(
      texts.map(async (text) => {
        const { source, attention } = await decoder.trace(text);
        if (!attention.decoder) throw new Error("a decoder without attention");
        return headDistances(attention.decoder, ordinaryRows({ queries: source.tokens })).data;
      }),
    );
    for (const [pair, distance] of distances?.data.entries() ?? []) {
      const mean = single.reduce((sum, data) => sum + (data[pair] ?? 0), 0) / single.length;
      expect(distance).toBeCloseTo(mean, 5);
    }
  }, 60_000);

  it("tells of every run", async () => {
    const told: StudyProgress[] = [];
    const onProgress = async (progress: StudyProgress) => told.push(progress) > 0;
    await studyHeads(decoder, { corpus }, { onProgress });
    expect(told.slice(0, 3)).toEqual([1, 2, 3].map((done) => ({ done, total: 3 })));
  });

  it("stops when told to, before the next run", async () => {
    let runs = 0;
    const counted: Model = {
      ...standIn(decoder),
      trace: (request) => {
        runs += 1;
        return decoder.trace(request);
      },
    };
    const study = studyHeads(counted, { corpus }, { onProgress: async ({ done }) => done < 2 });
    expect(await study.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
    expect(runs).toBe(2);
  });

  it("scores gold alignment in cross-attention, and distance in self-attention alone", async () => {
    const source = "Translate to French: The red car";
    const gold = { source, target: "La voiture rouge", alignment: [[0], [2], [1]] };
    const { scores } = await studyHeads(translator, { corpus: { kind: "texts", texts: [gold] } }, UNSTOPPED);
    expect(found(scores, "alignment", "cross").rows).toBe(3);
    expect(scores.flatMap(({ measure, kind }) => (measure === "distance" ? [kind] : []))).toEqual([
      "encoder",
      "decoder",
    ]);
  });
});

/** The model's own functions, one by one, so that a test can put another in the place of one. */
function standIn(model: Model): Model {
  return {
    info: model.info,
    trace: (...given) => model.trace(...given),
    inspect: (...given) => model.inspect(...given),
    tokenize: (...given) => model.tokenize(...given),
    decode: (...given) => model.decode(...given),
    inputs: (...given) => model.inputs(...given),
    evaluate: (...given) => model.evaluate(...given),
    randomised: (...given) => model.randomised(...given),
  };
}
