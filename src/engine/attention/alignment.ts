import type { Alignment, Tensor, Token } from "../model.ts";
import { sizesOf } from "./sizes.ts";
import { mergeWords, type WordGroup } from "./words.ts";

/** How often each head's strongest source word is a right one. */
export interface AlignmentScore {
  /** `[L, H]`, shares between 0 and 1. */
  readonly values: Tensor;
  /** How many target words were judged. */
  readonly words: number;
}

/**
 * Agreement of cross-attention with a gold alignment: the share of target words whose strongest source word is a gold one.
 *
 * Strongest is the argmax of the attention summed over a source word's tokens and averaged over the rows that write the
 * target word; the words of the instruction and `</s>` compete as well, and are never right. Target words without a gold
 * word are not judged. On equal weights the earlier word wins.
 *
 * @param cross `[L, H, Q, K]`; row t writes `written[t]`
 * @param gold for each target word, source words, the instruction not counted
 */
export function alignmentScore(
  cross: Tensor,
  written: readonly Token[],
  source: readonly Token[],
  gold: Alignment,
): AlignmentScore {
  const { attention, queries, keys } = mergeWords(cross, written.map(wordOf), source.map(wordOf));
  const { layers, heads } = sizesOf(attention);
  const sourceWords = sentenceWords(keys, source);
  const judged = sentenceWords(queries, written).flatMap((word, row) => {
    const right = gold[word] ?? [];
    return right.length === 0 ? [] : [{ row, right }];
  });

  const values = new Float32Array(layers * heads);
  for (let head = 0; head < values.length; head++) {
    const isHit = ({ row, right }: { row: number; right: readonly number[] }): boolean => {
      const strongest = argmax(attention.data, (head * queries.length + row) * keys.length, keys.length);
      return right.includes(sourceWords[strongest] ?? -1);
    };
    values[head] = judged.length === 0 ? 0 : judged.filter(isHit).length / judged.length;
  }
  return { values: { data: values, shape: [layers, heads] }, words: judged.length };
}

function wordOf(token: Token): number {
  return token.word;
}

/** For each group its word's number within the sentence, counted from 0 behind the instruction; −1 for all others. */
function sentenceWords(groups: readonly WordGroup[], tokens: readonly Token[]): number[] {
  const isSentence = ({ word, start }: WordGroup): boolean => word >= 0 && tokens[start]?.instruction === false;
  const first = groups.find(isSentence)?.word ?? 0;
  return groups.map((group) => (isSentence(group) ? group.word - first : -1));
}

function argmax(data: Float32Array, start: number, length: number): number {
  let best = 0;
  for (let at = 1; at < length; at++) {
    if ((data[start + at] ?? 0) > (data[start + best] ?? 0)) best = at;
  }
  return best;
}
