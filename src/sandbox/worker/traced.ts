/** `embedding`, `gradient` and `attribute` as the reader's code sees them. */
import type { ByStack } from "../../engine/gradient.ts";
import type { Tensor } from "../../engine/model.ts";
import { type Asked, type Attributed, type GivenTrace, LIMITS, type Numbers } from "../protocol.ts";
import type { Ask } from "./ask.ts";
import { type Matrix, matrixOf, type Names } from "./lists.ts";
import { cut, wordsOf } from "./show.ts";
import { nameOf } from "./tokens.ts";

/** Rows by token: `source` is all that a model with one stack reads. */
export interface Sides {
  readonly source: Matrix;
  readonly target: Matrix | null;
}

/** `embedding` and `gradient`; null where the page gave none. */
export function sidesOf(trace: GivenTrace, of: "embeddings" | "gradients", names: Names): Sides | null {
  if (!trace.gradients) return null;
  const { encoder, decoder }: ByStack = trace.gradients[of];
  const one = trace.read.length === 0;
  const source = one ? (encoder ?? decoder) : encoder;
  const named = (tensor: Tensor, tokens: GivenTrace["source"]): Matrix =>
    names.name(matrixOf(tensor), tokens.map(nameOf), []);
  return Object.freeze({
    source: source ? named(source, trace.source) : Object.freeze([]),
    target: one || !decoder ? null : named(decoder, trace.read),
  });
}

/**
 * `attribute(method, options)`: the scores come back with the names of their tokens. What cannot be asked is thrown at once,
 * not by way of the promise: a loop that never waits must not go on.
 */
export function attributeOn(
  trace: GivenTrace,
  index: number,
  ask: Ask,
  names: Names,
): (method: unknown, options?: unknown) => Promise<Attributed> {
  const labelled = async (asking: Promise<Attributed>): Promise<Attributed> => {
    const answer = await asking;
    label(answer.source, trace.source.map(nameOf), names);
    label(answer.target, trace.read.map(nameOf), names);
    return answer;
  };
  return (method, options = {}) => labelled(ask(index, { method: methodOf(method), options: optionsOf(options) }));
}

function label(scores: Numbers | null, tokens: readonly string[], names: Names): void {
  if (!Array.isArray(scores)) return;
  if (Array.isArray(scores[0])) names.name(scores as unknown as Matrix, [], tokens);
  else names.row(scores, tokens);
}

function methodOf(method: unknown): string {
  if (typeof method === "string") return cut(method, LIMITS.name);
  throw new TypeError(`attribute takes the name of a method first, such as "saliency"; found ${wordsOf(method, 1)}`);
}

function optionsOf(options: unknown): Asked["options"] {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`attribute takes options as { steps: 32 }; found ${wordsOf(options, 1)}`);
  }
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  if (entries.length > LIMITS.options) throw new TypeError(`attribute takes ${LIMITS.options} options at most`);
  return Object.fromEntries(entries.map(([name, value]) => [cut(name, LIMITS.name), optionOf(name, value)]));
}

function optionOf(name: string, value: unknown): number | string {
  if (typeof value === "number" || typeof value === "string") return value;
  throw new TypeError(`the option ${cut(name, LIMITS.name)} is a number or a text; found ${wordsOf(value, 1)}`);
}
