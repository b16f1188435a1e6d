/** On which texts the checks on attributions are stored: one of each model for its figures, and many for what is said of them. */
import type { AttributionRequest } from "../engine/attribute.ts";
import type { RunRequest } from "../engine/model.ts";

/** What is followed, in words; `scripts/store-checks.ts` finds the tokens. */
export type Followed =
  /** The next word of a decoder, and another one beside it. */
  | { readonly kind: "next"; readonly answer: string; readonly other: string }
  /** What an encoder–decoder writes at a place or in the middle, and another word instead. */
  | { readonly kind: "written"; readonly place: number | "middle"; readonly other: string }
  /** Similarity of an encoder's sentence to another one. */
  | { readonly kind: "similar"; readonly to: string };

/** A text of one model with its corrupted twin, which has as many tokens. */
export interface CheckExample {
  readonly model: string;
  readonly run: RunRequest;
  readonly followed: Followed;
  readonly corrupted: RunRequest;
  /** Only patching and gates, of a model that is slow. */
  readonly slow?: boolean;
}

/** The methods that score tokens, as they are compared. */
export type Compared = Omit<AttributionRequest, "run" | "targets">;

const INSTRUCTION = "Translate to French: ";
const NAMES: Omit<CheckExample, "model"> = {
  run: text("When Mary and John went to the store, John gave a drink to"),
  followed: { kind: "next", answer: "Mary", other: "John" },
  corrupted: text("When Mary and John went to the store, Mary gave a drink to"),
};

export const CHECK_EXAMPLES: readonly CheckExample[] = [
  { model: "decoder-small", ...NAMES },
  {
    model: "translator-en-fr",
    run: text(`${INSTRUCTION}The brown dog ran.`),
    followed: { kind: "written", place: 1, other: "chat" },
    corrupted: text(`${INSTRUCTION}The brown cat ran.`),
  },
  {
    model: "encoder-minilm",
    run: text("The brown dog ran."),
    followed: { kind: "similar", to: "A puppy was running." },
    corrupted: text("The brown cat ran."),
    slow: true,
  },
  { model: "smollm2-135m", ...NAMES, slow: true },
];

function text(source: string): RunRequest {
  return { source, target: null };
}

/** The baseline of all that need one. */
export const BASELINE = { kind: "pad" } as const;

/** Compared in this order, the cheap ones first. */
export const COMPARED: readonly Compared[] = [
  { method: "saliency" },
  { method: "input-x-gradient" },
  { method: "attention-x-gradient" },
  { method: "rollout" },
  { method: "integrated-gradients", baseline: BASELINE },
  { method: "occlusion", baseline: BASELINE },
  { method: "shapley", baseline: BASELINE },
];

/** The same over many texts: with as many steps for each, and fewer orders. */
export const IN_BULK: readonly Compared[] = COMPARED.map((each) => ({
  ...each,
  ...(each.method === "integrated-gradients" && { steps: 64 }),
  ...(each.method === "shapley" && { samples: 12 }),
}));

/** Random orders behind the band of the curves, and the seeds of all draws. */
export const ORDERS = 50;
export const SEED = 1;

/** Texts over which curves, gates and random weights are summed up, and over which methods are compared; words of a sentence. */
export const CORPUS = { summary: 20, agreement: 30, words: 6 } as const;
