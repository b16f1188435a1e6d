import { describe, expect, it } from "vitest";
import { dataInputs, reachedFrom, wire } from "../../../../../src/engine/onnx/find/wiring.ts";
import { makeNode } from "../../../../../src/engine/onnx/graph.ts";
import { floatWeight, graphOf, weights } from "../../../../helpers/onnxBuild.ts";

describe("dataInputs", () => {
  it.each([
    ["Add", ["a", "b"], ["a", "b"]],
    ["Where", ["condition", "a", "b"], ["a", "b"]],
    ["Gather", ["table", "indices"], ["table"]],
    ["Reshape", ["a", "shape"], ["a"]],
    ["Slice", ["a", "starts", "ends", "axes", "steps"], ["a"]],
    ["Clip", ["a", "", "most"], ["a"]],
    ["Shape", ["a"], []],
    ["IsNaN", ["a"], []],
  ])("of %s", (op, inputs, expected) => {
    expect(dataInputs(makeNode(op, inputs, ["out"]))).toEqual(expected);
  });
});

describe("wire", () => {
  const graph = graphOf({
    initializers: weights(floatWeight("w", [1], [1])),
    nodes: [
      makeNode("Where", ["flag", "x", "constant"], ["chosen"]),
      makeNode("Cast", ["w"], ["cast"]),
      makeNode("Constant", [], ["one"]),
      makeNode("Add", ["cast", "one"], ["constant"]),
      makeNode("Shape", ["chosen"], ["sizes"]),
      makeNode("Reshape", ["constant", "sizes"], ["reshaped"]),
    ],
  });
  const wiring = wire(graph);

  it("counts as constant what is computed from weights alone", () => {
    expect([...wiring.constants].sort()).toEqual(["cast", "constant", "one", "w"]);
  });

  it("knows who makes and who reads each tensor, in an order in which they run", () => {
    expect(wiring.producers.get("chosen")?.op).toBe("Where");
    expect(wiring.readings.get("constant")?.map(({ node, input }) => [node.op, input])).toEqual([
      ["Where", 2],
      ["Reshape", 0],
    ]);
    expect(wiring.nodes.at(0)?.op).toBe("Cast");
  });

  it("follows numbers, not shapes or conditions", () => {
    expect([...reachedFrom(wiring, "x")]).toEqual(["x", "chosen"]);
    expect([...reachedFrom(wiring, "flag")]).toEqual(["flag"]);
  });
});
