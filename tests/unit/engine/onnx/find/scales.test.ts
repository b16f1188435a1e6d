import { describe, expect, it } from "vitest";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import type { Scales } from "../../../../../src/engine/onnx/find/scales.ts";
import { type Initializer, makeNode, type Node } from "../../../../../src/engine/onnx/graph.ts";
import { floatWeight, tinyEncoder, wholeWeight } from "../../../../helpers/onnxBuild.ts";

const HALF = floatWeight("half", [], [0.5]);
const NONE = { query: [], key: [], after: [] };

/** `tinyEncoder` in which a tensor is worked on before it is read: `nodes` make `<tensor>/new` of `<tensor>`. */
function withNodes(tensor: string, nodes: readonly Node[], constants: readonly Initializer[] = [HALF]) {
  const { graph, ...rest } = tinyEncoder(floatWeight);
  const readers = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (name === tensor ? `${tensor}/new` : name)),
  }));
  const initializers = new Map([...graph.initializers, ...constants.map((item) => [item.name, item] as const)]);
  return { ...rest, graph: { ...graph, initializers, nodes: [...readers, ...nodes] } };
}

function scalesOf(...given: Parameters<typeof withNodes>): Scales | undefined {
  return findParts(withNodes(...given).graph, { stack: "encoder" }).attentions[0]?.scales;
}

describe("findScales", () => {
  it("finds none where nothing scales", () => {
    expect(findParts(tinyEncoder(floatWeight).graph, { stack: "encoder" }).attentions[0]?.scales).toEqual(NONE);
  });

  it("finds a number that scores are divided by, before bias and mask", () => {
    const mask = floatWeight("mask", [4, 4], new Array<number>(16).fill(0));
    const nodes = [
      makeNode("Div", ["scores", "half"], ["scaled"]),
      makeNode("Add", ["mask", "scaled"], ["scores/new"]),
    ];
    expect(scalesOf("scores", nodes, [HALF, mask])).toEqual({ ...NONE, after: [{ tensor: "half", divides: true }] });
  });

  it("finds one that queries are multiplied by before they are split into heads", () => {
    const expected = { ...NONE, query: [{ tensor: "half", divides: false }] };
    expect(scalesOf("q3", [makeNode("Mul", ["half", "q3"], ["q3/new"])])).toEqual(expected);
  });

  it("finds several, in the order from the product upwards", () => {
    const nodes = [makeNode("Mul", ["k", "half"], ["k/once"]), makeNode("Div", ["k/once", "half"], ["k/new"])];
    const [divided, multiplied] = [
      { tensor: "half", divides: true },
      { tensor: "half", divides: false },
    ];
    expect(scalesOf("k", nodes)).toEqual({ ...NONE, key: [divided, multiplied] });
  });

  it("finds a number that the graph computes from a size", () => {
    const nodes = [
      makeNode("Shape", ["q"], ["sizes"]),
      makeNode("Slice", ["sizes", "last", "end"], ["width"]),
      makeNode("Cast", ["width"], ["d"]),
      makeNode("Sqrt", ["d"], ["root"]),
      makeNode("Div", ["q", "root"], ["q/new"]),
    ];
    const ends = [wholeWeight("last", [-1]), wholeWeight("end", [9])];
    expect(scalesOf("q", nodes, ends)).toEqual({ ...NONE, query: [{ tensor: "root", divides: true }] });
    const first = [wholeWeight("last", [0]), wholeWeight("end", [9])];
    expect(scalesOf("q", nodes, first)).toEqual(NONE);
  });

  it("takes no product with several numbers, nor with activations, for a scale", () => {
    const each = floatWeight("each", [4], [1, 2, 3, 4]);
    expect(scalesOf("q", [makeNode("Mul", ["q", "each"], ["q/new"])], [each])).toEqual(NONE);
    expect(scalesOf("q", [makeNode("Mul", ["q", "q"], ["q/new"])])).toEqual(NONE);
    expect(scalesOf("q", [makeNode("Div", ["half", "q"], ["q/new"])])).toEqual(NONE);
  });

  it("does not guess at a product that may scale by itself, and the taps refuse it", () => {
    const { graph, ...rest } = tinyEncoder(floatWeight);
    const nodes = graph.nodes.map((node) => (node.outputs[0] === "scores" ? { ...node, op: "FusedMatMul" } : node));
    const model = { ...rest, graph: { ...graph, nodes } };
    const parts = findParts(model.graph, { stack: "encoder" });
    expect(parts.attentions[0]?.scales).toBeUndefined();
    expect(() => tap(model, parts, { qkv: true })).toThrow(/layer 0 .* scales its scores/);
    expect(tap(model, parts, { attention: true }).graph.outputs.length).toBe(2);
  });
});
