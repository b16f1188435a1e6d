import { describe, expect, it } from "vitest";
import { intAttribute } from "../../../../../src/engine/onnx/attributes.ts";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { elementTypeOf, rankOf } from "../../../../../src/engine/onnx/find/types.ts";
import { wire } from "../../../../../src/engine/onnx/find/wiring.ts";
import { ElementType, makeNode, makeValue } from "../../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { floatWeight, graphOf, halfWeight, tinyEncoder, weights } from "../../../../helpers/onnxBuild.ts";
import { REPLICAS, replicaBytes } from "../../../../helpers/onnxReplicas.ts";

describe.each(REPLICAS)("types in $name, $file", (replica) => {
  const { graph } = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  const { attentions } = findParts(graph, { stack: replica.stack });
  // Files need not say what their inner tensors are.
  const wiring = wire({ ...graph, values: [] });

  it("are known of the heads' output", () => {
    for (const { mixed } of attentions) {
      expect(rankOf(wiring, mixed)).toBe(4);
      expect(elementTypeOf(wiring, mixed)).toBe(ElementType.float);
    }
  });
});

describe("elementTypeOf", () => {
  it("follows weights, casts and choices", () => {
    const to = { attributes: new Map([intAttribute("to", ElementType.double)]) };
    const graph = graphOf({
      inputs: [makeValue("flag", ElementType.bool, [1])],
      initializers: weights(halfWeight("half", [1], [1])),
      nodes: [
        makeNode("Where", ["flag", "half", "half"], ["chosen"]),
        makeNode("Cast", ["chosen"], ["double"], to),
        makeNode("Relu", ["nowhere"], ["unknown"]),
      ],
    });
    const types = ["chosen", "double", "unknown"].map((name) => elementTypeOf(wire(graph), name));
    expect(types).toEqual([ElementType.float16, ElementType.double, undefined]);
    expect(elementTypeOf(wire(tinyEncoder(halfWeight).graph), "mixed")).toBe(ElementType.float16);
  });
});

describe("rankOf", () => {
  it("counts the axes that a reshape gives, and those that a broadcast leaves", () => {
    const { graph } = tinyEncoder(floatWeight);
    const ranks = ["rows", "q", "mixed", "mixed3", "last_hidden_state"].map((name) => rankOf(wire(graph), name));
    expect(ranks).toEqual([undefined, 4, 4, 3, 3]);
  });

  it("does not guess", () => {
    const graph = graphOf({ nodes: [makeNode("Relu", ["nowhere"], ["unknown"])] });
    expect(rankOf(wire(graph), "unknown")).toBeUndefined();
  });
});
