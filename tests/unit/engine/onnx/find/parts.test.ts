import { describe, expect, it } from "vitest";
import { intAttribute } from "../../../../../src/engine/onnx/attributes.ts";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { findParts, type Parts } from "../../../../../src/engine/onnx/find/parts.ts";
import { ElementType, type Graph, makeNode, makeValue, type Node } from "../../../../../src/engine/onnx/graph.ts";
import { renamed } from "../../../../../src/engine/onnx/names.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { FailureError } from "../../../../../src/lib/failure.ts";
import { floatWeight, halfWeight, tinyEncoder } from "../../../../helpers/onnxBuild.ts";
import { REPLICAS, type ReplicaFile, replicaBytes } from "../../../../helpers/onnxReplicas.ts";

const T5 = { name: "t5-tied", file: "decoder_model_merged.onnx" };

function graphOfReplica(replica: ReplicaFile): Graph {
  return promoteBranch(readOnnx(replicaBytes(replica)), "else_branch").graph;
}

/** The graph with some nodes changed. */
function changed(graph: Graph, change: (node: Node) => Node): Graph {
  return { ...graph, nodes: graph.nodes.map(change) };
}

/** The graph with another operator where the softmax of an attention was. */
function withoutSoftmax(graph: Graph, probabilities: string | undefined): Graph {
  return changed(graph, (node) =>
    node.outputs[0] === probabilities ? { ...node, op: "Sigmoid", attributes: new Map() } : node,
  );
}

function probabilitiesOf(parts: Parts, kind: string, layer: number): string | undefined {
  return parts.attentions.find((part) => part.kind === kind && part.layer === layer)?.probabilities;
}

/** What `findParts` says of a graph in which it misses something. */
function complaint(graph: Graph, stack: "encoder" | "decoder"): string {
  try {
    findParts(graph, { stack });
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === "graph") return error.message;
    throw error;
  }
  return "";
}

describe.each(REPLICAS)("findParts of $name, $file", (replica) => {
  const { stack, layers } = replica;
  const graph = graphOfReplica(replica);
  const parts = findParts(graph, { stack });

  it("finds each layer's attentions, in order", () => {
    const kinds = replica.file === T5.file ? ["decoder", "cross"] : [stack];
    const expected = Array.from({ length: layers }, (_, layer) => kinds.map((kind) => `${kind}.${layer}`)).flat();
    expect(parts.attentions.map((part) => `${part.kind}.${part.layer}`)).toEqual(expected);
    expect(parts.layers).toBe(layers);
  });

  it("finds a hidden state for the embedding and after each layer, and the lookup", () => {
    expect(new Set(parts.hidden).size).toBe(layers + 1);
    expect(parts.hidden.slice(0, -1)).toEqual(
      parts.attentions.filter((part) => part.kind !== "cross").map((part) => part.entry),
    );
    expect(parts.embedding.ids).toBe("input_ids");
    expect(parts.embedding.nodes.map((node) => node.op)).toEqual(["Gather"]);
    expect(parts.sink).toBe(graph.outputs[0]?.name);
  });

  it("finds the same when all inner names are changed", () => {
    const inner = graph.nodes.flatMap((node) => node.outputs).filter((name) => name !== "" && name !== parts.sink);
    const outer = new Set(graph.outputs.map((output) => output.name));
    const names = new Map(
      [...inner, ...graph.initializers.keys()].filter((name) => !outer.has(name)).map((name, i) => [name, `t${i}`]),
    );
    const anonymous = changed(renamed(graph, names), (node) => ({ ...node, name: "" }));
    const found = findParts(anonymous, { stack });
    const back = (name: string): string => names.get(name) ?? name;
    expect(found.hidden).toEqual(parts.hidden.map(back));
    expect(found.attentions.map((part) => [part.probabilities, part.query, part.key, part.value, part.exit])).toEqual(
      parts.attentions.map((part) => [part.probabilities, part.query, part.key, part.value, part.exit].map(back)),
    );
  });

  it("finds the same when the nodes stand in another order", () => {
    const found = findParts({ ...graph, nodes: [...graph.nodes].reverse() }, { stack });
    expect(found.attentions).toEqual(parts.attentions);
    expect(found.hidden).toEqual(parts.hidden);
  });

  it("names the layer whose softmax is missing", () => {
    for (let layer = 0; layer < layers; layer++) {
      const broken = withoutSoftmax(graph, probabilitiesOf(parts, stack, layer));
      expect(complaint(broken, stack)).toContain(
        `layer ${layer} (counted from 0) of the ${stack} has no self-attention`,
      );
    }
  });
});

