/** States that can be moved. */
import { intAttribute } from "../attributes.ts";
import type { Parts } from "../find/parts.ts";
import { elementTypeOf } from "../find/types.ts";
import { wire } from "../find/wiring.ts";
import { ElementType, makeNode, makeValue, type Node, type OnnxModel } from "../graph.ts";
import { tidied } from "./tidy.ts";

/** A tensor with the inputs that are added to it, in turn. */
interface Moved {
  readonly tensor: string;
  readonly inputs: readonly string[];
}

/** Names of a stack's shifts: of the looked-up rows, then of each hidden state. */
export function shiftNames({ stack, hidden }: Pick<Parts, "stack" | "hidden">): string[] {
  return [`shift.${stack}.embeddings`, ...hidden.map((_, index) => `shift.${stack}.${index}`)];
}

/**
 * Gives the looked-up rows and each hidden state an input of fp32 that is added to them, `[B or 1, T or 1, D]`; zeros change
 * no number. A moved tensor keeps its name, so that all who read it, taps and outputs too, read it moved.
 *
 * Where the rows are hidden state 0 themselves, both shifts come in turn: the parts given back name the rows between the two.
 */
export function shiftStates(model: OnnxModel, parts: Parts): { readonly model: OnnxModel; readonly parts: Parts } {
  const { graph } = model;
  const moved = movedBy(parts);
  const names = new Set(moved.map(({ tensor }) => tensor));
  const wiring = wire(graph);
  const sums = moved.flatMap((place) => sumsOf(place, elementTypeOf(wiring, place.tensor) ?? ElementType.float));
  const rows = moved.find(({ tensor }) => tensor === parts.embedding.output);
  const between = rows !== undefined && rows.inputs.length > 1 ? step(rows.tensor, 0) : parts.embedding.output;
  return {
    model: {
      ...model,
      graph: tidied({
        ...graph,
        inputs: [...graph.inputs, ...shiftNames(parts).map(inputOf)],
        nodes: [...graph.nodes.map((node) => stilled(node, names)), ...sums],
      }),
    },
    parts: { ...parts, embedding: { ...parts.embedding, output: between } },
  };
}

function movedBy(parts: Parts): Moved[] {
  const inputs = new Map<string, string[]>();
  const names = shiftNames(parts);
  for (const [index, tensor] of [parts.embedding.output, ...parts.hidden].entries()) {
    inputs.set(tensor, [...(inputs.get(tensor) ?? []), names[index] ?? ""]);
  }
  return Array.from(inputs, ([tensor, list]) => ({ tensor, inputs: list }));
}

function inputOf(name: string) {
  return makeValue(name, ElementType.float, ["1 or batch", "1 or tokens", "1 or width"]);
}

/** The node that makes a moved tensor hands it on under another name. */
function stilled(node: Node, names: ReadonlySet<string>): Node {
  if (!node.outputs.some((name) => names.has(name))) return node;
  return { ...node, outputs: node.outputs.map((name) => (names.has(name) ? `${name}/still` : name)) };
}

function sumsOf({ tensor, inputs }: Moved, elementType: number): Node[] {
  const to = { attributes: new Map([intAttribute("to", elementType)]) };
  return inputs.flatMap((input, index) => {
    const before = index === 0 ? `${tensor}/still` : step(tensor, index - 1);
    const after = index === inputs.length - 1 ? tensor : step(tensor, index);
    if (elementType === ElementType.float) return [makeNode("Add", [before, input], [after])];
    return [makeNode("Cast", [input], [`${input}/typed`], to), makeNode("Add", [before, `${input}/typed`], [after])];
  });
}

function step(tensor: string, index: number): string {
  return `${tensor}/moved.${index}`;
}
