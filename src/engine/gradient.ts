/**
 * One number of a run, followed while the inputs move, and its gradients.
 *
 * Letters for axes as in `model.ts`, and P for points: variants of one run that are computed side by side.
 */
import type { AttentionKind, RunRequest, Stack, Tensor, Token } from "./model.ts";

/** What is followed: a number that belongs to an output token or, of an encoder, to a sentence. */
export type Target = TokenTarget | SimilarityTarget;

/** What a decoder says about a token. */
export interface TokenTarget {
  readonly kind: "token";
  /** Row of the logits, from 0. Decoder alone: what follows `tokens[row]`. Encoder–decoder: the place of `written[row]`. */
  readonly row: number;
  /** The token whose number is followed. */
  readonly id: number;
  /** Contrastive: the number of this token is taken off (Yin and Neubig 2022). */
  readonly against?: number;
  /** Natural logarithms; with `against`, the difference of log-probabilities is that of the logits. */
  readonly scale: "logit" | "log-probability" | "probability";
}

/** Cosine between a sentence's mean state, special tokens counted, and that of another one, which is held still. */
export interface SimilarityTarget {
  readonly kind: "similarity";
  readonly to: string;
}

/** A place at which states can be moved and gradients taken. */
export type StatePlace =
  /** The rows looked up for the tokens, before positions are added. */
  | "embeddings"
  /** Hidden state by number, as in `hidden` of a trace: 0 before the first layer, L after the last norm. */
  | number;

/** What is added to the states of one place. Sizes of 1 are spread. */
export interface Shift {
  readonly stack: Stack;
  readonly at: StatePlace;
  /** `[point, token, width]`. */
  readonly by: Tensor;
}

/** Where gradients are wanted. `gates`: of a switch on every head, 1 when it is on. */
export type GradientKind = "embeddings" | "hidden" | "attention" | "gates";

/** Many variants of one run. */
export interface EvaluateRequest {
  /** For an encoder–decoder with a target: null has it written first, with no shift. */
  readonly run: RunRequest;
  /** How many points; the targets are one for each, or one for all. */
  readonly points: number;
  readonly targets: readonly Target[];
  readonly shifts?: readonly Shift[];
  /** None by default: forward alone. */
  readonly gradients?: readonly GradientKind[];
  /** Also gives the states or weights themselves, shifted as they were. */
  readonly include?: readonly ("hidden" | "attention")[];
}

/** One number by stack; a stack that the model lacks is missing. */
export type ByStack = Readonly<Partial<Record<Stack, Tensor>>>;
/** One number by kind of attention; a kind that the model lacks is missing. */
export type ByKind = Readonly<Partial<Record<AttentionKind, Tensor>>>;

/** What the variants gave. */
export interface Evaluation {
  /** The followed number: `[point]`. */
  readonly values: Float32Array;
  /** Those asked for, of each point by itself. */
  readonly gradients: {
    /** `[point, token, width]`. */
    readonly embeddings?: ByStack;
    /** `[point, layer + 1, token, width]`. */
    readonly hidden?: ByStack;
    /** `[point, layer, head, query, key]`. */
    readonly attention?: ByKind;
    /** `[point, layer, head]`. */
    readonly gates?: ByKind;
  };
  /** `[point, layer + 1, token, width]`. */
  readonly hidden?: ByStack;
  /** `[point, layer, head, query, key]`. */
  readonly attention?: ByKind;
  readonly cost: Cost;
}

/** What was computed. */
export interface Cost {
  /** Texts that went forward through the model, one for each point. */
  readonly forward: number;
  /** Of those, the ones that went backward too. */
  readonly backward: number;
  /** Wall time in the worker. */
  readonly milliseconds: number;
}

/** What stands in for "no word" where a method needs a state without information. */
export type Baseline =
  /** The embedding of the padding token, or of the end token where there is none. */
  | { readonly kind: "pad" }
  /** The mean of all rows of the embedding table. */
  | { readonly kind: "mean" }
  /** All zeros. */
  | { readonly kind: "zero" }
  /** Another text, token by token; `pad` where it is shorter. */
  | { readonly kind: "text"; readonly text: string };

/** What goes into a run: the tokens of both sides and their rows in the embedding table. */
export interface Inputs {
  readonly source: readonly Token[];
  /** Encoder–decoder: the tokens that the decoder reads and, place for place, the ones it writes. */
  readonly target: { readonly read: readonly Token[]; readonly written: readonly Token[] } | null;
  /** `[token, width]`. */
  readonly embeddings: ByStack;
  /** The same for the baseline asked for; special tokens keep their own rows, so that nothing is attributed to them. */
  readonly baseline: ByStack;
}
