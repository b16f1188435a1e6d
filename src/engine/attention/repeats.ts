import { seeded } from "../../lib/random.ts";
import type { Model, RunRequest, Token } from "../model.ts";
import { sampleDistinct } from "./sample.ts";
import { unfit } from "./studyTools.ts";

/** Names in brackets, such as `[unused12]` or `<0x0A>`: no piece of any text. */
const BRACKETED = /^(\[\w+\]|<.+>)$/;

/**
 * Sequences of random tokens that come twice: the only way to know a token of the second half is to look where it came before
 * (Olsson et al. 2022). The tokens of a half are all different and ordinary; the model's own special tokens stand around both.
 *
 * @param count of sequences
 * @param length of a half, in tokens
 */
export function repeats(model: Model, count: number, length: number, seed: number): RunRequest[] {
  if (model.info.family === "encoder-decoder") {
    throw unfit("Repeated random tokens need a model with one stack, and this one has two.");
  }
  const { before, after } = frameOf(model.tokenize("a"));
  const tokens = before.length + 2 * length + after.length;
  if (tokens > model.info.limits.source) {
    throw unfit(`The model reads ${model.info.limits.source} tokens at most, and a sequence would have ${tokens}.`);
  }
  const vocabulary = Array.from({ length: model.info.vocabulary }, (_, id) => id);
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    // Few tokens stand for no text, so that twice as many as are wanted are enough.
    const half = ordinary(model, sampleDistinct(vocabulary, 2 * length, random)).slice(0, length);
    if (half.length < length) throw unfit(`The model knows too few different tokens to draw ${length} of them.`);
    return { source: "", target: null, ids: [...before, ...half, ...half, ...after] };
  });
}

/** Ids of the special tokens that a model's format puts before and after a text. */
function frameOf(tokens: readonly Token[]): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const text = tokens.flatMap(({ special }, place) => (special ? [] : [place]));
  const ids = tokens.map(({ id }) => id);
  return { before: ids.slice(0, text[0] ?? 0), after: ids.slice((text.at(-1) ?? ids.length) + 1) };
}

/** Those of the ids that stand for some text. */
function ordinary(model: Model, ids: readonly number[]): number[] {
  const { tokens } = model.decode(ids);
  return tokens.filter(({ text, piece }) => text.trim() !== "" && !BRACKETED.test(piece)).map(({ id }) => id);
}
