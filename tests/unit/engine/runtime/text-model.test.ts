import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import type { AnyTrace, Model } from "../../../../src/engine/model.ts";
import { textFixtures } from "../../../helpers/fixtures.ts";

const TOLERANCE = 1e-4;

for (const name of ["decoder-small", "encoder-minilm"]) {
  const { sentences, difference } = textFixtures(name);
  let model: Model;

  describe(`a run of ${name}`, () => {
    beforeAll(async () => {
      model = await openLocal(name);
    }, 120_000);

    it.each(sentences.map((sentence) => [sentence.name, sentence] as const))(
      "agrees with PyTorch on %s",
      async (_, { text, tokens, tensors, loss, generatedIds }) => {
        const write = generatedIds === undefined ? 0 : 12;
        const trace = await model.trace({ source: text, target: null, include: ["hidden", "logits"], write });
        if (trace.target !== null) throw new Error("a model with one stack has no target");

        expect(trace.source.tokens.map(({ id }) => id)).toEqual(tokens.ids);
        const results = {
          attention: trace.attention[trace.kind],
          hidden: trace.hidden?.[trace.kind],
          ...(tensors.logits && { logits: trace.logits }),
        };
        for (const [part, tensor] of Object.entries(results)) {
          const expected = tensors[part];
          if (!expected || !tensor) throw new Error(`no ${part}`);
          expect(tensor.shape, part).toEqual(expected.shape);
          expect(difference(tensor.data, expected), part).toBeLessThan(TOLERANCE);
        }
        if (loss !== null && generatedIds) expect(Math.abs(trace.loss - loss)).toBeLessThan(TOLERANCE);
        if (generatedIds) expect(trace.written?.tokens.map(({ id }) => id)).toEqual(generatedIds);
      },
    );

    it("can be given away with its memory, and run again", async () => {
      const buffersOf = ({ attention, roles, tokenLoss }: AnyTrace) => [
        tokenLoss.buffer,
        ...Object.values(attention).map(({ data }) => data.buffer),
        ...roles.map(({ values }) => values.data.buffer),
      ];
      const first = buffersOf(await model.trace({ source: "The dog ran.", target: null }));
      structuredClone(first, { transfer: first as ArrayBuffer[] });
      const second = buffersOf(await model.trace({ source: "The dog ran.", target: null })) as ArrayBuffer[];
      expect(second.filter(({ detached }) => detached)).toEqual([]);
    });
  });
}

describe("a decoder's run", () => {
  const PROMPT = "When Mary and John went to the store, John gave a drink to";
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  const watched = async (change: object) => {
    const trace = await model.trace({ source: PROMPT, target: null, watch: ["Mary", "John"], ...change });
    if (trace.target !== null) throw new Error("a model with one stack has no target");
    return trace.watched.map(({ logit }) => logit);
  };
  const gap = ([mary = 0, john = 0]: readonly number[]) => mary - john;

  it("watches words as the next token", async () => {
    const trace = await model.trace({ source: PROMPT, target: null, watch: ["Mary", "John"] });
    if (trace.target !== null) throw new Error("a model with one stack has no target");
    const [mary, john] = trace.watched;
    const [best] = trace.predictions.at(-1) ?? [];
    expect(mary?.piece).toBe("▁Mary");
    expect(mary?.id).toBe(best?.id);
    expect(mary?.probability).toBeCloseTo(best?.probability ?? Number.NaN, 6);
    expect(john?.logit).toBeLessThan(mary?.logit ?? Number.NaN);
  });

  it("is the same with no head off, and another with heads off", async () => {
    const whole = await watched({});
    expect(await watched({ off: [] })).toEqual(whole);
    const without = await watched({ off: [{ kind: "decoder", layer: 0, head: 0 }] });
    const meanless = await watched({ off: [{ kind: "decoder", layer: 0, head: 0 }], fill: "mean" });
    expect(gap(without)).not.toBeCloseTo(gap(whole), 2);
    expect(gap(meanless)).not.toBeCloseTo(gap(without), 4);
    expect(await watched({})).toEqual(whole);
  });

  it("loses the answer with all its heads", async () => {
    const off = Array.from({ length: 16 }, (_, i) => ({ kind: "decoder", layer: i >> 2, head: i & 3 }));
    expect(Math.abs(gap(await watched({ off })))).toBeLessThan(2);
  });

  it("reads ids in place of a text", async () => {
    const { source } = await model.trace({ source: PROMPT, target: null });
    const ids = source.tokens.map(({ id }) => id);
    const again = await model.trace({ source: "", target: null, ids });
    const once = await model.trace({ source: PROMPT, target: null });
    expect(again.source.text).toBe(PROMPT);
    expect(again.attention.decoder?.data).toEqual(once.attention.decoder?.data);
  });

  it("attends to no masked token", async () => {
    const trace = await model.trace({ source: PROMPT, target: null, masked: [2] });
    const { data, shape } = trace.attention.decoder ?? { data: new Float32Array(), shape: [0, 0, 0, 0] };
    const [, , queries = 0, keys = 0] = shape;
    // The token itself still sees something: a row cannot be empty.
    const last = Array.from({ length: 16 }, (_, head) => data[(head * queries + queries - 1) * keys + 2]);
    expect(Math.max(...last.map((weight) => weight ?? Number.NaN))).toBeLessThan(1e-6);
  });

  it("cuts what is over its limit and counts it", async () => {
    const { source, cut } = await model.trace({ source: "the dog ".repeat(100), target: null });
    expect(source.tokens).toHaveLength(model.info.limits.source);
    expect(cut.source).toBeGreaterThan(100);
  });
});

describe("a head's inside", () => {
  it.each([
    ["translator-en-fr", "encoder"],
    ["translator-en-fr", "decoder"],
    ["translator-en-fr", "cross"],
    ["decoder-small", "decoder"],
    ["encoder-minilm", "encoder"],
  ] as const)("of %s, %s: q and k give the weights, the weights and v the output", async (name, kind) => {
    if (!existsSync(`public/models/${name}`)) throw new Error(`no ${name}`);
    const model = await openLocal(name);
    const inside = await model.inspect({ source: "The brown dog ran.", target: null }, { kind, layer: 1, head: 2 });
    const { scale, bias, attention, output, value } = inside;
    const [queries = 0, keys = 0] = attention.shape;
    const width = inside.query.shape[1] ?? 0;
    expect(inside.queries).toHaveLength(queries);
    expect(inside.keys).toHaveLength(keys);
    expect(scale).toBeCloseTo(name === "translator-en-fr" ? 1 : 1 / Math.sqrt(width), 6);
    const at = ({ data }: { data: Float32Array }, i: number) => data[i] ?? Number.NaN;
    for (let q = 0; q < queries; q += 1) {
      const scores = Array.from({ length: keys }, (_, k) => {
        let dot = 0;
        for (let d = 0; d < width; d += 1) dot += at(inside.query, q * width + d) * at(inside.key, k * width + d);
        return dot * scale + at(bias, q * keys + k);
      });
      const most = Math.max(...scores);
      const sum = scores.reduce((total, score) => total + Math.exp(score - most), 0);
      for (const [k, score] of scores.entries()) {
        expect(Math.abs(Math.exp(score - most) / sum - at(attention, q * keys + k))).toBeLessThan(TOLERANCE);
      }
      for (let d = 0; d < width; d += 1) {
        let mixed = 0;
        for (let k = 0; k < keys; k += 1) mixed += at(attention, q * keys + k) * at(value, k * width + d);
        expect(Math.abs(mixed - at(output, q * width + d))).toBeLessThan(TOLERANCE);
      }
    }
  });
});
