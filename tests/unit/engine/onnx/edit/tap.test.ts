import { describe, expect, it } from "vitest";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../../helpers/onnxReplicas.ts";
import { numbersIn, run } from "../../../../helpers/onnxRun.ts";

type Replica = (typeof REPLICAS)[number];

function tapped(replica: Replica): Uint8Array {
  const model = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  const parts = findParts(model.graph, { stack: replica.stack });
  return writeOnnx(tap(model, parts, { attention: true, hidden: true, qkv: true }));
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
