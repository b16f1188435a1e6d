import { describe, expect, it } from "vitest";
import { ElementType, makeNode, makeValue } from "../../../../src/engine/onnx/graph.ts";
import { encoded } from "../../../../src/engine/onnx/protobuf.ts";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import { floatWeight, modelOf, weights } from "../../../helpers/onnxBuild.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../helpers/onnxReplicas.ts";
import { floats, numbersIn, run } from "../../../helpers/onnxRun.ts";

describe.each(REPLICAS)("writeOnnx of $name, $file", (replica) => {
  const bytes = replicaBytes(replica);
  const written = writeOnnx(readOnnx(bytes));

  it("gives a file that reads as the same model", () => {
    expect(readOnnx(written)).toEqual(readOnnx(bytes));
  });

  it("gives a file that computes the same, bit by bit", async () => {
    const feeds = replicaCases(replica)[1]?.feeds ?? {};
    const [before, after] = [await run(bytes, feeds), await run(written, feeds)];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [name, tensor] of Object.entries(before)) expect(after[name]?.data, name).toEqual(tensor.data);
  });

  it("fills one buffer of the file's size", () => {
    expect(written.buffer.byteLength).toBe(written.byteLength);
  });
});

describe("writeOnnx", () => {
  it("keeps what no edit looks at: typed lists of numbers, fields of nodes, graphs and models", async () => {
    const field = (number: number, text: string): Uint8Array =>
      encoded((writer) => writer.writeStringField(number, text));
    const table = {
      ...floatWeight("w", [2], []),
      raw: undefined,
      other: [encoded((w) => w.writePackedFloat(4, [3, 4]))],
    };
    const model = {
      ...modelOf({
        inputs: [makeValue("x", ElementType.float, ["n", "", 2])],
        outputs: [makeValue("y", ElementType.float)],
        initializers: weights(table),
        nodes: [makeNode("Add", ["x", "w"], ["y"], { other: [field(8, "")] })],
        other: [field(16, "")],
      }),
      other: [field(2, "maker"), field(3, "1")],
    };
    const read = readOnnx(writeOnnx(model));
    expect(read.graph.nodes).toEqual(model.graph.nodes);
    expect(read.graph.initializers).toEqual(model.graph.initializers);
    expect(read.graph.inputs[0]?.shape).toEqual(["n", "", 2]);
    expect([read.graph.other, read.other]).toEqual([model.graph.other, model.other]);
    expect(numbersIn((await run(writeOnnx(model), { x: floats([1, 2], [1, 1, 2]) })).y)).toEqual(
      Float32Array.from([4, 6]),
    );
  });
});
