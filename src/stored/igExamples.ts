/** The texts on which integrated gradients are shown, and how their walks are stored. */
import type { IgText } from "./ig.ts";

/** A model with its text. */
export interface IgExample {
  readonly model: string;
  readonly text: IgText;
  /** The most steps that are measured; all of `IG_STEPS` by default. */
  readonly most?: number;
}

/** The first is the page's default. */
export const IG_EXAMPLES: readonly IgExample[] = [
  {
    model: "decoder-small",
    text: {
      source: "When Mary and John went to the store, John gave a drink to",
      target: null,
      place: null,
      follow: "",
      to: "",
    },
  },
  {
    model: "translator-en-fr",
    text: { source: "Translate to French: The brown dog ran.", target: null, place: 1, follow: "", to: "" },
  },
  {
    model: "encoder-minilm",
    text: { source: "The brown dog ran.", target: null, place: null, follow: "", to: "A puppy was running." },
  },
  {
    model: "smollm2-135m",
    most: 64,
    text: { source: "The capital of France is", target: null, place: null, follow: "", to: "" },
  },
];

/** Baselines that are measured. */
export const IG_BASELINES = ["pad", "mean", "zero"] as const;
/** Rules that are measured. */
export const IG_RULES = ["riemann", "gauss-legendre"] as const;
/** Numbers of steps whose gaps are stored. */
export const IG_STEPS = [2, 4, 8, 16, 32, 64, 128, 256] as const;
/** Walks that are stored whole, of every baseline. */
export const IG_WALKS = [
  { rule: "riemann", steps: 32 },
  { rule: "gauss-legendre", steps: 32 },
] as const;
/** The same of the page's first model: also one whose gap is closed. */
export const IG_FIRST_WALKS = [...IG_WALKS, { rule: "riemann", steps: 64 }] as const;
/** Steps of the fine curve, or as many as are measured. */
export const IG_CURVE = 128;
