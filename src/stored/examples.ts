import type { Alignment } from "../engine/model.ts";

/** An input whose run is stored as `<id>.json`. */
export interface Example {
  readonly id: string;
  readonly source: string;
  /** A target to be read with teacher forcing, or null for what the model writes. */
  readonly target: string | null;
  /** For each word of the target, the words of the source that it renders, the instruction not counted. */
  readonly alignment?: Alignment;
  /** Hidden states are stored beside the run, as `<id>.hidden.json`. */
  readonly hidden?: boolean;
}

/** Every stored run; the first is the default of the page. */
export const EXAMPLES: readonly Example[] = [
  {
    id: "brown-dog",
    source: "Translate to French: The brown dog ran.",
    target: null,
    // Le→The, chien→dog, brun→brown, a→ran, couru→ran, .→.
    alignment: [[0], [2], [1], [3], [3], [4]],
    hidden: true,
  },
  { id: "capital", source: "What is the capital of France?", target: "The capital is Paris." },
  {
    id: "white-cat",
    source: "Translate to French: The white cat is sleeping.",
    target: null,
  },
  {
    id: "red-car",
    source: "Translate to French: Tom bought a red car and a black hat.",
    target: null,
  },
];
