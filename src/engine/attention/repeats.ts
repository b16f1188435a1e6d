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
  const ordinary = ordinaryIds(model);
  if (length > ordinary.length) throw unfit(`The model knows only ${ordinary.length} different tokens.`);
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const half = sampleDistinct(ordinary, length, random);
    return { source: "", target: null, ids: [...before, ...half, ...half, ...after] };
  });
}

/** Ids of the special tokens that a model's format puts before and after a text. */
function frameOf(tokens: readonly Token[]): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const text = tokens.flatMap(({ special }, place) => (special ? [] : [place]));
  const ids = tokens.map(({ id }) => id);
  return { before: ids.slice(0, text[0] ?? 0), after: ids.slice((text.at(-1) ?? ids.length) + 1) };
}

/** Ids of the tokens that stand for some text. */
function ordinaryIds(model: Model): number[] {
  const all = Array.from({ length: model.info.vocabulary }, (_, id) => id);
  return model
    .decode(all)
    .tokens.filter(({ text, piece }) => text.trim() !== "" && !BRACKETED.test(piece))
    .map(({ id }) => id);
}
