/** Where rules write the backward pass: nodes, constants, and what is known of the tensors that they make. */
import { intAttribute, intsAttribute, intsOf } from "../onnx/attributes.ts";
import { type Attribute, ElementType, type Initializer, makeNode, type Node } from "../onnx/graph.ts";
import { producersOf } from "../onnx/order.ts";
import { floatTensor, wholeTensor } from "../onnx/tensors.ts";
import { constantMade, numbersIn } from "./constants.ts";
import type { Fact, Shapes } from "./shapes.ts";
import type { Shape, Size } from "./sizes.ts";

/** What a tape is written for. */
export interface Ground {
  readonly shapes: Shapes;
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  /** Begins the names of all that is made. */
  readonly prefix: string;
  /** A bool tensor that is true whenever the tape runs; what hangs on it cannot be computed when the model is loaded. */
  readonly running: string;
}

type Entry = readonly [string, Attribute];

/** A list of nodes under construction; asking twice for the same node gives the same one. */
export class Tape {
  readonly nodes: Node[] = [];
  readonly constants = new Map<string, Initializer>();
  readonly running: string;
  /** How often a shape could not be proved, and nodes that find it out in the run were written. */
  fallbacks = 0;
  readonly #shapes: Shapes;
  readonly #prefix: string;
  readonly #made = new Map<string, readonly string[]>();
  readonly #sizes = new Map<string, string>();
  readonly #producers: Map<string, Node>;
  readonly #initializers: ReadonlyMap<string, Initializer>;

  constructor({ shapes, nodes, initializers, prefix, running }: Ground) {
    this.#shapes = shapes;
    this.#prefix = prefix;
    this.running = running;
    this.#producers = producersOf(nodes);
    this.#initializers = initializers;
  }

  /** Version of the standard operators. */
  get opset(): number {
    return this.#shapes.opset;
  }

  /** Adds a node of one output and gives the output's name. */
  emit(op: string, inputs: readonly string[], ...attributes: readonly Entry[]): string {
    return this.emitMany(1, { op, inputs, attributes })[0] ?? "";
  }

  /** Adds a node of several outputs; a domain other than the standard operators' has to be one that the model names. */
  emitMany(
    count: number,
    node: {
      readonly op: string;
      readonly inputs: readonly string[];
      readonly attributes?: readonly Entry[];
      readonly domain?: string;
    },
  ): readonly string[] {
    const { op, inputs, attributes = [], domain = "" } = node;
    const key = [domain, op, count, ...inputs, ...attributes.map(([, attribute]) => keyOf(attribute))].join("|");
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const name = `${this.#prefix}${op}.${this.nodes.length}`;
    const outputs = Array.from({ length: count }, (_, index) => (index === 0 ? name : `${name}.${index}`));
    this.#add(makeNode(op, inputs, outputs, { domain, attributes: new Map(attributes) }));
    this.#made.set(key, outputs);
    return outputs;
  }

