import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { localFiles, openLocal } from "../../scripts/local-model.ts";
import type { Model, RunRequest, TextTrace } from "../../src/engine/model.ts";
import { findParts } from "../../src/engine/onnx/find/parts.ts";
import { readOnnx } from "../../src/engine/onnx/read.ts";
import { selfTest } from "../../src/engine/runtime/golden.ts";
import { type FixtureTensor, type FixtureText, textFixtures } from "../helpers/fixtures.ts";
import { gradientFixtures } from "../helpers/gradients.ts";

const NAME = "smollm2-135m";
const FOLDER = `public/models/${NAME}`;
const LAYERS = 30;
const HEADS = 9;

/** What this model's fixtures hold besides; see the README beside them. */
interface RealText extends FixtureText {
  readonly next: readonly { readonly id: number; readonly probability: number }[];
  readonly largestHidden: readonly number[];
}

const { revision, sentences, difference } = textFixtures(NAME);
const numbers = new Float32Array(new Uint8Array(readFileSync(`tests/fixtures/${NAME}/tensors.bin`)).buffer);
const texts = (sentences as readonly RealText[]).filter(({ tokens }) => tokens.ids.length > 0);

/** The largest difference between hidden states and the fixtures', in parts of the largest number of each layer. */
function hiddenDifference(
  data: Float32Array,
  { shape, offset, indices = [] }: FixtureTensor,
  largest: readonly number[],
) {
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  const differences = indices.map((index, i) => {
    const truth = numbers[offset + i] ?? Number.NaN;
    return Math.abs((data[index] ?? Number.NaN) - truth) / (largest[Math.floor(index / size)] ?? Number.NaN);
  });
  return Math.max(0, ...differences);
}