describe("findParts", () => {
  const graph = graphOfReplica(T5);
  const parts = findParts(graph, { stack: "decoder" });

  it("finds a stream that begins at the lookup itself", () => {
    expect(findParts(tinyEncoder(floatWeight).graph, { stack: "encoder" })).toMatchObject({
      hidden: ["rows", "last_hidden_state"],
      attentions: [{ query: "q", key: "k", value: "v", entry: "rows", exit: "last_hidden_state" }],
    });
  });

  it("tells the table of tokens from smaller ones, and from those read at other inputs", () => {
    const { graph: tiny } = tinyEncoder(floatWeight);
    const other = (name: string, rows: number) => floatWeight(name, [rows, 4], new Array<number>(rows * 4).fill(1));
    const graph = {
      ...tiny,
      inputs: [makeValue("languages", ElementType.int64, ["batch", "tokens"]), ...tiny.inputs],
      initializers: new Map([...tiny.initializers, ["few", other("few", 2)], ["many", other("many", 9)]]),
      nodes: [
        makeNode("Gather", ["few", "input_ids"], ["bonus"]),
        makeNode("Gather", ["many", "languages"], ["language"]),
        ...tiny.nodes.map((node) => (node.op === "Gather" ? { ...node, outputs: ["looked-up"] } : node)),
        makeNode("Add", ["looked-up", "bonus"], ["partial"]),
        makeNode("Add", ["partial", "language"], ["rows"]),
      ],
    };
    const { embedding } = findParts(graph, { stack: "encoder" });
    expect([embedding.table, embedding.output]).toEqual(["table", "looked-up"]);
  });

  it("goes past the last feed-forward part and the final norm, and stops at a scale before the logits", () => {
    const { graph: tiny } = tinyEncoder(floatWeight);
    const attended = tiny.nodes.map((node) => (node.op === "Add" ? { ...node, outputs: ["attended"] } : node));
    const graph = {
      ...tiny,
      initializers: new Map([
        ...tiny.initializers,
        ["bias", floatWeight("bias", [4], [1, 2, 3, 4])],
        ["scale16", halfWeight("scale16", [], [0.5])],
      ]),
      nodes: [
        ...attended,
        makeNode("Add", ["attended", "bias"], ["normed"]),
        makeNode("MatMul", ["normed", "Wq"], ["fed"]),
        makeNode("Add", ["normed", "fed"], ["block"]),
        makeNode("Mul", ["block", "bias"], ["last"]),
        makeNode("Cast", ["scale16"], ["scale"], { attributes: new Map([intAttribute("to", ElementType.float)]) }),
        makeNode("Mul", ["last", "scale"], ["scaled"]),
        makeNode("MatMul", ["scaled", "Wk"], ["last_hidden_state"]),
      ],
    };
    expect(findParts(graph, { stack: "encoder" }).hidden).toEqual(["rows", "last"]);
  });

  it.each([0, 1, 2])("names the decoder layer whose cross-attention has no softmax (%i)", (layer) => {
    const broken = withoutSoftmax(graph, probabilitiesOf(parts, "cross", layer));
    expect(complaint(broken, "decoder")).toContain(
      `layer ${layer} (counted from 0) of the decoder has no cross-attention`,
    );
  });

  it("names the decoder layer whose cross-attention is not there at all", () => {
    const [self, cross] = parts.attentions.filter((part) => part.layer === 1);
    const broken = changed(graph, (node) =>
      node.outputs[0] === cross?.exit ? makeNode("Identity", [self?.exit ?? ""], node.outputs) : node,
    );
    expect(complaint(broken, "decoder")).toContain("layer 1 (counted from 0) of the decoder has no cross-attention");
  });

  it("says so when there is no lookup, no attention, or only a fused one", () => {
    const lookup = parts.embedding.output;
    const noLookup = changed(graph, (node) => (node.outputs[0] === lookup ? { ...node, op: "Add" } : node));
    expect(complaint(noLookup, "decoder")).toContain("no table of token embeddings");

    const fused = changed(graph, (node) =>
      node.op === "Softmax" ? { ...node, op: "MultiHeadAttention", domain: "com.microsoft" } : node,
    );
    expect(complaint(fused, "decoder")).toContain("fused MultiHeadAttention");

    const { graph: tiny } = tinyEncoder(floatWeight);
    const identity = makeNode("Identity", ["rows"], ["last_hidden_state"]);
    const bare = { ...tiny, nodes: [makeNode("Gather", ["table", "input_ids"], ["rows"]), identity] };
    expect(complaint(bare, "encoder")).toContain("no attention was found in the encoder");
  });

  it("asks for a merged decoder to be promoted", () => {
    expect(complaint(readOnnx(replicaBytes(T5)).graph, "decoder")).not.toBe("");
  });
});
