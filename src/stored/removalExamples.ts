/** Over which texts weight and effect of removal are compared beforehand, and which text of each model is shown. */
import type { Prompt } from "../engine/study.ts";

const INSTRUCTION = "Translate to French: ";

/** Words that a sentence must have, punctuation counted: of shorter ones there is little to put in order. */
const LEAST_WORDS = 6;
const OF_GRAMMAR = 80;

/** The text that a model shows at first. */
export const SHOWN: Readonly<Record<string, Prompt>> = {
  "translator-en-fr": { source: `${INSTRUCTION}The brown dog ran.`, target: null },
  "decoder-small": {
    source: "While Todd and Ruth were at the school, Todd passed a letter to",
    target: null,
    answer: "Ruth",
    other: "Todd",
  },
  "smollm2-135m": {
    source: "When Mary and John went to the store, John gave a drink to",
    target: null,
    answer: "Mary",
    other: "John",
  },
};

/** The models studied, and over how many texts every head is switched off; the real decoder has too many heads for it. */
export const REMOVED: readonly { readonly model: string; readonly swept: number }[] = [
  { model: "translator-en-fr", swept: 30 },
  { model: "decoder-small", swept: 60 },
  { model: "smollm2-135m", swept: 0 },
];

/** How many of the prompts a decoder gets; the real one is slow. */
const COUNTS: Readonly<Record<string, number>> = { "decoder-small": 60, "smollm2-135m": 20 };

/**
 * The texts of a model's study.
 *
 * @param pairs sentences of the grammar, held out from training
 * @param samples sentences that people wrote, held out from training (the translator's card)
 * @param prompts indirect objects and capitals in context, held out from training
 */
export function removalCorpus(model: string, { pairs, samples, prompts }: RemovalTexts): readonly Prompt[] {
  const count = COUNTS[model];
  if (count !== undefined) return prompts.slice(0, count).map((prompt) => ({ ...prompt, target: null }));
  const grammar = pairs.filter(({ words }) => words >= LEAST_WORDS).slice(0, OF_GRAMMAR);
  return [...grammar, ...samples].map(({ english }) => ({ source: INSTRUCTION + english, target: null }));
}

/** What the studies draw from. */
export interface RemovalTexts {
  readonly pairs: readonly { readonly english: string; readonly words: number }[];
  readonly samples: readonly { readonly english: string }[];
  readonly prompts: readonly { readonly source: string; readonly answer: string; readonly other: string }[];
}
