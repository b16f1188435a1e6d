import type { Alignment } from "../engine/model.ts";

/** An input whose run is stored as `<id>.json`. */
export interface Example {
  readonly id: string;
  /** The model that runs it. */
  readonly model: string;
  readonly source: string;
  /** A target to be read with teacher forcing; null for what the model writes, and for a model with one stack. */
  readonly target: string | null;
  /** One stack: token ids that are read in place of `source`. */
  readonly ids?: readonly number[];
  /** For each word of the target, the words of the source that it renders, the instruction not counted. */
  readonly alignment?: Alignment;
  /** Hidden states are stored beside the run, as `<id>.hidden.json`. */
  readonly hidden?: boolean;
}

/** Drawn by `repeats(model, 1, 10, 10)` of `engine/attention/repeats.ts`. */
const REPEATED: readonly number[] = [661, 909, 2899, 1502, 1658, 571, 3834, 1947, 2583, 1108];

const TRANSLATOR = "translator-en-fr";

/** Every stored run; the first is the default of the page. */
export const EXAMPLES: readonly Example[] = [
  {
    id: "brown-dog",
    model: TRANSLATOR,
    source: "Translate to French: The brown dog ran.",
    target: null,
    // Le→The, chien→dog, brun→brown, a→ran, couru→ran, .→.
    alignment: [[0], [2], [1], [3], [3], [4]],
    hidden: true,
  },
  { id: "capital", model: TRANSLATOR, source: "What is the capital of France?", target: "The capital is Paris." },
  {
    id: "white-cat",
    model: TRANSLATOR,
    source: "Translate to French: The white cat is sleeping.",
    target: null,
  },
  {
    id: "red-car",
    model: TRANSLATOR,
    source: "Translate to French: Tom bought a red car and a black hat.",
    target: null,
  },
  // The same sentence in the other models, for the three kinds of attention.
  { id: "brown-dog-minilm", model: "encoder-minilm", source: "The brown dog ran.", target: null },
  { id: "brown-dog-decoder", model: "decoder-small", source: "The brown dog ran.", target: null },
  { id: "brown-dog-smollm2", model: "smollm2-135m", source: "The brown dog ran.", target: null },
  // What chapter 2 follows: the name that comes next.
  {
    id: "mary-john",
    model: "decoder-small",
    source: "When Mary and John went to the store, John gave a drink to",
    target: null,
  },
  // Ten random tokens, then the same again: hotel Fred pro leave lawyer off worst pers ble Sofia.
  { id: "repeat-decoder", model: "decoder-small", source: "", target: null, ids: twice(REPEATED) },
];

/** The small decoder's start token, then a sequence two times. */
function twice(half: readonly number[]): number[] {
  return [0, ...half, ...half];
}
