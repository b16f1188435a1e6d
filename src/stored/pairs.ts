/** Sentence pairs of the translator's grammar that it was not trained on, with gold word alignment by construction. */
import type { Alignment } from "../engine/model.ts";
import type { Corpus } from "../engine/study.ts";

/** A pair as `models/translator/gold_pairs.py` writes it to `gold-pairs.json`. */
export interface GoldPair {
  readonly english: string;
  readonly french: string;
  /** How many words the English has, punctuation counted. */
  readonly words: number;
  /** For each French word the English words that it renders, from 0. */
  readonly gold: Alignment;
}

const INSTRUCTION = "Translate to French: ";

/** The pairs as a corpus for the translator, whose target is read with teacher forcing. */
export function pairCorpus(pairs: readonly GoldPair[]): Extract<Corpus, { kind: "texts" }> {
  const texts = pairs.map(({ english, french, gold }) => ({
    source: INSTRUCTION + english,
    target: french,
    alignment: gold,
  }));
  return { kind: "texts", texts };
}

/**
 * What a head would score that looks at the same relative place and reads nothing: the share of French words for which that
 * place holds a right word, mean over pairs.
 */
export function diagonalShare(pairs: readonly GoldPair[]): number {
  const shares = pairs.map(({ words, gold }) => {
    const last = Math.max(1, gold.length - 1);
    const judged = gold.flatMap((right, word) => (right.length === 0 ? [] : [{ right, word }]));
    const hits = judged.filter(({ right, word }) => right.includes(roundHalfToEven((word * (words - 1)) / last)));
    return hits.length / (judged.length || 1);
  });
  return shares.reduce((sum, share) => sum + share, 0) / (shares.length || 1);
}

/** As Python rounds, so that the figure is the card's. */
function roundHalfToEven(value: number): number {
  const down = Math.floor(value);
  const over = value - down;
  if (over !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
