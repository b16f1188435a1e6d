import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Shapes } from "../../../../src/engine/autodiff/shapes.ts";
import type { Size } from "../../../../src/engine/autodiff/sizes.ts";
import { promoteBranch } from "../../../../src/engine/onnx/edit/promote.ts";
import { findParts } from "../../../../src/engine/onnx/find/parts.ts";
import { makeValue, type OnnxModel } from "../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../helpers/onnxReplicas.ts";
import { type Feeds, run } from "../../../helpers/onnxRun.ts";

const BUILT_IN = [
  ["decoder-small/onnx/model.onnx", "decoder"],
  ["encoder-minilm/onnx/model.onnx", "encoder"],
  ["translator-en-fr/onnx/encoder_model.onnx", "encoder"],
  ["translator-en-fr/onnx/decoder_model_merged.onnx", "decoder"],
] as const;

/** Every inner tensor of the nodes as an output, so that ONNX Runtime says what shape it has. */
function laidOpen(model: OnnxModel): OnnxModel {
  const known = new Set(model.graph.outputs.map(({ name }) => name));
  const names = model.graph.nodes.flatMap(({ outputs }) => outputs.filter((name) => name !== "" && !known.has(name)));
  const outputs = [...model.graph.outputs, ...names.map((name) => makeValue(name, 0))];
  return { ...model, graph: { ...model.graph, outputs } };
}

/** Sizes by name, as the run shows them: two tensors that call a size alike must have it alike. */
function expectTrue(shapes: Shapes, results: Feeds): number {
  const seen = new Map<Size, number>();
  let checked = 0;
  for (const [name, tensor] of Object.entries(results)) {
    const { shape, wholes } = shapes.of(name);
    if (shape === undefined) continue;
    expect(shape.length, `rank of ${name}`).toBe(tensor.dims.length);
    const content = wholes === undefined ? [] : Array.from(tensor.data as BigInt64Array | Int32Array, Number);
    const pairs = [
      ...shape.map((size, axis) => [size, tensor.dims[axis]]),
      ...(wholes ?? []).map((size, i) => [size, content[i]]),
    ];
    for (const [size, found] of pairs as [Size, number][]) {
      if (!seen.has(size)) seen.set(size, typeof size === "number" ? size : found);
      // The largest whole numbers are no exact fp64.
      if (typeof size === "number" && Math.abs(size) > 2 ** 53) continue;
      expect(found, `${name}: ${size}`).toBe(seen.get(size));
      checked += 1;
    }
  }
  return checked;
}

describe("shapes that are told before a run", () => {
  it.each(REPLICAS)("are those of the run: $name $file", async (replica) => {
    const model = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
    const shapes = new Shapes(model);
    for (const { feeds } of replicaCases(replica)) {
      const results = await run(writeOnnx(laidOpen(model)), feeds, "disabled");
      expect(expectTrue(shapes, results)).toBeGreaterThan(100);
    }
  });

  it.each(BUILT_IN)("are told of all that matters: %s", (file, stack) => {
    const model = promoteBranch(readOnnx(new Uint8Array(readFileSync(`public/models/${file}`))), "else_branch");
    const parts = findParts(model.graph, { stack });
    const shapes = new Shapes(model);
    for (const name of [
      ...parts.hidden,
      ...parts.attentions.flatMap(({ scores, probabilities, mixed }) => [scores, probabilities, mixed]),
    ]) {
      const { shape } = shapes.of(name);
      expect(shape?.length, name).toBeGreaterThan(2);
      expect(
        shape?.filter((size) => String(size).includes("{")),
        name,
      ).toEqual([]);
    }
  });
});
