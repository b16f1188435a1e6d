import { beforeAll, describe, expect, it } from "vitest";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { floatWeight, halfWeight, TINY, tinyEncoder } from "../../../../helpers/onnxBuild.ts";
import { REPLICAS, replicaBytes, replicaCases, replicaInside } from "../../../../helpers/onnxReplicas.ts";
import { type Feeds, integers, numbersIn, run } from "../../../../helpers/onnxRun.ts";

type Replica = (typeof REPLICAS)[number];

const ALL = { attention: true, hidden: true, qkv: true, scores: true, mixed: true };

function tapped(replica: Replica): Uint8Array {
  const model = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  const parts = findParts(model.graph, { stack: replica.stack });
  return writeOnnx(tap(model, parts, ALL));
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}

describe.each(REPLICAS)("taps of $name, $file", (replica) => {
  const cases = replicaCases(replica);

  it.each([0, 1])("give what PyTorch gives (case %i)", async (index) => {
    const { feeds, expected } = cases[index] ?? { feeds: {}, expected: {} };
    const outputs = await run(tapped(replica), feeds);
    expect(Object.keys(expected).length).toBeGreaterThan(replica.layers * 2);
    for (const [name, tensor] of Object.entries(expected)) {
      expect(outputs[name]?.dims, name).toEqual(tensor.dims);
      expect(largestDifference(numbersIn(outputs[name]), numbersIn(tensor)), name).toBeLessThan(1e-4);
    }
  });
});

/** Softmax of each row of `[…, K]`. */
function softmaxRows(scores: Float32Array, keys: number): Float32Array {
  const weights = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += keys) {
    const row = scores.subarray(start, start + keys);
    const powers = row.map((score) => Math.exp(score - Math.max(...row)));
    const sum = powers.reduce((a, b) => a + b);
    weights.set(
      powers.map((power) => power / sum),
      start,
    );
  }
  return weights;
}

describe.each(REPLICAS)("the inside of $name, $file", (replica) => {
  const inside = replicaInside(replica);
  let outputs: Feeds = {};
  beforeAll(async () => {
    outputs = await run(tapped(replica), replicaCases(replica)[0]?.feeds ?? {});
  });
  const parts = findParts(promoteBranch(readOnnx(replicaBytes(replica)), "else_branch").graph, {
    stack: replica.stack,
  });
  const labels = parts.attentions.map(({ kind, layer }) => `${kind}.${layer}`);

  it("is what PyTorch has: queries and keys before scaling, values, outputs", () => {
    const expected = Object.entries(inside.expected);
    expect(expected.length).toBe(labels.length * 4);
    for (const [name, tensor] of expected) {
      const found = outputs[name];
      expect(found?.dims, name).toEqual(tensor.dims);
      expect(largestDifference(numbersIn(found), numbersIn(tensor)), name).toBeLessThan(1e-4);
    }
  });

  it("has one scale: 1 / √d, and none in T5", () => {
    for (const label of labels) {
      const width = outputs[`q.${label}`]?.dims.at(-1) ?? Number.NaN;
      const scale = numbersIn(outputs[`scale.${label}`]);
      expect(scale.length).toBe(1);
      expect(scale[0], label).toBeCloseTo(replica.name.startsWith("t5") ? 1 : 1 / Math.sqrt(width), 6);
    }
  });

  it("has scores whose softmax is the attention", () => {
    for (const label of labels) {
      const attention = outputs[`attention.${label}`];
      const weights = softmaxRows(numbersIn(outputs[`scores.${label}`]), attention?.dims.at(-1) ?? 1);
      expect(largestDifference(weights, numbersIn(attention)), label).toBeLessThan(1e-5);
    }
  });
});

describe("tap", () => {
  it("gives fp32 from a graph that computes in fp16", async () => {
    const model = tinyEncoder(halfWeight);
    const parts = findParts(model.graph, { stack: "encoder" });
    const bytes = writeOnnx(tap(model, parts, ALL));
    const feeds = { input_ids: integers([0, 1, 2, 3, 4, 0], [2, 3]) };
    const [half, single] = [await run(bytes, feeds), await run(tappedTiny(), feeds)];
    const inner = ["attention", "q", "k", "v", "scale", "scores", "mixed"].map((name) => `${name}.encoder.0`);
    for (const name of [...inner, "hidden.encoder.0", "hidden.encoder.1"]) {
      expect(half[name]?.type).toBe("float32");
      expect(largestDifference(numbersIn(half[name]), numbersIn(single[name])), name).toBeLessThan(5e-3);
    }
  });

  it("gives q and k whose product, through a softmax, is the attention", async () => {
    const outputs = await run(tappedTiny(), { input_ids: integers([3, 1, 4, 2], [1, 4]) });
    const [q, k] = [numbersIn(outputs["q.encoder.0"]), numbersIn(outputs["k.encoder.0"])];
    expect(outputs["k.encoder.0"]?.dims).toEqual([1, 1, 4, TINY.width]);
    const dot = (row: number, column: number): number =>
      Array.from({ length: TINY.width }, (_, d) => (q[row * 4 + d] ?? 0) * (k[column * 4 + d] ?? 0)).reduce(
        (a, b) => a + b,
      );
    const attention = numbersIn(outputs["attention.encoder.0"]);
    for (let row = 0; row < 4; row++) {
      const weights = [0, 1, 2, 3].map((column) => Math.exp(dot(row, column)));
      const sum = weights.reduce((a, b) => a + b);
      for (const [column, weight] of weights.entries())
        expect(attention[row * 4 + column]).toBeCloseTo(weight / sum, 5);
    }
  });

  it("adds only what is wanted, and shares the weights", () => {
    const model = tinyEncoder(floatWeight);
    const parts = findParts(model.graph, { stack: "encoder" });
    const { graph } = tap(model, parts, { hidden: true });
    expect(graph.outputs.map((output) => output.name)).toEqual([
      "last_hidden_state",
      "hidden.encoder.0",
      "hidden.encoder.1",
    ]);
    expect(graph.initializers.get("Wq")).toBe(model.graph.initializers.get("Wq"));
    expect(model.graph.outputs.length).toBe(1);
  });
});

function tappedTiny(): Uint8Array {
  const model = tinyEncoder(floatWeight);
  const parts = findParts(model.graph, { stack: "encoder" });
  return writeOnnx(tap(model, parts, ALL));
}
