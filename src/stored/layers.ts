/**
 * Stored answers of the figure of the layers: for one text of each model what hangs on every state, and two methods on attention
 * beside it. Made by `npm run store:layers`; never edited by hand. Shape: `StoredLayers` (version 1). When the format changes,
 * raise `VERSION` and run the program again: nothing migrates.
 */
import type { StoredAttribution } from "./attribution.ts";
import type { StoredQuestion } from "./attributionAnswers.ts";
import type { StoredRun } from "./format.ts";

export const VERSION = 1;

export interface StoredLayers {
  readonly version: number;
  readonly model: string;
  /** What all answers have in common. */
  readonly question: StoredQuestion;
  /** What the figure asks at first, beyond that. */
  readonly start: StoredQuestion;
  /** The run without its attention. */
  readonly run: StoredRun;
  readonly answers: readonly StoredLayersAnswer[];
}

/** One answer; `question` holds what differs. */
export interface StoredLayersAnswer {
  readonly question: StoredQuestion;
  readonly layers: StoredAttribution;
  readonly attention: StoredAttribution;
  readonly rollout: StoredAttribution;
}

/** A text of one model, with the questions that are stored. */
export interface LayersExample {
  readonly model: string;
  readonly question: StoredQuestion;
  readonly start: StoredQuestion;
  readonly asked: readonly StoredQuestion[];
}

const NAMES = { source: "When Mary and John went to the store, John gave a drink to" };
/** Its first choice, and the other name, which shows what changes with the output. */
const BOTH_NAMES = [{}, { follow: "John" }];

export const LAYERS_EXAMPLES: readonly LayersExample[] = [
  { model: "decoder-small", question: NAMES, start: {}, asked: BOTH_NAMES },
  {
    model: "translator-en-fr",
    question: { source: "Translate to French: The brown dog ran." },
    start: { place: 1 },
    asked: [{}],
  },
  { model: "smollm2-135m", question: NAMES, start: {}, asked: BOTH_NAMES },
  {
    model: "encoder-minilm",
    question: { source: "The brown dog ran.", to: "A puppy was running." },
    start: {},
    asked: [{}],
  },
];

/** Throws Error for another format. */
export function checkedLayers(stored: StoredLayers): StoredLayers {
  if (stored.version === VERSION) return stored;
  throw new Error(`${stored.model} is stored in format ${stored.version}, not ${VERSION}: run npm run store:layers`);
}
