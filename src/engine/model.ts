/**
 * What the engine says about a model and about one run of it.
 *
 * Letters for axes, the same everywhere: L layer, H head, Q query token, K key token, T token, D width, V vocabulary.
 */

import type { Baseline, EvaluateRequest, Evaluation, Inputs } from "./gradient.ts";

/** Numbers with their shape, row-major. */
export interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** The three kinds of attention of an encoder–decoder; a model with one stack has one of the first two. */
export type AttentionKind = "encoder" | "decoder" | "cross";

/** Which stack of layers; a model has one of them or both. */
export type Stack = "encoder" | "decoder";

/** How a model's stacks hang together: one that reads, one that writes, or both. */
export type Family = "encoder" | "decoder" | "encoder-decoder";

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
export type Role =
  | "previous"
  | "next"
  | "same"
  | "duplicate"
  | "induction"
  | "first"
  | "end"
  | "instruction"
  | "punctuation"
  | "alignment";

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

/** The next token's chances for a word that the request watches. */
export interface Watched {
  /** The word as asked for. */
  readonly word: string;
  /** The word's first token. */
  readonly id: number;
  readonly piece: string;
  readonly logit: number;
  /** Softmax of the logits, between 0 and 1. */
  readonly probability: number;
}

/** What one run of a model with a single stack left behind: an encoder alone (BERT) or a decoder alone (GPT-2, Llama). */
export interface TextTrace {
  readonly model: string;
  /** The only kind of attention that it has. */
  readonly kind: Stack;
  readonly source: { readonly text: string; readonly tokens: readonly Token[] };
  readonly target: null;
  /** `[layer, head, query, key]`, under `kind` alone; rows sum to 1. */
  readonly attention: Readonly<Partial<Record<AttentionKind, Tensor>>>;
  readonly roles: readonly RoleScores[];
  /** A decoder's most probable next tokens after each token, best first: `[token][5]`; empty for an encoder. */
  readonly predictions: readonly (readonly Prediction[])[];
  /** A decoder's mean over tokens of −log P(token | those before), in nats, the first left out; 0 for an encoder. */
  readonly loss: number;
  /** −log P of `tokens[i + 1]`, in nats: `[token − 1]`; empty for an encoder. */
  readonly tokenLoss: Float32Array;
  /** What a decoder writes after the text, where that was asked for. */
  readonly written: { readonly text: string; readonly tokens: readonly Token[] } | null;
  /** The words that the request watches, as the next token after the text. */
  readonly watched: readonly Watched[];
  /** On request: a decoder's, `[token, vocabulary]`. */
  readonly logits?: Tensor;
  /** On request: the embedding and each layer's output, `[layer + 1, token, width]`; the last one after the final norm. */
  readonly hidden?: Readonly<Partial<Record<Stack, Tensor>>>;
  /** Tokens cut because the text was over the limit; 0 as a rule. */
  readonly cut: { readonly source: number; readonly target: 0 };
  /** Wall time of the run in the worker, milliseconds; 0 when stored. */
  readonly milliseconds: number;
}

/** What a run of any model left behind; `target` is null where the model has a single stack. */
export type AnyTrace = Trace | TextTrace;

/** One head's attention with everything that it was computed from, of one run. */
export interface HeadInside {
  readonly model: string;
  readonly head: HeadRef;
  /** Tokens of the rows and of the columns. */
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  /** `[query, head width]`, not scaled; after rotation where the model rotates (Llama). */
  readonly query: Tensor;
  /** `[key, head width]`, not scaled. */
  readonly key: Tensor;
  /** `[key, head width]`. */
  readonly value: Tensor;
  /** What the dot product is multiplied by: 1 / √(head width); 1 in T5. */
  readonly scale: number;
  /** Added to the scaled product: T5's relative bias, 0 elsewhere, −Infinity where the mask forbids: `[query, key]`. */
  readonly bias: Tensor;
  /** The weights that the model used: `[query, key]`. */
  readonly attention: Tensor;
  /** The weighted sum of the values, as the model computed it: `[query, head width]`. */
  readonly output: Tensor;
}

/** A run: which text goes in, and what is changed or asked for. */
export interface RunRequest {
  /** The source of an encoder–decoder, or all that a model with one stack reads. */
  readonly source: string;
  /** Read with teacher forcing; null to let the model write it (greedy), and for a model with one stack. */
  readonly target: string | null;
  /** One stack only: token ids to read in place of `source`, special ones included. */
  readonly ids?: readonly number[];
  /** Large results that are left out unless asked for. */
  readonly include?: readonly ("hidden" | "logits")[];
  /** Gold word alignment of this very pair, where one is known: adds the role `alignment`. */
  readonly alignment?: Alignment;
  /** Heads that are switched off. */
  readonly off?: readonly HeadRef[];
  /** What takes the place of their output: nothing, or their mean over everyday sentences. Default "zero". */
  readonly fill?: "zero" | "mean";
  /** Source tokens (by place) that no token may attend to. */
  readonly masked?: readonly number[];
  /** Decoder alone: words whose chances as the next token are wanted. */
  readonly watch?: readonly string[];
  /** Decoder alone: how many tokens it writes after the text, greedily. Default 0. */
  readonly write?: number;
}

/** A model that is ready to run, as attention, attribution and probing receive it. One run at a time. */
export interface Model {
  readonly info: ModelInfo;
  /** Runs it once; `onStep` is called before each run where it takes several. */
  trace(request: RunRequest, onStep?: () => void): Promise<AnyTrace>;
  /** Runs it and gives one head's inside. */
  inspect(request: RunRequest, head: HeadRef): Promise<HeadInside>;
  /** The tokens that it reads for a text. */
  tokenize(text: string, side?: "source" | "target"): readonly Token[];
  /** The text that ids stand for, with their tokens; special ones are marked and stand for no text. */
  decode(ids: readonly number[]): { readonly text: string; readonly tokens: readonly Token[] };
  /** What goes into a run, as numbers. An encoder–decoder writes its target first where the run has none. */
  inputs(run: RunRequest, baseline?: Baseline): Promise<Inputs>;
  /**
   * Runs many variants and gives one number of each, with its gradients.
   *
   * @param onStep called before each run; `points` of it are done so far
   */
  evaluate(request: EvaluateRequest, onStep?: (points: number) => void | Promise<void>): Promise<Evaluation>;
  /**
   * The same model with random weights (normal, as spread as those they replace) in its top layers and what follows them; it
   * takes as much memory again until it is released.
   *
   * @param layers how many, counted from the top, the decoder's before the encoder's
   */
  randomised(layers: number, seed: number): Promise<Model & { release(): Promise<void> }>;
}

/** What is known of a model before it runs. */
export interface ModelInfo {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  readonly architecture: string;
  /** 0 for a stack that the model lacks. */
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
