/**
 * What the engine says about a model and about one run of it.
 *
 * Letters for axes, the same everywhere: L layer, H head, Q query token, K key token, T token, D width, V vocabulary.
 */

/** Numbers with their shape, row-major. */
export interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** The three kinds of attention of an encoder–decoder; a model with one stack has one of the first two. */
export type AttentionKind = "encoder" | "decoder" | "cross";

/** Which of the model's two stacks of layers. */
export type Stack = "encoder" | "decoder";

/** One head: kind of attention, layer and head, counted from 0. */
export interface HeadRef {
  readonly kind: AttentionKind;
  readonly layer: number;
  readonly head: number;
}

/** One token with its three faces: id, the tokenizer's piece, and the characters of the text it covers. */
export interface Token {
  readonly id: number;
  /** As the tokenizer writes it, for example `▁chien`. */
  readonly piece: string;
  /** The characters covered; empty for a token that stands for no text, such as `</s>`. */
  readonly text: string;
  /** UTF-16 offsets of those characters in the text; both 0 for a special token. */
  readonly start: number;
  readonly end: number;
  /** Index of the word (a run between spaces, punctuation apart) that the token belongs to; −1 for a special token. */
  readonly word: number;
  /** Added by the model's format, not written by anyone: `</s>`, `<pad>`. */
  readonly special: boolean;
  /** Part of the instruction in front of the sentence ("Translate to French:"). */
  readonly instruction: boolean;
}

/** A candidate for the next token. */
export interface Prediction {
  readonly id: number;
  readonly piece: string;
  /** Softmax of the logits, between 0 and 1. */
  readonly probability: number;
}

/** Patterns for which every head of a trace is scored; see `engine/attention/roles.ts` for each definition. */
export type Role = "previous" | "next" | "same" | "first" | "end" | "instruction" | "punctuation" | "alignment";

/** How strongly each head plays a role: mean attention weight on the cells that the role names, `[layer, head]`. */
export interface RoleScores {
  readonly role: Role;
  readonly kind: AttentionKind;
  /** `[layer, head]`, each between 0 and 1. */
  readonly values: Tensor;
  /** How many query rows the mean runs over. */
  readonly rows: number;
}

/** Gold word alignment: for each word of the target, the words of the source (instruction not counted) that it renders. */
export type Alignment = readonly (readonly number[])[];

/** What one run of an encoder–decoder left behind. Query row t of `decoder` and `cross` reads `read[t]` and writes `written[t]`. */
export interface Trace {
  readonly model: string;
  readonly source: { readonly text: string; readonly tokens: readonly Token[] };
  readonly target: {
    readonly text: string;
    readonly origin: "typed" | "generated";
    /** The tokens that the decoder writes (the labels), `</s>` included; `written.length === read.length`. */
    readonly written: readonly Token[];
    /** The tokens that the decoder reads: the start token, then `written` without its last. */
    readonly read: readonly Token[];
  };
  /** `[layer, head, query, key]` for each kind; rows sum to 1. */
  readonly attention: Readonly<Record<AttentionKind, Tensor>>;
  /** Role scores of every head, for every role that this text allows. */
  readonly roles: readonly RoleScores[];
  /** The most probable tokens at each position, best first: `[query][5]`. */
  readonly predictions: readonly (readonly Prediction[])[];
  /** Mean over written tokens of −log P(token), in nats. */
  readonly loss: number;
  /** −log P of each written token, in nats: `[query]`. */
  readonly tokenLoss: Float32Array;
  /** Shape of the logits, `[query, vocabulary]`. */
  readonly logitsShape: readonly [number, number];
  /** On request: `[query, vocabulary]`. */
  readonly logits?: Tensor;
  /** On request: the embedding and each layer's output, `[layer + 1, token, width]`; the last one after the final norm. */
  readonly hidden?: Readonly<Record<Stack, Tensor>>;
  /** Tokens cut because the text was over the limit; 0 as a rule. */
  readonly cut: { readonly source: number; readonly target: number };
  /** Wall time of the run in the worker, milliseconds; 0 when stored. */
  readonly milliseconds: number;
}

/** What is known of a model before it runs. */
export interface ModelInfo {
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  readonly layers: Readonly<Record<Stack, number>>;
  readonly heads: number;
  readonly width: number;
  readonly headWidth: number;
  readonly vocabulary: number;
  readonly parameters: number;
  /** Most source tokens and target tokens that are sent to the model. */
  readonly limits: { readonly source: number; readonly target: number };
  /** The text in front of a sentence that tells the model what to do. */
  readonly instruction: string;
  readonly bytes: number;
}
