import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Ingredients, recomputed, stepsOf } from "../../../../src/engine/attention/steps.ts";
import type { Tensor } from "../../../../src/engine/model.ts";
import { type HeadOfRun, runStack } from "../../../helpers/attentionRuns.ts";
import { integers, numbersIn } from "../../../helpers/onnxRun.ts";

const NEVER = Number.NEGATIVE_INFINITY;

function matrix(rows: readonly (readonly number[])[]): Tensor {
  return { data: Float32Array.from(rows.flat()), shape: [rows.length, rows[0]?.length ?? 0] };
}

/** Two queries, three keys, width 2; the second query may not see the last key. */
const SMALL: Ingredients = {
  query: matrix([
    [1, 2],
    [0, -1],
  ]),
  key: matrix([
    [1, 0],
    [0, 1],
    [1, 1],
  ]),
  value: matrix([
    [1, 10],
    [2, 20],
    [3, 30],
  ]),
  scale: 0.5,
  bias: matrix([
    [0, 0, 0.5],
    [0, 0, NEVER],
  ]),
};

const numbers = (count: number) =>
  fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: count, maxLength: count });

/** A head with one query, at most 6 keys, the first always allowed. */
const heads: fc.Arbitrary<Ingredients> = fc
  .record({ keys: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 5 }) })
  .chain(({ keys, width }) =>
    fc.record({
      query: numbers(width).map((data) => ({ data: Float32Array.from(data), shape: [1, width] })),
      key: numbers(keys * width).map((data) => ({ data: Float32Array.from(data), shape: [keys, width] })),
      value: numbers(keys * width).map((data) => ({ data: Float32Array.from(data), shape: [keys, width] })),
      scale: fc.double({ min: 0.05, max: 1, noNaN: true }),
      bias: fc
        .tuple(
          numbers(1),
          fc.array(fc.oneof(fc.constant(NEVER), fc.double({ min: -8, max: 8, noNaN: true })), {
            minLength: keys - 1,
            maxLength: keys - 1,
          }),
        )
        .map(([first, rest]) => ({ data: Float32Array.from([...first, ...rest]), shape: [1, keys] })),
    }),
  );

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

