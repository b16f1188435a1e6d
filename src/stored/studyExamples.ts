import type { Corpus } from "../engine/study.ts";

/** Corpora over which every model's heads are scored beforehand. */
export type StudyName = "treebank" | "pairs" | "repeats" | "sentence";

/** Sentences drawn from the treebank's development part, which no model was trained on. */
export const TREEBANK: Extract<Corpus, { kind: "treebank" }> = {
  kind: "treebank",
  address: "data/treebank/dev.conllu",
  count: 200,
};

/** Random tokens, then the same again. */
export const REPEATS: Extract<Corpus, { kind: "repeats" }> = { kind: "repeats", count: 50, length: 20, seed: 1 };

/** Sentence pairs of the translator's grammar with gold alignment: all of `gold-pairs.json`. */
export const PAIRS = 200;

/** A study that is stored as `studies/<id>.json`. */
export interface StudyExample {
  readonly id: string;
  readonly model: string;
  readonly name: StudyName;
  /** For a sentence: the stored run that it is taken of (`examples.ts`). */
  readonly run?: string;
}

/** Every stored study. A model with two stacks has no repeats. */
export const STUDIES: readonly StudyExample[] = [
  ...studiesOf("decoder-small", "brown-dog-decoder"),
  ...studiesOf("encoder-minilm", "brown-dog-minilm"),
  { id: "translator-en-fr-treebank", model: "translator-en-fr", name: "treebank" },
  { id: "translator-en-fr-pairs", model: "translator-en-fr", name: "pairs" },
  { id: "translator-en-fr-sentence", model: "translator-en-fr", name: "sentence", run: "brown-dog" },
  ...studiesOf("smollm2-135m", "brown-dog-smollm2"),
];

/** Those of a model with one stack. */
function studiesOf(model: string, run: string): StudyExample[] {
  return [
    { id: `${model}-treebank`, model, name: "treebank" },
    { id: `${model}-repeats`, model, name: "repeats" },
    { id: `${model}-sentence`, model, name: "sentence", run },
  ];
}

/** A measure that fewer sentences than these have is left out: its interval would say nothing. */
export const LEAST_SENTENCES = 20;
