import fc from "fast-check";
import { PbfWriter } from "pbf";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import { FailureError } from "../../../../src/lib/failure.ts";
import { floatWeight, tinyEncoder } from "../../../helpers/onnxBuild.ts";
import { REPLICAS, replicaBytes } from "../../../helpers/onnxReplicas.ts";
import { integers, numbersIn, run } from "../../../helpers/onnxRun.ts";

const bert = replicaBytes({ name: "bert", file: "model.onnx" });
const merged = replicaBytes({ name: "t5-gated", file: "decoder_model_merged.onnx" });

/** The failure of reading, or undefined where reading went well; any other error fails the test. */
function failureOf(bytes: Uint8Array): { code: string; detail: string } | undefined {
  try {
    readOnnx(bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { code: error.failure.code, detail: error.failure.detail ?? "" };
  }
}

describe("readOnnx", () => {
  it.each(REPLICAS)("keeps the weights of $name, $file as views of the file", (replica) => {
    const bytes = replicaBytes(replica);
    const { graph } = readOnnx(bytes);
    const raw = [...graph.initializers.values()].flatMap((tensor) => tensor.raw ?? []);
    expect(raw.length).toBeGreaterThan(5);
    expect(raw.every((view) => view.buffer === bytes.buffer)).toBe(true);
  });

  it("reads names, types and shapes", () => {
    const { graph, opsets } = readOnnx(bert);
    expect(graph.inputs[0]).toMatchObject({
      name: "input_ids",
      elementType: 7,
      shape: ["batch_size", "sequence_length"],
    });
    expect(graph.outputs[0]).toMatchObject({ name: "last_hidden_state", elementType: 1 });
    expect(opsets.get("")).toBeGreaterThan(10);
  });

  it("reads the branches of an If", () => {
    const branch = readOnnx(merged)
      .graph.nodes.find((node) => node.op === "If")
      ?.attributes.get("else_branch");
    expect(branch && "graph" in branch ? branch.graph.nodes.length : 0).toBeGreaterThan(100);
  });

  it("joins a graph that is given in several parts", async () => {
    const more = new PbfWriter();
    more.writeMessage(
      7,
      (_, graph) => {
        graph.writeMessage(
          1,
          (_, node) => {
            node.writeStringField(1, "last_hidden_state");
            node.writeStringField(2, "copy");
            node.writeStringField(4, "Identity");
          },
          null,
        );
        graph.writeMessage(12, (_, value) => value.writeStringField(1, "copy"), null);
      },
      null,
    );
    const whole = writeOnnx(tinyEncoder(floatWeight));
    const model = readOnnx(new Uint8Array([...whole, ...more.finish()]));
    expect(model.graph.outputs.map((output) => output.name)).toEqual(["last_hidden_state", "copy"]);
    const outputs = await run(writeOnnx(model), { input_ids: integers([1, 2], [1, 2]) });
    expect(numbersIn(outputs.copy)).toEqual(numbersIn(outputs.last_hidden_state));
  });
});

describe("readOnnx refuses", () => {
  it.each([
    ["an empty file", "", "empty"],
    ["a web page", "\n<!doctype html><html><body>404</body></html>", "web page"],
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "Git LFS"],
    ["text", '{"error": "Repository not found"}', "model"],
  ])("%s", (_, text, detail) => {
    expect(failureOf(new TextEncoder().encode(text))).toMatchObject({
      code: "damaged",
      detail: expect.stringContaining(detail),
    });
  });

  it.each([
    ["bert", bert],
    ["a merged decoder", merged],
  ])("%s cut off anywhere", (_, bytes) => {
    for (let place = 0; place < 50; place++) {
      const cut = Math.floor((bytes.length * place) / 50);
      expect(failureOf(bytes.subarray(0, cut)), `cut at ${cut}`).toMatchObject({ code: "damaged" });
    }
    const readable = fc.sample(fc.integer({ min: 0, max: bytes.length - 1 }), { numRuns: 200, seed: 1 });
    for (const cut of readable) {
      if (failureOf(bytes.subarray(0, cut)) !== undefined) continue;
      expect(readOnnx(bytes.subarray(0, cut)).graph, `cut at ${cut}`).toEqual(readOnnx(bytes).graph);
    }
  });

  it.each([1, 7, 100, 5000, 40000])("a file whose last %i bytes are zeros", (zeros) => {
    expect(failureOf(new Uint8Array(bert).fill(0, bert.length - zeros))).toMatchObject({ code: "damaged" });
    expect(failureOf(new Uint8Array([...bert, ...new Uint8Array(zeros)]))).toMatchObject({ code: "damaged" });
  });

  it("noise, by name and in time", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => failureOf(bytes)?.code === "damaged"),
      { numRuns: 500, seed: 2 },
    );
  });

  it("a changed byte by name, or reads it", () => {
    const place = fc.integer({ min: 0, max: bert.length - 1 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = new Uint8Array(bert);
        changed[at] = (bert[at] ?? 0) ^ change;
        const code = failureOf(changed)?.code;
        return code === undefined || code === "damaged";
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it("branches nested without end", () => {
    let graph = new Uint8Array([0x12, 1, 0x61]);
    for (let depth = 0; depth < 40; depth++) graph = nest(graph);
    expect(failureOf(Uint8Array.from([...field(8, new Uint8Array([0x10, 17])), ...field(7, graph)]))).toMatchObject({
      detail: expect.stringContaining("deeper"),
    });
  });

  it("a weight of another size than its shape", () => {
    const model = tinyEncoder(floatWeight);
    const table = { ...floatWeight("table", [5, 4], [1, 2, 3]) };
    const graph = { ...model.graph, initializers: new Map([...model.graph.initializers, ["table", table]]) };
    expect(failureOf(writeOnnx({ ...model, graph }))).toMatchObject({ detail: expect.stringContaining("12 bytes") });
  });

  it("a name that nothing makes, with the node that reads it", () => {
    const model = tinyEncoder(floatWeight);
    const nodes = model.graph.nodes.filter((node) => node.outputs[0] !== "scores");
    expect(failureOf(writeOnnx({ ...model, graph: { ...model.graph, nodes } }))).toMatchObject({
      detail: expect.stringMatching(/Softmax "probabilities".*"scores"/),
    });
  });
});

/** One length-delimited field. */
function field(number: number, payload: Uint8Array): Uint8Array {
  const writer = new PbfWriter();
  writer.writeBytesField(number, payload);
  return Uint8Array.from(writer.finish());
}

/** A graph of one node whose attribute is the given graph. */
function nest(graph: Uint8Array): Uint8Array<ArrayBuffer> {
  const attribute = [...field(1, new Uint8Array([0x61])), ...field(6, graph)];
  const node = [...field(4, new Uint8Array([0x61])), ...field(5, Uint8Array.from(attribute))];
  return Uint8Array.from(field(1, Uint8Array.from(node)));
}