describe("stepsOf", () => {
  it("goes from the products to the output, each step from the one before", () => {
    const steps = stepsOf(SMALL, 0);
    expect([...steps.products.data]).toEqual([1, 0, 0, 2, 1, 2]);
    expect([...steps.dots]).toEqual([1, 2, 3]);
    expect([...steps.scaled]).toEqual([0.5, 1, 1.5]);
    expect([...steps.scores]).toEqual([0.5, 1, 2]);
    expect(steps.largest).toBe(2);
    const powers = [Math.exp(-1.5), Math.exp(-1), 1];
    for (const [k, power] of powers.entries()) {
      expect(steps.exponentials[k]).toBeCloseTo(power, 6);
      expect(steps.weights[k]).toBeCloseTo(power / sum(powers), 6);
    }
    expect(steps.sum).toBeCloseTo(sum(powers), 6);
    expect(steps.weighted.shape).toEqual([3, 2]);
    const mean = (powers[0] ?? 0) + 2 * (powers[1] ?? 0) + 3 * (powers[2] ?? 0);
    expect(steps.output[0]).toBeCloseTo(mean / sum(powers), 5);
    expect(steps.output[1]).toBeCloseTo((10 * mean) / sum(powers), 4);
  });

  it("gives a forbidden key no weight", () => {
    const steps = stepsOf(SMALL, 1);
    expect(steps.scores[2]).toBe(NEVER);
    expect([steps.exponentials[2], steps.weights[2]]).toEqual([0, 0]);
    expect(sum(steps.weights)).toBeCloseTo(1, 6);
  });

  it("gives zeros where every key is forbidden", () => {
    const bias = matrix([[NEVER, NEVER, NEVER]]);
    const steps = stepsOf({ ...SMALL, bias }, 0);
    expect([...steps.weights, ...steps.output, steps.sum]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("has weights that sum to 1, and an output within the values", () => {
    fc.assert(
      fc.property(heads, (head) => {
        const { weights, output, scores } = stepsOf(head, 0);
        expect(sum(weights)).toBeCloseTo(1, 5);
        for (const [k, score] of scores.entries()) if (score === NEVER) expect(weights[k]).toBe(0);
        const width = head.value.shape[1] ?? 0;
        for (const [column, number] of output.entries()) {
          const values = head.value.data.filter((_, at) => at % width === column);
          expect(number).toBeGreaterThanOrEqual(Math.min(...values) - 1e-4);
          expect(number).toBeLessThanOrEqual(Math.max(...values) + 1e-4);
        }
      }),
      { seed: 1 },
    );
  });

  it("keeps its weights when every score grows by the same amount, however large", () => {
    fc.assert(
      fc.property(heads, fc.integer({ min: -200, max: 200 }), (head, more) => {
        const bias = { ...head.bias, data: head.bias.data.map((number) => number + more) };
        const [before, after] = [stepsOf(head, 0).weights, stepsOf({ ...head, bias }, 0).weights];
        for (const [k, weight] of before.entries()) expect(after[k]).toBeCloseTo(weight, 3);
      }),
      { seed: 2 },
    );
  });

  it("does not care whether the query or the scale is doubled", () => {
    fc.assert(
      fc.property(heads, (head) => {
        const query = { ...head.query, data: head.query.data.map((number) => number * 2) };
        expect(stepsOf({ ...head, query }, 0).scores).toEqual(stepsOf({ ...head, scale: head.scale * 2 }, 0).scores);
      }),
      { seed: 3 },
    );
  });
});

describe("recomputed", () => {
  it("tells the largest difference of weights and of outputs", () => {
    const rows = [0, 1].map((place) => stepsOf(SMALL, place));
    const attention = matrix(rows.map(({ weights }) => [...weights]));
    const output = matrix(rows.map(({ output }) => [...output]));
    expect(recomputed({ ...SMALL, attention, output })).toEqual({ weights: 0, output: 0 });
    attention.data[4] = (attention.data[4] ?? 0) + 0.25;
    output.data[3] = (output.data[3] ?? 0) - 2;
    const off = recomputed({ ...SMALL, attention, output });
    expect(off.weights).toBeCloseTo(0.25, 6);
    expect(off.output).toBeCloseTo(2, 6);
  });
});

describe("the steps of real runs", () => {
  const translator: HeadOfRun[] = [];
  const decoder: HeadOfRun[] = [];
  const encoder: HeadOfRun[] = [];
  const source = [9, 40, 12, 300, 77, 5, 18, 1];

  beforeAll(async () => {
    const feeds = { input_ids: integers(source, [1, source.length]) };
    const encoded = await runStack("translator-en-fr/onnx/encoder_model.onnx", "encoder", feeds);
    const states = encoded.outputs.last_hidden_state;
    if (states === undefined) throw new Error("the encoder gave no states");
    const read = [0, 14, 250, 31, 8, 90];
    const decoded = await runStack("translator-en-fr/onnx/decoder_model_merged.onnx", "decoder", {
      input_ids: integers(read, [1, read.length]),
      encoder_hidden_states: states,
      encoder_attention_mask: integers(new Array<number>(source.length).fill(1), [1, source.length]),
    });
    translator.push(...encoded.heads, ...decoded.heads);
    decoder.push(...(await runStack("decoder-small/onnx/model.onnx", "decoder", feeds)).heads);
    encoder.push(...(await runStack("encoder-minilm/onnx/model.onnx", "encoder", feeds)).heads);
    expect(numbersIn(states).length).toBeGreaterThan(0);
  });

  it("multiply out to the weights and outputs of the model, in every head", () => {
    expect(new Set(translator.map(({ ref }) => ref.kind))).toEqual(new Set(["encoder", "decoder", "cross"]));
    expect([decoder.length, encoder.length]).toEqual([16, 72]);
    for (const { ref, inside } of [...translator, ...decoder, ...encoder]) {
      const { weights, output } = recomputed(inside);
      const where = `${ref.kind} ${ref.layer} ${ref.head}`;
      expect(weights, where).toBeLessThan(1e-4);
      expect(output, where).toBeLessThan(1e-4);
    }
  });

  it("forbid what comes later in a decoder, and nothing else", () => {
    for (const { ref, inside } of [...translator, ...decoder, ...encoder]) {
      const [, keys = 0] = inside.bias.shape;
      for (const [at, bias] of inside.bias.data.entries()) {
        const later = ref.kind === "decoder" && at % keys > Math.floor(at / keys);
        expect(bias === NEVER, `${ref.kind} ${ref.layer} ${ref.head}, cell ${at}`).toBe(later);
      }
    }
  });

  it("have a bias in T5's self-attentions, the same in every layer, and none elsewhere", () => {
    const allowed = (head: HeadOfRun) => [...head.inside.bias.data].filter((bias) => bias !== NEVER);
    for (const head of [...decoder, ...encoder, ...translator.filter(({ ref }) => ref.kind === "cross")]) {
      expect(allowed(head).every((bias) => bias === 0)).toBe(true);
    }
    for (const head of translator.filter(({ ref }) => ref.kind !== "cross")) {
      const { kind } = head.ref;
      const first = translator.find(({ ref }) => ref.kind === kind && ref.layer === 0 && ref.head === head.ref.head);
      const biases = allowed(head);
      expect(Math.max(...biases.map(Math.abs))).toBeGreaterThan(1e-2);
      for (const [at, bias] of (first ? allowed(first) : []).entries()) expect(biases[at]).toBeCloseTo(bias, 4);
    }
  });

  it("scale by 1 / √d in GPT-2 and BERT, by nothing in T5", () => {
    for (const { inside } of [...decoder, ...encoder])
      expect(inside.scale).toBeCloseTo(1 / Math.sqrt(inside.query.shape[1] ?? 0), 6);
    for (const { inside } of translator) expect(inside.scale).toBe(1);
  });
});
