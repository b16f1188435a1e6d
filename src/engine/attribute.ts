/**
 * Attributions and the checks on them: what is asked, and what comes of it.
 *
 * "Row" is a followed output; source and target tokens are those of `Inputs`. Letters for axes as in `model.ts`.
 */
import type { Baseline, ByKind, ByStack, Cost, Target } from "./gradient.ts";
import type { AttentionKind, RunRequest, Tensor, Token } from "./model.ts";

/** The methods; `engine/attribution/methods.ts` holds their table. */
export type MethodId =
  | "saliency"
  | "input-x-gradient"
  | "integrated-gradients"
  | "layer-input-x-gradient"
  | "attention-x-gradient"
  | "rollout"
  | "occlusion"
  | "shapley"
  | "head-gates";

/** An attribution that is asked for. What a method does not use, it ignores. */
export interface AttributionRequest {
  readonly method: MethodId;
  readonly run: RunRequest;
  /** One row each. */
  readonly targets: readonly Target[];
  /** Saliency: the norm taken over the width. Default 2. */
  readonly norm?: 1 | 2;
  /** Integrated gradients, occlusion, Shapley. Default `pad`. */
  readonly baseline?: Baseline;
  /** Integrated gradients: how many, or as many as it takes. Default "adaptive". */
  readonly steps?: number | "adaptive";
  /** Adaptive steps, 8, 16, … 256 of them, end when the gap is below this share of the difference to the baseline. Default 0.01. */
  readonly bound?: number;
  /** Where the steps stand on the path: the middles of equal parts, or the nodes of Gauss and Legendre. Default "gauss-legendre". */
  readonly rule?: "riemann" | "gauss-legendre";
  /** Shapley: orders that tokens join in, each second one the last backwards; odd numbers are rounded up. Default 24. */
  readonly samples?: number;
  /** Shapley: seed of the draw. Default 1. */
  readonly seed?: number;
}

interface AttributionBase {
  readonly model: string;
  readonly method: MethodId;
  readonly source: readonly Token[];
  /** The tokens that the decoder of an encoder–decoder reads; null for a model with one stack. */
  readonly target: readonly Token[] | null;
  readonly targets: readonly Target[];
  /** The followed number of the run as it is: `[row]`. */
  readonly values: Float32Array;
  readonly cost: Cost;
}

/** Scores by side; `target` null for a model with one stack. */
export interface BySide {
  readonly source: Tensor;
  readonly target: Tensor | null;
}

/** A score for every token. */
export interface TokenAttribution extends AttributionBase {
  readonly of: "tokens";
  /** `[row, token]`. */
  readonly scores: BySide;
  /** False where scores are strengths without a sign (norms, rollout). */
  readonly signed: boolean;
  /** Methods with a baseline: the number at the baseline, and sum of scores − (value − number at the baseline): `[row]`. */
  readonly completeness: { readonly baseline: Float32Array; readonly gap: Float32Array } | null;
  /** Shapley: standard error of each score: `[row, token]`. */
  readonly error: BySide | null;
  /** Integrated gradients: the path of each row. */
  readonly paths: readonly Path[] | null;
}

/** The way from the baseline (0) to the input (1). */
export interface Path {
  /** Places on the way, in order: `[step]`. */
  readonly places: Float32Array;
  /** Their weights in the sum; together 1: `[step]`. */
  readonly weights: Float32Array;
  /** The followed number there: `[step]`. */
  readonly values: Float32Array;
  /** How fast it climbs there: gradient · (input − baseline): `[step]`. */
  readonly slopes: Float32Array;
  /** The same by token: `[step, token]`; source tokens, then target tokens. */
  readonly tokenSlopes: Tensor;
  /** Numbers of steps that were tried, with the gap that each left; one, unless steps are adaptive. */
  readonly tried: readonly { readonly steps: number; readonly gap: number }[];
}

/** A score for every token in every layer. */
export interface LayerAttribution extends AttributionBase {
  readonly of: "layers";
  /** Hidden state × gradient, summed over the width: `[row, layer + 1, token]`. */
  readonly scores: BySide;
  /** Length of the gradient (L2): `[row, layer + 1, token]`. */
  readonly norms: BySide;
}

