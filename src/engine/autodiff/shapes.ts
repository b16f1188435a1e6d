/**
 * What is known of tensors before a run: element type, shape and, of short lists of whole numbers, the numbers themselves.
 *
 * Exporters write sizes as small graphs (Shape, Gather, Concat, Reshape), so whole numbers are followed along with the
 * shapes. Sizes that exporters note beside inner tensors are not believed, only types and ranks: some are wrong.
 */
import type { Graph, Node, OnnxModel } from "../onnx/graph.ts";
import { sortedNodes } from "../onnx/order.ts";
import { wholesOf } from "./constants.ts";
import { inferred } from "./inference.ts";
import { type Shape, type Size, sizeNamed } from "./sizes.ts";

/** What is known of one tensor. */
export interface Fact {
  /** A number of `ElementType`; undefined where nothing tells it. */
  readonly type?: number;
  /** Undefined where not even the rank is known. */
  readonly shape?: Shape;
  /** The content, row-major, of a short tensor of whole numbers. */
  readonly wholes?: readonly Size[];
}

/** Longest content that is followed. */
const LONGEST = 64;
const NOTHING: Fact = {};

/** Facts by tensor; grows with the nodes that it learns of. */
export class Shapes {
  readonly opset: number;
  readonly #facts = new Map<string, Fact>();
  readonly #declared: ReadonlyMap<string, Fact>;

  constructor(model: OnnxModel) {
    this.opset = model.opsets.get("") ?? 0;
    this.#declared = declarations(model.graph);
    for (const [name, fact] of given(model.graph)) this.#facts.set(name, fact);
    for (const node of sortedNodes(model.graph.nodes)) this.learn(node);
  }

  of(name: string): Fact {
    return this.#facts.get(name) ?? NOTHING;
  }

  /** States a fact that a node's inputs do not tell. */
  state(name: string, fact: Fact): void {
    this.#facts.set(name, fact);
  }

  /** Infers the facts of a node's outputs from those of its inputs. */
  learn(node: Node): void {
    const facts = inferred(node, { of: (name) => this.of(name), opset: this.opset });
    for (const [index, name] of node.outputs.entries()) {
      if (name !== "") this.#facts.set(name, completed(name, facts[index] ?? NOTHING, this.#declared.get(name)));
    }
  }
}

/** Types and ranks that the file notes fill what could not be inferred; contents that are too long are let go. */
function completed(name: string, fact: Fact, declared: Fact | undefined): Fact {
  const shape = fact.shape ?? declared?.shape?.map((_, axis) => unknownSize(name, axis));
  const type = fact.type ?? declared?.type;
  const wholes = (fact.wholes?.length ?? 0) > LONGEST ? undefined : fact.wholes;
  return { ...(type === undefined ? {} : { type }), ...(shape && { shape }), ...(wholes && { wholes }) };
}

/** A size of which nothing is known but whose it is. */
export function unknownSize(name: string, axis: number): Size {
  return `{size of ${name}:${axis}}`;
}

function declarations(graph: Graph): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const { name, elementType, shape } of [...graph.values, ...graph.outputs]) {
    facts.set(name, { ...(elementType === 0 ? {} : { type: elementType }), ...(shape && { shape }) });
  }
  return facts;
}

/** Facts about inputs and constants. */
function given(graph: Graph): [string, Fact][] {
  const inputs = graph.inputs.map(({ name, elementType, shape }): [string, Fact] => {
    const sizes = shape?.map((size, axis) => (size === "" ? unknownSize(name, axis) : named(size)));
    return [name, { type: elementType, ...(sizes && { shape: sizes }) }];
  });
  const constants = [...graph.initializers.values()].map((tensor): [string, Fact] => {
    const wholes = tensor.shape.reduce((size, length) => size * length, 1) <= LONGEST ? wholesOf(tensor) : undefined;
    return [tensor.name, { type: tensor.elementType, shape: tensor.shape, ...(wholes && { wholes }) }];
  });
  return [...inputs, ...constants];
}

function named(size: number | string): Size {
  return typeof size === "number" ? size : sizeNamed(size);
}