  #add(node: Node): void {
    this.nodes.push(node);
    for (const output of node.outputs) this.#producers.set(output, node);
    this.#shapes.learn(node);
  }

  /** A constant of whole numbers (int64), `[n]` or a scalar. */
  wholes(values: readonly number[], shape?: readonly number[]): string {
    const name = `${this.#prefix}whole.${values.join("_")}${shape === undefined ? "" : `.${shape.join("x")}`}`;
    if (!this.constants.has(name)) {
      this.constants.set(name, wholeTensor(name, values, shape ? [...shape] : undefined));
      this.#shapes.state(name, { type: ElementType.int64, shape: shape ?? [values.length], wholes: values });
    }
    return name;
  }

  /** A constant of one number, `[]`, of the element type of another tensor. */
  number(value: number, like: string): string {
    return this.cast(this.floats([value], []), this.typeOf(like));
  }

  /** A constant of fp32. */
  floats(values: readonly number[], shape: readonly number[]): string {
    const name = `${this.#prefix}number.${shape.join("x")}.${values.every((v) => v === values[0]) ? values[0] : values.join("_")}`;
    if (!this.constants.has(name)) {
      this.constants.set(name, floatTensor(name, values, [...shape]));
      this.#shapes.state(name, { type: ElementType.float, shape });
    }
    return name;
  }

  /** The tensor in another element type. */
  cast(name: string, type: number): string {
    return this.#shapes.of(name).type === type ? name : this.emit("Cast", [name], intAttribute("to", type));
  }

  /** Element type of a tensor; fp32 where nothing tells it. */
  typeOf(name: string): number {
    return this.#shapes.of(name).type ?? ElementType.float;
  }

  /** The shape as far as it is known; undefined where not even the rank is. */
  shape(name: string): Shape | undefined {
    return this.#shapes.of(name).shape;
  }

  /** Whole numbers of a short tensor, some perhaps only names; undefined where they are not known. */
  content(name: string): readonly Size[] | undefined {
    return this.#shapes.of(name).wholes;
  }

  /** States what the nodes that make a tensor do not tell. */
  stated(name: string, fact: Fact): string {
    this.#shapes.state(name, fact);
    return name;
  }

  /** States that one tensor is shaped like another. */
  shapedLike(name: string, like: string): string {
    const shape = this.shape(like);
    return this.stated(name, { type: this.typeOf(name), ...(shape && { shape }) });
  }

  /** The one number of a constant; undefined for anything else. */
  numberIn(name: string): number | undefined {
    const numbers = this.#constantNumbers(name);
    return numbers?.length === 1 ? numbers[0] : undefined;
  }

  #constantNumbers(name: string): readonly number[] | undefined {
    const producer = this.#producers.get(name);
    if (producer?.op === "Constant") return constantMade(producer).numbers;
    if (producer?.op === "Cast" || producer?.op === "Identity") return this.#constantNumbers(producer.inputs[0] ?? "");
    const tensor = this.#initializers.get(name) ?? this.constants.get(name);
    return tensor?.shape.every((size) => size === 1) ? numbersIn(tensor) : undefined;
  }

  /** The node that makes a tensor. */
  producer(name: string): Node | undefined {
    return this.#producers.get(name);
  }

  /** The shape as a tensor; one for all tensors that surely have the same. */
  shapeOf(name: string): string {
    const shape = this.shape(name);
    if (shape === undefined) return this.emit("Shape", [name]);
    const plain = shape.filter((size) => typeof size === "number");
    if (plain.length === shape.length) return this.wholes(plain);
    const key = shape.join("|");
    const known = this.#sizes.get(key) ?? this.emit("Shape", [name]);
    this.#sizes.set(key, known);
    return known;
  }

  add(a: string, b: string): string {
    return this.emit("Add", [a, b]);
  }

  sub(a: string, b: string): string {
    return this.emit("Sub", [a, b]);
  }

  mul(a: string, b: string): string {
    return this.emit("Mul", [a, b]);
  }

  div(a: string, b: string): string {
    return this.emit("Div", [a, b]);
  }

  neg(a: string): string {
    return this.emit("Neg", [a]);
  }

  /** a × a number. */
  scale(a: string, by: number): string {
    return by === 1 ? a : this.mul(a, this.number(by, a));
  }

  /** Sum along axes. */
  sum(a: string, axes: readonly number[], keepdims: boolean): string {
    return this.#reduced("ReduceSum", 13, a, axes, keepdims);
  }

  /** Mean along axes, which stay as axes of 1. */
  mean(a: string, axes: readonly number[]): string {
    return this.#reduced("ReduceMean", 18, a, axes, true);
  }

  #reduced(op: string, since: number, a: string, axes: readonly number[], keepdims: boolean): string {
    const keep = intAttribute("keepdims", keepdims ? 1 : 0);
    // Axes are an input from a version of the operator on, and an attribute before.
    if (this.opset >= since) return this.emit(op, [a, this.wholes(axes)], keep);
    return this.emit(op, [a], intsAttribute("axes", axes), keep);
  }

  transpose(a: string, perm: readonly number[]): string {
    if (perm.every((axis, index) => axis === index)) return a;
    const producer = this.producer(a);
    const first = producer?.op === "Transpose" ? intsOf(producer, "perm") : undefined;
    // Two in a row are one; back and forth are none.
    if (producer !== undefined && first?.length === perm.length) {
      return this.transpose(
        producer.inputs[0] ?? "",
        perm.map((axis) => first[axis] ?? 0),
      );
    }
    return this.emit("Transpose", [a], intsAttribute("perm", perm));
  }
}

function keyOf(attribute: Attribute): string {
  return "encoded" in attribute ? attribute.encoded.join(",") : "";
}