/** A score for every head. */
export interface HeadAttribution extends AttributionBase {
  readonly of: "heads";
  /** Slope of the followed number along the head's switch: `[row, layer, head]`. */
  readonly scores: ByKind;
}

export type Attribution = TokenAttribution | LayerAttribution | HeadAttribution;

/** Activation patching: states of a clean run are put into a corrupted one, one layer and token at a time (Meng et al. 2022). */
export interface PatchingRequest {
  /** Two runs with as many tokens on each side. */
  readonly clean: RunRequest;
  readonly corrupted: RunRequest;
  readonly target: Target;
}

export interface PatchingStudy {
  readonly model: string;
  readonly clean: { readonly source: readonly Token[]; readonly target: readonly Token[] | null };
  readonly corrupted: { readonly source: readonly Token[]; readonly target: readonly Token[] | null };
  /** The followed number in both runs. */
  readonly values: { readonly clean: number; readonly corrupted: number };
  /** Share of the difference that comes back: 0 as corrupted, 1 as clean: `[layer + 1, token]`. */
  readonly recovered: BySide;
  readonly cost: Cost;
}

/** Deletion and insertion: tokens are taken away, or put back, the most important first (Petsiuk et al. 2018). */
export interface CurvesRequest {
  /** One method a curve, all on the same run and one target; scores with a sign are ordered by it. */
  readonly attributions: readonly AttributionRequest[];
  readonly baseline: Baseline;
  /** Random orders behind the band. */
  readonly orders: number;
  readonly seed: number;
}

/** One order of the tokens, taken away and put back. */
export interface Curve {
  /** Places, source tokens first, then those of the target: the most important first. Special tokens are left out. */
  readonly order: readonly number[];
  /** The followed number after 0, 1, … tokens: `[token + 1]`. */
  readonly deletion: Float32Array;
  readonly insertion: Float32Array;
  /** Mean height under each curve, where 1 is the whole text and 0 the baseline. */
  readonly areas: { readonly deletion: number; readonly insertion: number };
}

export interface CurvesStudy {
  readonly model: string;
  readonly source: readonly Token[];
  readonly target: readonly Token[] | null;
  readonly curves: readonly (Curve & { readonly method: MethodId; readonly cost: Cost })[];
  /** The random orders: mean, and the interval that holds 95 % of them: `[token + 1]`. */
  readonly random: {
    readonly orders: number;
    readonly deletion: Band;
    readonly insertion: Band;
    readonly areas: { readonly deletion: number; readonly insertion: number };
  };
  readonly cost: Cost;
}

