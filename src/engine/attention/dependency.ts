/**
 * Does a head follow the syntax? For each dependency relation, how often a word's strongest link goes to the word that it
 * depends on, and a word's strongest link to one that depends on it (Clark et al. 2019, "What Does BERT Look At?", section 4).
 *
 * Attention is taken between the words of the treebank: summed over the tokens of a key word, averaged over those of a query
 * word; special tokens and the instruction are left out, and a word's link to itself does not compete. In a decoder, which
 * sees no later word, only links to earlier words are judged. Words that got no token of their own are not judged.
 */
import type { Token } from "../model.ts";
import type { Block } from "./blocks.ts";
import type { TreebankSentence, TreebankWord } from "./conllu.ts";
import { type MergedAttention, mergeWords } from "./words.ts";

/** How often the heads follow one relation in one sentence. */
export interface RelationShares {
  /** `head:<relation>`: from dependants to their heads; `dependant:<relation>`: from heads to one of their dependants. */
  readonly measure: `head:${string}` | `dependant:${string}`;
  /** Share of right links, `[head]`, head = layer · H + head. */
  readonly values: Float64Array;
  /** How many words were judged. */
  readonly rows: number;
  /** For each offset that is ever right, the share of right links when every word looks that many words further on. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** A word whose link is judged, and the words that it would be right to look at most. */
interface Judged {
  readonly word: number;
  readonly right: readonly number[];
}

/**
 * Scores every head on every relation of a sentence. On equal weights the earlier word wins.
 *
 * @param block self-attention over the sentence
 * @param shift where the sentence starts in the text that the model read, UTF-16
 */
export function relationShares(block: Block, { words }: TreebankSentence, shift = 0): RelationShares[] {
  const wordOf = treebankWords(block.keys, words, shift);
  const merged = mergeWords(block.attention, wordOf, wordOf);
  const causal = block.kind === "decoder";
  const strongest = strongestLinks(merged, words.length, causal);
  const known = new Set(wordOf);
  const canSee = (word: number, other: number) => known.has(word) && known.has(other) && !(causal && other > word);

  return [...judgedLinks(words, canSee)].map(([measure, links]) => {
    const values = strongest.map(
      (linked) => links.filter(({ word, right }) => right.includes(linked[word] ?? -1)).length,
    );
    return {
      measure,
      values: Float64Array.from(values, (hits) => hits / links.length),
      rows: links.length,
      offsets: offsetShares(links),
    };
  });
}

/** The treebank's word that each token belongs to: the one that it shares most characters with; −1 for none. */
export function treebankWords(tokens: readonly Token[], words: readonly TreebankWord[], shift: number): number[] {
  let from = 0;
  return tokens.map((token) => {
    if (token.special || token.instruction) return -1;
    const start = token.start - shift;
    const end = token.end - shift;
    while (from < words.length - 1 && (words[from]?.end ?? 0) <= start) from += 1;
    let best = -1;
    let most = 0;
    for (let word = from; word < words.length && (words[word]?.start ?? 0) < end; word++) {
      const shared = Math.min(end, words[word]?.end ?? 0) - Math.max(start, words[word]?.start ?? 0);
      if (shared > most) [best, most] = [word, shared];
    }
    return best;
  });
}

/** For each head and word, the other word that it looks at most: `[head][word]`; −1 where there is none to see. */
function strongestLinks({ attention, queries, keys }: MergedAttention, length: number, causal: boolean): Int32Array[] {
  const [layers = 0, heads = 0] = attention.shape;
  return Array.from({ length: layers * heads }, (_, head) => {
    const linked = new Int32Array(length).fill(-1);
    for (const [row, query] of queries.entries()) {
      if (query.word < 0) continue;
      const from = (head * queries.length + row) * keys.length;
      let most = -1;
      for (const [column, key] of keys.entries()) {
        if (key.word < 0 || key.word === query.word || (causal && key.word > query.word)) continue;
        const weight = attention.data[from + column] ?? 0;
        if (weight > most) [linked[query.word], most] = [key.word, weight];
      }
    }
    return linked;
  });
}

/** For each measure the words that are judged by it, with their right answers. */
function judgedLinks(
  words: readonly TreebankWord[],
  canSee: (word: number, other: number) => boolean,
): Map<RelationShares["measure"], Judged[]> {
  const links = new Map<RelationShares["measure"], Judged[]>();
  const add = (measure: RelationShares["measure"], link: Judged) => {
    links.set(measure, [...(links.get(measure) ?? []), link]);
  };
  const dependants = new Map<string, { head: number; relation: string; right: number[] }>();
  for (const [word, { head, relation }] of words.entries()) {
    if (head < 0) continue;
    if (canSee(word, head)) add(`head:${relation}`, { word, right: [head] });
    if (!canSee(head, word)) continue;
    const key = `${head} ${relation}`;
    const found = dependants.get(key);
    if (found) found.right.push(word);
    else dependants.set(key, { head, relation, right: [word] });
  }
  for (const { head, relation, right } of dependants.values()) add(`dependant:${relation}`, { word: head, right });
  return links;
}

/** How often each fixed offset would be right, for those that are right at least once. */
function offsetShares(links: readonly Judged[]): Map<number, number> {
  const shares = new Map<number, number>();
  for (const { word, right } of links) {
    for (const answer of right) shares.set(answer - word, (shares.get(answer - word) ?? 0) + 1 / links.length);
  }
  return shares;
}
