/** Scores of words, from scores of the pieces that the tokenizer cuts them into. */
import type { Tensor, Token } from "../model.ts";

/** A word's tokens: its first, and the one after its last. A special token stands alone. */
export interface WordSpan {
  readonly start: number;
  readonly end: number;
}

/** The words that tokens make up, in their order. */
export function wordSpans(tokens: readonly Pick<Token, "word">[]): WordSpan[] {
  const spans: { start: number; end: number }[] = [];
  for (const [at, { word }] of tokens.entries()) {
    const last = spans.at(-1);
    if (last && word >= 0 && tokens[at - 1]?.word === word) last.end = at + 1;
    else spans.push({ start: at, end: at + 1 });
  }
  return spans;
}

/**
 * A word's score is the sum of its pieces' scores: signs are kept, so pieces that speak for and against cancel out. For scores that
 * sum to a whole (integrated gradients, Shapley values, rollout) the words' do too. Lengths of gradients are summed as well,
 * which makes words of many pieces look larger.
 *
 * @param scores the last axis is that of the tokens: `[…, token]`
 * @returns `[…, word]`
 * @throws RangeError when there are not as many scores as tokens
 */
export function sumWords({ data, shape }: Tensor, tokens: readonly Pick<Token, "word">[]): Tensor {
  const count = shape.at(-1) ?? 0;
  if (count !== tokens.length) throw new RangeError(`expected scores of ${tokens.length} tokens, found ${count}`);
  const spans = wordSpans(tokens);
  const rows = count === 0 ? 0 : data.length / count;
  const sums = new Float32Array(rows * spans.length);
  for (let row = 0; row < rows; row++) {
    for (const [word, { start, end }] of spans.entries()) {
      const pieces = data.subarray(row * count + start, row * count + end);
      sums[row * spans.length + word] = pieces.reduce((sum, score) => sum + score, 0);
    }
  }
  return { data: sums, shape: [...shape.slice(0, -1), spans.length] };
}
