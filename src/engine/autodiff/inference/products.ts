/** Products and sums along axes. */
import { intOf } from "../../onnx/attributes.ts";
import { ElementType, type Node } from "../../onnx/graph.ts";
import type { Shape } from "../sizes.ts";
import { at, axesOf, axisOf, fact, type Inference, spread } from "./common.ts";

export const matMul: Inference = (node, known) => {
  const [a, b] = [at(node, known, 0), at(node, known, 1)];
  return [fact(node.op === "MatMulInteger" ? ElementType.int32 : a.type, productShape(node, a.shape, b.shape))];
};

function productShape(node: Node, a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return undefined;
  const batch = spread(node.outputs[0] ?? "", [a.slice(0, -2), b.slice(0, -2)]) ?? [];
  const rows = a.length > 1 ? a.slice(-2, -1) : [];
  const columns = b.length > 1 ? b.slice(-1) : [];
  return [...batch, ...rows, ...columns];
}

export const fusedMatMul: Inference = (node, known) => {
  const turned = (index: number, flag: string): Shape | undefined => {
    const shape = at(node, known, index).shape;
    if (shape === undefined || intOf(node, flag, 0) === 0) return shape;
    return [...shape.slice(0, -2), ...shape.slice(-1), ...shape.slice(-2, -1)];
  };
  return [fact(at(node, known, 0).type, productShape(node, turned(0, "transA"), turned(1, "transB")))];
};

export const gemm: Inference = (node, known) => {
  const [a, b] = [at(node, known, 0), at(node, known, 1)];
  const rows = a.shape?.[intOf(node, "transA", 0) === 0 ? 0 : 1];
  const columns = b.shape?.[intOf(node, "transB", 0) === 0 ? 1 : 0];
  return [fact(a.type, rows !== undefined && columns !== undefined ? [rows, columns] : undefined)];
};

export const reduce: Inference = (node, known) => {
  const { type, shape } = at(node, known, 0);
  const axes = axesOf(node, known);
  if (shape === undefined || axes === undefined) return [fact(type, undefined)];
  const none = axes.length === 0;
  if (none && intOf(node, "noop_with_empty_axes", 0) === 1) return [fact(type, shape)];
  const gone = new Set(none ? shape.keys() : axes.map((axis) => axisOf(axis, shape.length)));
  const keeps = intOf(node, "keepdims", 1) === 1;
  return [
    fact(
      type,
      shape.flatMap((size, axis) => (gone.has(axis) ? (keeps ? [1] : []) : [size])),
    ),
  ];
};

export const matMulNBits: Inference = (node, known) => {
  const { type, shape } = at(node, known, 0);
  return [fact(type, shape && [...shape.slice(0, -1), intOf(node, "N", 0)])];
};

export const dynamicQuantize: Inference = (node, known) => [
  fact(ElementType.uint8, at(node, known, 0).shape),
  fact(ElementType.float, []),
  fact(ElementType.uint8, []),
];
