/** The followed number as part of the graph. */
import { intAttribute, intsAttribute } from "../attributes.ts";
import type { Parts } from "../find/parts.ts";
import { elementTypeOf } from "../find/types.ts";
import { type Wiring, wire } from "../find/wiring.ts";
import { ElementType, type Initializer, makeNode, makeValue, type Node, type OnnxModel, type Value } from "../graph.ts";
import { wholeTensor } from "../tensors.ts";
import { tidied } from "./tidy.ts";

/** What is followed: what a decoder says of tokens, or where a sentence's mean state points. */
export type Aim = "token" | "similarity";

/** The scales of a token's number, each with an input of weights. */
export const SCALES = ["logit", "log-probability", "probability"] as const;

/** Nodes to add, and the inputs that they read. */
interface Added {
  readonly inputs: readonly Value[];
  readonly nodes: readonly Node[];
}

const ROW = "objective/row";
const FLAT = "objective/flat";

/**
 * Adds the output `objective` `[B]` and the input `rows` `[B or 1, 1, T]`, weights that sum the last hidden state's tokens up.
 *
 * `token`: the nodes between the last hidden state and the logits are repeated for the sum alone, so that a way back through
 * them costs one row and not T; where they are not row by row, the sum is taken of the logits. What comes out is weighed by
 * three inputs `weigh.<scale>` `[B or 1, V, 1]`, on logits, their log-softmax and their softmax.
 * `similarity`: cosine of the sum with the input `direction` `[B or 1, D, 1]`, which is of length 1.
 */
export function addObjective(model: OnnxModel, parts: Parts, aim: Aim): OnnxModel {
  const { graph } = model;
  const { inputs, nodes } = aim === "token" ? tokenObjective(wire(graph), parts) : similarityObjective(parts);
  const constant: Initializer = wholeTensor(FLAT, [-1]);
  return {
    ...model,
    graph: tidied({
      ...graph,
      inputs: [...graph.inputs, input("rows", "1", "tokens"), ...inputs],
      outputs: [...graph.outputs, makeValue("objective", ElementType.float, ["batch of objective"])],
      initializers: new Map([...graph.initializers, [FLAT, constant]]),
      nodes: [...graph.nodes, ...nodes, makeNode("Reshape", ["objective/number", FLAT], ["objective"])],
    }),
  };
}

function input(name: string, ...sizes: readonly string[]): Value {
  const shape = ["1 or batch", ...sizes.map((size) => (size === "1" ? 1 : size))];
  return makeValue(name, ElementType.float, shape);
}

function tokenObjective(wiring: Wiring, { hidden, sink }: Parts): Added {
  const last = hidden.at(-1) ?? sink;
  const head = rowWiseHead(wiring, last, sink);
  const from = head === undefined ? sink : last;
  const { nodes, output } = head === undefined ? { nodes: [], output: ROW } : repeated(head, last, sink);
  const toFloat = { attributes: new Map([intAttribute("to", ElementType.float)]) };
  const logits = "objective/logit";
  const weighed = SCALES.map((scale) => `objective/${scale}/weighed`);
  const [first = "", second = "", third = ""] = weighed;
  return {
    inputs: SCALES.map((scale) => makeValue(`weigh.${scale}`, ElementType.float, ["1 or batch", "vocabulary", 1])),
    nodes: [
      ...chosenRow(wiring, from),
      ...nodes,
      makeNode("Cast", [output], [logits], toFloat),
      makeNode("LogSoftmax", [logits], ["objective/log-probability"], lastAxis()),
      makeNode("Softmax", [logits], ["objective/probability"], lastAxis()),
      ...SCALES.map((scale, i) => makeNode("MatMul", [`objective/${scale}`, `weigh.${scale}`], [weighed[i] ?? ""])),
      makeNode("Add", [first, second], ["objective/logarithms"]),
      makeNode("Add", ["objective/logarithms", third], ["objective/number"]),
    ],
  };
}

const lastAxis = () => ({ attributes: new Map([intAttribute("axis", -1)]) });

/** rows × states, `[B, 1, D]`, in the element type of the states. */
function chosenRow(wiring: Wiring, states: string): Node[] {
  const elementType = elementTypeOf(wiring, states) ?? ElementType.float;
  const to = { attributes: new Map([intAttribute("to", elementType)]) };
  return [makeNode("Cast", ["rows"], ["rows/typed"], to), makeNode("MatMul", ["rows/typed", states], [ROW])];
}

/** Operators that make a row of one row, whatever rows stand beside it (products with weights, on the last axis). */
const BY_ROW = new Set(["Add", "Cast", "Div", "Identity", "MatMul", "MatMulNBits", "Mul", "Sub", "Tanh"]);

/** The nodes between the last hidden state and the logits; undefined where a row of one may hang on other rows. */
function rowWiseHead(wiring: Wiring, last: string, sink: string): Node[] | undefined {
  const head = new Set<Node>();
  const open = [sink];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = wiring.producers.get(name);
    if (name === last || name === "" || wiring.constants.has(name)) continue;
    if (node === undefined || !BY_ROW.has(node.op)) return undefined;
    head.add(node);
    open.push(...node.inputs);
  }
  return wiring.nodes.filter((node) => head.has(node));
}

function repeated(head: readonly Node[], last: string, sink: string): { readonly nodes: Node[]; output: string } {
  const made = new Set(head.flatMap((node) => node.outputs));
  const again = (name: string): string => (name === last ? ROW : made.has(name) ? `objective/again/${name}` : name);
  const nodes = head.map((node) => ({
    ...node,
    name: `objective/again/${node.name}`,
    inputs: node.inputs.map(again),
    outputs: node.outputs.map(again),
  }));
  return { nodes, output: again(sink) };
}

function similarityObjective({ hidden }: Parts): Added {
  const toFloat = { attributes: new Map([intAttribute("to", ElementType.float)]) };
  const swapped = { attributes: new Map([intsAttribute("perm", [0, 2, 1])]) };
  return {
    inputs: [makeValue("direction", ElementType.float, ["1 or batch", "width", 1])],
    nodes: [
      makeNode("Cast", [hidden.at(-1) ?? ""], ["objective/states"], toFloat),
      makeNode("MatMul", ["rows", "objective/states"], [ROW]),
      makeNode("Transpose", [ROW], ["objective/column"], swapped),
      makeNode("MatMul", [ROW, "objective/column"], ["objective/square"]),
      makeNode("Sqrt", ["objective/square"], ["objective/length"]),
      makeNode("MatMul", [ROW, "direction"], ["objective/along"]),
      makeNode("Div", ["objective/along", "objective/length"], ["objective/number"]),
    ],
  };
}
