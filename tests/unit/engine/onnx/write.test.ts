import { describe, expect, it } from "vitest";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../helpers/onnxReplicas.ts";
import { run } from "../../../helpers/onnxRun.ts";

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