describe.skipIf(!existsSync(`${FOLDER}/manifest.json`))("the real decoder", () => {
  let model: Model;
  beforeAll(async () => {
    model = await openLocal(NAME);
  });

  async function run(request: Partial<RunRequest>): Promise<TextTrace> {
    const trace = await model.trace({ source: "", target: null, ...request });
    if (trace.target !== null) throw new Error("a model with one stack has no target");
    return trace;
  }

  it("is the one that the fixtures belong to", () => {
    expect(localFiles(FOLDER).manifest.revision).toBe(revision);
    expect(model.info).toMatchObject({
      family: "decoder",
      architecture: "LlamaForCausalLM",
      layers: { encoder: 0, decoder: LAYERS },
      heads: HEADS,
      width: 576,
      headWidth: 64,
      vocabulary: 49152,
      parameters: 134_515_008,
    });
  });

  it("has an attention in each layer, a hidden state after each, and its token table", () => {
    const graph = readOnnx(new Uint8Array(readFileSync(`${FOLDER}/onnx/model.onnx`))).graph;
    const parts = findParts(graph, { stack: "decoder" });
    expect(parts.attentions.map(({ kind, layer }) => `${kind} ${layer}`)).toEqual(
      Array.from({ length: LAYERS }, (_, layer) => `decoder ${layer}`),
    );
    expect(parts.hidden).toEqual([
      "/model/embed_tokens/rows",
      ...Array.from({ length: LAYERS - 1 }, (_, layer) => `/model/layers.${layer}/mlp/Add`),
      "/model/norm/Mul",
    ]);
    expect(parts.embedding).toMatchObject({
      table: "model.embed_tokens.weight_codes",
      ids: "input_ids",
      output: "/model/embed_tokens/rows",
    });
  });

  it("passes its own test", async () => {
    await selfTest(model, JSON.parse(readFileSync(`${FOLDER}/golden.json`, "utf8")));
  });

  it.each(sentences.map((sentence) => [sentence.name, sentence] as const))("reads %s as Python does", (_, text) => {
    const tokens = model.tokenize(text.text);
    expect(tokens.map(({ id }) => id)).toEqual(text.tokens.ids);
    expect(tokens.map(({ piece }) => piece)).toEqual(text.tokens.pieces);
  });

  it.each(texts.map((text) => [text.name, text] as const))("agrees with PyTorch on %s", async (_, text) => {
    const { attention, hidden, logits } = text.tensors;
    if (!attention || !hidden || !logits) throw new Error("the fixtures lack a tensor");
    const trace = await run({ source: text.text, include: ["hidden", "logits"] });

    expect(trace.attention.decoder?.shape).toEqual(attention.shape);
    expect(trace.hidden?.decoder?.shape).toEqual(hidden.shape);
    expect(difference(trace.attention.decoder?.data ?? new Float32Array(), attention)).toBeLessThan(1e-4);
    expect(difference(trace.logits?.data ?? new Float32Array(), logits)).toBeLessThan(1e-3);
    const states = trace.hidden?.decoder?.data ?? new Float32Array();
    expect(hiddenDifference(states, hidden, text.largestHidden)).toBeLessThan(1e-4);
    if (text.loss !== null) expect(trace.loss).toBeCloseTo(text.loss, 3);
    const best = trace.predictions.at(-1) ?? [];
    expect(best.map(({ id }) => id)).toEqual(text.next.map(({ id }) => id));
    for (const [i, { probability }] of best.entries()) {
      expect(probability).toBeCloseTo(text.next[i]?.probability ?? Number.NaN, 3);
    }
  });

  it("writes on as PyTorch does", async () => {
    const text = texts.find(({ name }) => name === "indirect object");
    const count = text?.generatedIds?.length ?? 0;
    const trace = await run({ source: text?.text ?? "", write: count });
    expect(trace.written?.tokens.map(({ id }) => id)).toEqual(text?.generatedIds);
  });

  it("needs its first layers for the indirect object", async () => {
    const source = "When Mary and John went to the store, John gave a drink to";
    const off = Array.from({ length: HEADS * 2 }, (_, i) => ({
      kind: "decoder" as const,
      layer: Math.floor(i / HEADS),
      head: i % HEADS,
    }));
    const whole = await run({ source, watch: ["Mary"] });
    const without = await run({ source, watch: ["Mary"], off });
    expect(whole.watched[0]?.probability).toBeCloseTo(0.923, 2);
    expect(without.watched[0]?.probability).toBeLessThan(0.1);
  });

  it("gives the inside of a head that multiplies out to its attention", async () => {
    const head = { kind: "decoder" as const, layer: 18, head: 6 };
    const inside = await model.inspect({ source: "apple river stop apple river stop", target: null }, head);
    const { query, key, scale, bias, attention } = inside;
    const [rows = 0, width = 0] = query.shape;
    for (let q = 0; q < rows; q += 1) {
      const scores = Array.from({ length: rows }, (_, k) => {
        const at = (tensor: typeof query, row: number, i: number) => tensor.data[row * width + i] ?? Number.NaN;
        const dot = Array.from({ length: width }, (_, i) => at(query, q, i) * at(key, k, i)).reduce((a, b) => a + b, 0);
        return Math.exp(dot * scale + (bias.data[q * rows + k] ?? Number.NaN));
      });
      const sum = scores.reduce((a, b) => a + b, 0);
      for (const [k, score] of scores.entries()) {
        expect(Math.abs(score / sum - (attention.data[q * rows + k] ?? Number.NaN))).toBeLessThan(1e-4);
      }
    }
  });

  describe("gradients", () => {
    const { run: prompt, cases, differences } = gradientFixtures(NAME);
    it.each(cases.map((entry) => [entry.name, entry] as const))("agree with PyTorch: %s", async (_, entry) => {
      const gradients = ["embeddings", "hidden", "attention", "gates"] as const;
      const found = await model.evaluate({ run: prompt, points: 1, targets: [entry.target], gradients });
      expect(Math.abs((found.values[0] ?? Number.NaN) - entry.value)).toBeLessThan(1e-3);
      // The way back from a softmax adds up numbers that cancel: over 30 layers fp32 leaves up to 3e-4 of it, elsewhere 1e-4.
      const tolerance = entry.target.kind === "token" && entry.target.scale === "logit" ? 1e-4 : 5e-4;
      for (const { name, off } of differences(found.gradients, entry)) expect(off, name).toBeLessThan(tolerance);
    });

    it("are of one model: no second one with random weights beside it", async () => {
      await expect(model.randomised(1, 1)).rejects.toMatchObject({ failure: { code: "bad-input" } });
    });
  });
});
