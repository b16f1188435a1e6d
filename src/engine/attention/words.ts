/** Attention between words, from attention between the pieces that the tokenizer cuts them into. */
import type { Tensor } from "../model.ts";
import { sizesOf } from "./sizes.ts";

/** Tokens that stand next to each other and belong to one word. */
export interface WordGroup {
  /** The word's number, or −1 for a special token, which stays alone. */
  readonly word: number;
  /** Its first token, and the one after its last. */
  readonly start: number;
  readonly end: number;
}

/** Attention between words, with the tokens that each row and column stands for. */
export interface MergedAttention {
  /** `[L, H, query word, key word]`; rows sum to what the token rows summed to. */
  readonly attention: Tensor;
  readonly queries: readonly WordGroup[];
  readonly keys: readonly WordGroup[];
}

/** Groups the tokens of a sequence by word; `words` holds each token's word, or −1. */
export function groupWords(words: readonly number[]): WordGroup[] {
  const groups: WordGroup[] = [];
  for (const [at, word] of words.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && word >= 0 && last.word === word) groups[groups.length - 1] = { ...last, end: at + 1 };
    else groups.push({ word, start: at, end: at + 1 });
  }
  return groups;
}

/**
 * Merges sub-words into words: a word receives the sum of what its pieces receive (keys), and gives the mean of what its
 * pieces give (queries), so that a row still sums to 1.
 *
 * @param attention `[L, H, Q, K]`
 * @param queryWords the word of each query token, −1 for a special one; of length Q
 * @param keyWords the same for the keys; of length K
 * @throws RangeError when the lengths do not fit
 */
export function mergeWords(
  attention: Tensor,
  queryWords: readonly number[],
  keyWords: readonly number[],
): MergedAttention {
  const sizes = sizesOf(attention);
  if (queryWords.length !== sizes.queries || keyWords.length !== sizes.keys) {
    throw new RangeError(
      `expected words of ${sizes.queries} queries and ${sizes.keys} keys, found ${queryWords.length} and ${keyWords.length}`,
    );
  }
  const queries = groupWords(queryWords);
  const keys = groupWords(keyWords);
  const rowOf = groupOfEach(queries, sizes.queries);
  const columnOf = groupOfEach(keys, sizes.keys);
  const matrices = sizes.layers * sizes.heads;
  const data = new Float32Array(matrices * queries.length * keys.length);

  let from = 0;
  for (let matrix = 0; matrix < matrices; matrix++) {
    const base = matrix * queries.length * keys.length;
    for (let query = 0; query < sizes.queries; query++) {
      const row = base + (rowOf[query] ?? 0) * keys.length;
      for (let key = 0; key < sizes.keys; key++) {
        const to = row + (columnOf[key] ?? 0);
        data[to] = (data[to] ?? 0) + (attention.data[from++] ?? 0);
      }
    }
    divideRows(data, base, queries, keys.length);
  }
  return { attention: { data, shape: [sizes.layers, sizes.heads, queries.length, keys.length] }, queries, keys };
}

function groupOfEach(groups: readonly WordGroup[], length: number): Int32Array {
  const groupOf = new Int32Array(length);
  for (const [index, { start, end }] of groups.entries()) groupOf.fill(index, start, end);
  return groupOf;
}

/** From sums over a word's query tokens to their mean. */
function divideRows(data: Float32Array, base: number, queries: readonly WordGroup[], width: number): void {
  for (const [row, { start, end }] of queries.entries()) {
    if (end - start === 1) continue;
    const first = base + row * width;
    for (let at = first; at < first + width; at++) data[at] = (data[at] ?? 0) / (end - start);
  }
}
