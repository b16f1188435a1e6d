/** The ways on which an embedding can be moved. */
import { seeded } from "../../lib/random.ts";
import { unfit } from "../attention/studyTools.ts";
import type { NudgeDirection } from "../attribute.ts";
import type { Inputs } from "../gradient.ts";
import type { Model, RunRequest, Stack, Tensor, Token } from "../model.ts";

/** The tokens that one stack reads, with their embeddings. */
export interface ReadSide {
  readonly name: "source" | "target";
  readonly stack: Stack;
  readonly tokens: readonly Token[];
  /** `[token, width]`. */
  readonly embeddings: Tensor;
}

/** One token of a side. */
export interface Spot {
  readonly model: Model;
  readonly run: RunRequest;
  readonly side: ReadSide;
  readonly place: number;
  /** The gradient there: `[width]`. */
  readonly gradient: Float32Array;
}

/** What is added to an embedding on the whole way. */
export interface Way {
  /** `[width]`. */
  readonly by: Float64Array;
  /** The token that stands there at its end; null where none does. */
  readonly towards: Token | null;
}

/** The sides of a run: the source, and of an encoder–decoder what its decoder reads. */
export function sidesOf({ info }: Model, { source, target, embeddings }: Inputs): readonly ReadSide[] {
  const stack = info.family === "decoder" ? "decoder" : "encoder";
  const first: ReadSide = { name: "source", stack, tokens: source, embeddings: present(embeddings[stack]) };
  if (target === null) return [first];
  return [first, { name: "target", stack: "decoder", tokens: target.read, embeddings: present(embeddings.decoder) }];
}

/** The way of a direction. */
export async function wayOf(direction: NudgeDirection, spot: Spot): Promise<Way> {
  const embedding = rowOf(spot.side.embeddings, spot.place);
  // A row of zeros has no length of its own.
  const length = lengthOf(embedding) || 1;
  if (direction.kind === "word") return towardsWord(direction.word, spot, embedding);
  if (direction.kind === "gradient") return { by: stretched(spot.gradient, length), towards: null };
  return { by: stretched(drawn(direction.seed, embedding.length), length), towards: null };
}

/** To the embedding that stands there when the word takes the token's place in the text. */
async function towardsWord(word: string, { model, run, side, place }: Spot, embedding: Float32Array): Promise<Way> {
  const other = withWord(run, side, place, word.trim());
  const replaced = sidesOf(model, await model.inputs(other)).find(({ name }) => name === side.name);
  const towards = replaced?.tokens[place];
  if (!replaced || !towards || !sameElsewhere(side.tokens, replaced.tokens, place)) {
    throw unfit(`“${word}” is not a single token of this model in this place: take a shorter or more common word.`);
  }
  const end = rowOf(replaced.embeddings, place);
  return { by: Float64Array.from(end, (value, at) => value - (embedding[at] ?? 0)), towards };
}

/** The run with a word in place of one token's characters. */
function withWord(run: RunRequest, { name, tokens }: ReadSide, place: number, word: string): RunRequest {
  const token = tokens[place];
  if (!token || token.special || run.ids) throw unfit("This token stands for no word that another could replace.");
  if (word === "") throw unfit("There is no word to move towards.");
  const text = (name === "source" ? run.source : run.target) ?? "";
  const changed = text.slice(0, token.start) + word + text.slice(token.end);
  return { ...run, [name]: changed };
}

function sameElsewhere(before: readonly Token[], after: readonly Token[], place: number): boolean {
  return before.length === after.length && before.every(({ id }, at) => at === place || id === after[at]?.id);
}

/** Numbers with the same chance for every direction: each drawn from a bell curve (Box and Muller 1958). */
function drawn(seed: number, width: number): Float64Array {
  const random = seeded(seed);
  return Float64Array.from({ length: width }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

/** One row of `[token, width]`. */
export function rowOf({ data, shape }: Tensor, row: number): Float32Array {
  const width = shape.at(-1) ?? 0;
  return data.subarray(row * width, (row + 1) * width);
}

/** Euclidean length. */
export function lengthOf(vector: ArrayLike<number>): number {
  return Math.sqrt(Array.from(vector).reduce((sum, value) => sum + value * value, 0));
}

/** The vector at another length; zeros stay zeros. */
export function stretched(vector: ArrayLike<number>, length: number): Float64Array {
  const own = lengthOf(vector);
  return Float64Array.from(vector, (value) => (own === 0 ? 0 : (value / own) * length));
}

/** A stack's numbers, which its model must have given. */
export function present(tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new RangeError("the model gave no numbers for this stack");
  return tensor;
}
