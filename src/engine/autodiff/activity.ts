/** Which tensors a gradient flows through. */
import { dataInputs } from "../onnx/find/wiring.ts";
import { ElementType, type Node } from "../onnx/graph.ts";
import type { Shapes } from "./shapes.ts";

/** Types whose numbers can move a little. */
const MOVABLE: ReadonlySet<number> = new Set([
  ElementType.float,
  ElementType.float16,
  ElementType.bfloat16,
  ElementType.double,
]);

/** Operators whose codes or sums of codes stand for numbers that can. */
const STANDS_FOR_NUMBERS = new Set(["DynamicQuantizeLinear", "MatMulInteger"]);

/** The tensors that depend on one of `wrt` and that `of` depends on, those themselves included; `nodes` in order. */
export function activeTensors(
  nodes: readonly Node[],
  shapes: Shapes,
  { of, wrt }: { readonly of: string; readonly wrt: readonly string[] },
): ReadonlySet<string> {
  const reached = new Set(wrt);
  for (const node of nodes) {
    if (!dataInputs(node).some((name) => reached.has(name))) continue;
    for (const [index, name] of node.outputs.entries()) if (moves(node, index, shapes)) reached.add(name);
  }
  const needed = new Set([of]);
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    for (const name of dataInputs(node)) if (reached.has(name)) needed.add(name);
  }
  return reached.has(of) ? needed : new Set();
}

function moves(node: Node, index: number, shapes: Shapes): boolean {
  const name = node.outputs[index] ?? "";
  if (name === "") return false;
  // The scale and the zero point are held still.
  if (STANDS_FOR_NUMBERS.has(node.op)) return index === 0;
  return MOVABLE.has(shapes.of(name).type ?? ElementType.float);
}
