import { describe, expect, it } from "vitest";
import {
  floatAttribute,
  floatOf,
  intAttribute,
  intOf,
  intsAttribute,
  intsOf,
  stringAttribute,
  stringOf,
  tensorOf,
} from "../../../../src/engine/onnx/attributes.ts";
import { makeNode } from "../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { graphOf } from "../../../helpers/onnxBuild.ts";
import { replicaBytes } from "../../../helpers/onnxReplicas.ts";

describe("attributes", () => {
  it("come back as they were made, negative ones too", () => {
    const node = makeNode("X", [], [], {
      attributes: new Map([
        intAttribute("axis", -1),
        intsAttribute("perm", [0, 3, -2]),
        floatAttribute("alpha", 0.5),
        stringAttribute("mode", "né"),
      ]),
    });
    expect(intOf(node, "axis", 7)).toBe(-1);
    expect(intOf(node, "none", 7)).toBe(7);
    expect(intsOf(node, "perm")).toEqual([0, 3, -2]);
    expect(intsOf(node, "none")).toBeUndefined();
    expect(floatOf(node, "alpha", 7)).toBe(0.5);
    expect(floatOf(node, "none", 7)).toBe(7);
    expect(stringOf(node, "mode", "other")).toBe("né");
    expect(stringOf(node, "none", "other")).toBe("other");
  });

  it("are read from a file", () => {
    const { nodes } = readOnnx(replicaBytes({ name: "bert", file: "model.onnx" })).graph;
    const softmax = nodes.find((node) => node.op === "Softmax") ?? makeNode("", [], []);
    const transpose = nodes.find((node) => node.op === "Transpose") ?? makeNode("", [], []);
    const constant = nodes.find((node) => node.op === "Constant") ?? makeNode("", [], []);
    expect(intOf(softmax, "axis", 7)).toBe(-1);
    expect(intsOf(transpose, "perm")).toEqual([0, 2, 1, 3]);
    expect(floatOf(nodes.find((node) => node.op === "LayerNormalization") ?? softmax, "epsilon", 7)).toBeCloseTo(
      1e-12,
      15,
    );
    expect(tensorOf(constant, "value")?.raw?.length).toBeGreaterThan(0);
  });

  it("that hold a graph are refused where a value is asked for", () => {
    const node = makeNode("If", [], [], { attributes: new Map([["then_branch", { graph: graphOf({}) }]]) });
    expect(() => intOf(node, "then_branch", 0)).toThrow(/damaged/);
  });
});
