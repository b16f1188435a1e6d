import { describe, expect, it } from "vitest";
import { makeNode, makeValue } from "../../../../src/engine/onnx/graph.ts";
import { namesRead, renamed } from "../../../../src/engine/onnx/names.ts";
import { floatWeight, graphOf, weights } from "../../../helpers/onnxBuild.ts";

/** A branch that makes an `x` of its own and reads `y` and `w` from outside. */
const BRANCH = graphOf({
  nodes: [makeNode("Neg", ["y"], ["x"]), makeNode("Mul", ["x", "w"], ["z"])],
  outputs: [makeValue("z", 1)],
});
const CHOICE = makeNode("If", ["flag", ""], ["chosen"], { attributes: new Map([["then_branch", { graph: BRANCH }]]) });

describe("namesRead", () => {
  it("holds what the branches read from outside, and no name that is left out", () => {
    expect(namesRead(CHOICE)).toEqual(["flag", "y", "w"]);
  });
});

describe("renamed", () => {
  it("follows a name into branches, but not where the branch makes one like it", () => {
    const graph = graphOf({
      inputs: [makeValue("x", 1), makeValue("flag", 9)],
      initializers: weights(floatWeight("w", [1], [1])),
      nodes: [makeNode("Neg", ["x"], ["y"]), CHOICE],
      outputs: [makeValue("chosen", 1)],
    });
    const names = ["x", "y", "w", "chosen"].map((name): [string, string] => [name, `${name}2`]);
    const after = renamed(graph, new Map(names));
    expect(after.inputs.map((value) => value.name)).toEqual(["x2", "flag"]);
    expect([...after.initializers].map(([key, tensor]) => [key, tensor.name])).toEqual([["w2", "w2"]]);
    expect(after.nodes.map((node) => [node.inputs, node.outputs])).toEqual([
      [["x2"], ["y2"]],
      [["flag", ""], ["chosen2"]],
    ]);
    const branch = after.nodes[1]?.attributes.get("then_branch");
    expect(branch && "graph" in branch ? branch.graph.nodes.map((node) => [node.inputs, node.outputs]) : []).toEqual([
      [["y2"], ["x"]],
      [["x", "w2"], ["z"]],
    ]);
  });
});
