import { describe, expect, it } from "vitest";
import { tidied } from "../../../../../src/engine/onnx/edit/tidy.ts";
import { ElementType, makeNode, makeValue } from "../../../../../src/engine/onnx/graph.ts";
import { floatWeight, graphOf, weights } from "../../../../helpers/onnxBuild.ts";

const value = (name: string) => makeValue(name, ElementType.float);

describe("tidied", () => {
  it("drops what no output needs and sorts the rest", () => {
    const inner = graphOf({ nodes: [makeNode("Add", ["a", "w2"], ["inner"])], outputs: [value("inner")] });
    const choice = makeNode("If", ["condition"], ["chosen"], {
      attributes: new Map([["then_branch", { graph: inner }]]),
    });
    const graph = graphOf({
      inputs: [value("x"), value("idle"), value("condition")],
      outputs: [value("chosen")],
      values: [value("a"), value("dead")],
      initializers: weights(...["w1", "w2", "w3"].map((name) => floatWeight(name, [1], [1]))),
      nodes: [choice, makeNode("Add", ["x", "w1"], ["a"]), makeNode("Add", ["idle", "w3"], ["dead"])],
    });
    const { nodes, inputs, initializers, values } = tidied(graph);
    expect(nodes.map((node) => node.outputs[0])).toEqual(["a", "chosen"]);
    expect(inputs.map((input) => input.name)).toEqual(["x", "condition"]);
    expect([...initializers.keys()]).toEqual(["w1", "w2"]);
    expect(values.map((known) => known.name)).toEqual(["a"]);
  });
});
