/** What a rule sees of the node whose gradient it writes. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { Node } from "../onnx/graph.ts";
import { alike, fitted, whole } from "./fit.ts";
import type { Tape } from "./tape.ts";

/** Writes the gradients of a node's inputs, given those of its outputs. */
export type Rule = (step: Step) => void;

/** The way between a rule and the walk. */
export interface Links {
  /** The cotangent of a tensor, summed over its readers; it may still have to be spread. Undefined where it has none. */
  readonly cotangent: (name: string) => string | undefined;
  /** Whether a tensor's gradient is needed. */
  readonly wanted: (name: string) => boolean;
  /** Adds a part of a tensor's cotangent. */
  readonly give: (name: string, gradient: string) => void;
}

/** One node on the way back. */
export class Step {
  readonly tape: Tape;
  readonly node: Node;
  readonly #links: Links;

  constructor(tape: Tape, node: Node, links: Links) {
    this.tape = tape;
    this.node = node;
    this.#links = links;
  }

  /** An input; `""` where it is left out. */
  x(index = 0): string {
    return this.node.inputs[index] ?? "";
  }

  /** An output. */
  y(index = 0): string {
    return this.node.outputs[index] ?? "";
  }

  /** Whether an input's gradient is needed. */
  wants(index: number): boolean {
    return this.x(index) !== "" && this.#links.wanted(this.x(index));
  }

  /** Whether an output has a cotangent. */
  has(index: number): boolean {
    return this.y(index) !== "" && this.#links.cotangent(this.y(index)) !== undefined;
  }

  /** The cotangent of an output, spread to its shape; zeros where it has none. */
  dy(index = 0): string {
    return whole(this.tape, this.thin(index), this.y(index));
  }

  /** The cotangent of an output, which may still have to be spread over it. */
  thin(index = 0): string {
    return this.#links.cotangent(this.y(index)) ?? this.tape.number(0, this.y(index));
  }

  /** Adds to an input's cotangent something that has its shape or spreads over it. */
  give(index: number, gradient: string): void {
    if (this.wants(index)) this.#links.give(this.x(index), gradient);
  }

  /** Adds to an input's cotangent something shaped like the output, or spread over it, summed where the input was spread. */
  giveFitted(index: number, gradient: string): void {
    if (!this.wants(index)) return;
    const [x, y] = [this.x(index), this.y()];
    this.give(index, alike(this.tape, x, y) ? gradient : fitted(this.tape, whole(this.tape, gradient, y), x));
  }

  /** The number of axes of a tensor; throws where nothing tells it. */
  rank(name: string): number {
    return this.tape.shape(name)?.length ?? this.refuse(`how many axes "${name}" has does not show`);
  }

  /** Ends the transform: the node is one whose gradient is not known. */
  refuse(why: string): never {
    const { op, name } = this.node;
    throw new FailureError(
      failure("graph", `The gradient of ${op} "${name}" is not known: ${why}.`, { action: "none" }),
    );
  }
}

/** What an input gets for the output's cotangent. */
export type Derivative = (step: Step) => string;

/** Rule of an operator that works number by number and spreads its inputs over each other: a derivative for each input. */
export function spread(...derivatives: readonly Derivative[]): Rule {
  return (step) => {
    for (const [index, derivative] of derivatives.entries()) {
      if (step.wants(index)) step.giveFitted(index, derivative(step));
    }
  };
}

/** Rule of an operator of one input: the derivative has that input's shape, or spreads over it. */
export function alone(derivative: Derivative): Rule {
  return (step) => step.give(0, derivative(step));
}