export interface Band {
  readonly mean: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** What the gradient of each head's switch foretells of switching it off, beside what does happen (Michel et al. 2019). */
export interface GateCheckRequest {
  readonly run: RunRequest;
  readonly target: Target;
}

export interface GateCheckStudy {
  readonly model: string;
  /** The followed number of the whole model. */
  readonly value: number;
  readonly kinds: readonly {
    readonly kind: AttentionKind;
    /** −(slope along the switch): the change that a straight line foretells, `[layer, head]`. */
    readonly foretold: Tensor;
    /** The change when the head is off, `[layer, head]`. */
    readonly true: Tensor;
  }[];
  /** Over all heads of all kinds. */
  readonly correlation: { readonly pearson: number; readonly spearman: number };
  readonly cost: Cost;
}

/** The same attribution while weights are made random from the top layer downwards (Adebayo et al. 2018). */
export interface RandomisedRequest {
  readonly attribution: AttributionRequest;
  /** How many layers are random, the top one first; 0 is the model as it is. */
  readonly depths: readonly number[];
  readonly seed: number;
}

export interface RandomisedStudy {
  readonly model: string;
  readonly method: MethodId;
  readonly attributions: readonly {
    readonly depth: number;
    readonly scores: BySide;
    /** Spearman's ρ with the scores at depth 0, of their absolute values, special tokens left out. */
    readonly rho: number;
  }[];
  readonly source: readonly Token[];
  readonly target: readonly Token[] | null;
  readonly cost: Cost;
}

/** How far methods put tokens into the same order. */
export interface AgreementRequest {
  /** Each text with its target. */
  readonly texts: readonly { readonly run: RunRequest; readonly target: Target }[];
  /** Methods that score tokens; `run` and `targets` come from the texts. */
  readonly methods: readonly Omit<AttributionRequest, "run" | "targets">[];
}

export interface AgreementStudy {
  readonly model: string;
  readonly methods: readonly MethodId[];
  /** Spearman's ρ of absolute scores, special tokens left out: mean over texts, `[method, method]`. */
  readonly mean: Tensor;
  /** Ends of the 95 % interval, by bootstrap over texts (seeded). */
  readonly low: Tensor;
  readonly high: Tensor;
  /** Of each text by itself: `[text, method, method]`. */
  readonly each: Tensor;
  readonly texts: number;
  /** By method, over all texts. */
  readonly costs: readonly Cost[];
}

/** Where the embedding of a token is moved to. */
export type NudgeDirection =
  /** Towards the embedding that the token would have if this word stood in its place; a share of 1 arrives there. */
  | { readonly kind: "word"; readonly word: string }
  /** The way on which the followed number climbs fastest; a share of 1 is as long as the embedding. */
  | { readonly kind: "gradient" }
  /** Drawn evenly over all directions; a share of 1 is as long as the embedding. */
  | { readonly kind: "random"; readonly seed: number };

/** One token's embedding is moved a little, and the followed number read off. */
export interface NudgeRequest {
  readonly run: RunRequest;
  readonly target: Target;
  /** The token that is moved, by its place among those that the stack reads. */
  readonly token: { readonly side: "source" | "target"; readonly place: number };
  readonly direction: NudgeDirection;
  /** Farthest share of the way, to both sides. Default 1. */
  readonly reach?: number;
  /** Points of the curve, evenly spread; an odd number has one at 0. Default 41. */
  readonly points?: number;
}

export interface NudgeStudy {
  readonly model: string;
  readonly source: readonly Token[];
  /** The tokens that the decoder of an encoder–decoder reads; null for a model with one stack. */
  readonly target: readonly Token[] | null;
  readonly token: NudgeRequest["token"];
  /** The token that stands in for it on the way to a word; null on other ways. */
  readonly towards: Token | null;
  /** The followed number of the run as it is. */
  readonly value: number;
  /** Shares of the way, in order, and the followed number there: `[point]`. */
  readonly shares: Float32Array;
  readonly values: Float32Array;
  /** Gradient · way: what the number gains along the whole way if it keeps climbing as it does at 0. */
  readonly slope: number;
  /** The same measured by two runs, a share of `step` before and behind. */
  readonly measured: { readonly slope: number; readonly step: number };
  /** Lengths (L2) of the token's embedding, of the way, and of the gradient there. */
  readonly lengths: { readonly embedding: number; readonly way: number; readonly gradient: number };
  /** Every token: slope on its steepest way, the length of its gradient, from one pass backward: `[token]`. */
  readonly steepest: BySide;
  /** The same, each measured by two runs that move this token alone along its gradient: `[token]`. */
  readonly steepestMeasured: BySide;
  /** Of the one run with a pass backward, of the curve with its two runs beside 0, and of the runs that measure all tokens. */
  readonly costs: { readonly gradient: Cost; readonly curve: Cost; readonly tokens: Cost };
}

/** One gradient with what it was taken at: the raw numbers behind the methods. */
export interface GradientRequest {
  readonly run: RunRequest;
  readonly target: Target;
}

export interface GradientStudy {
  readonly model: string;
  readonly source: readonly Token[];
  /** The tokens that the decoder of an encoder–decoder reads; null for a model with one stack. */
  readonly target: readonly Token[] | null;
  /** The followed number. */
  readonly value: number;
  /** The rows looked up for the tokens: `[token, width]`. */
  readonly embeddings: ByStack;
  /** Slope of the followed number along each of their numbers: `[token, width]`. */
  readonly gradients: ByStack;
  readonly cost: Cost;
}
