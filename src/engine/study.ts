/**
 * Work on many sentences: what is asked, and what comes of it.
 *
 * A study takes seconds; it reports how far it is and can be stopped. Letters for axes as in `model.ts`.
 */
import type {
  AgreementRequest,
  AgreementStudy,
  Attribution,
  AttributionRequest,
  CurvesRequest,
  CurvesStudy,
  GateCheckRequest,
  GateCheckStudy,
  GradientRequest,
  GradientStudy,
  NudgeRequest,
  NudgeStudy,
  PatchingRequest,
  PatchingStudy,
  RandomisedRequest,
  RandomisedStudy,
} from "./attribute.ts";
import type { Alignment, AttentionKind, HeadRef, Role, Tensor } from "./model.ts";

/** Sentences over which heads are scored. */
export type Corpus =
  /** Sentences of a CoNLL-U file (a path below the site’s base), drawn evenly: adds a score for every dependency relation. */
  | { readonly kind: "treebank"; readonly address: string; readonly count: number }
  /** Random tokens, then the same again (Olsson et al. 2022): for a model with one stack. */
  | { readonly kind: "repeats"; readonly count: number; readonly length: number; readonly seed: number }
  /** Texts as given, with gold alignment where known. */
  | {
      readonly kind: "texts";
      readonly texts: readonly {
        readonly source: string;
        readonly target: string | null;
        readonly alignment?: Alignment;
      }[];
    };

/** What is measured of a head: a role, the relation to a word's head or dependant (`head:nsubj`), or a plain figure. */
export type Measure = Role | `head:${string}` | `dependant:${string}` | "entropy" | "distance" | "special";

/** One measure of every head of one kind of attention, over a corpus. */
export interface HeadScores {
  readonly measure: Measure;
  readonly kind: AttentionKind;
  /** Mean over sentences, `[layer, head]`. */
  readonly mean: Tensor;
  /** Ends of the 95 % interval, by bootstrap over sentences (seeded), `[layer, head]`. */
  readonly low: Tensor;
  readonly high: Tensor;
  /** Sentences and query rows that the measure could be taken on. */
  readonly sentences: number;
  readonly rows: number;
  /** For a relation: the share of right answers of the best fixed offset, and that offset. Null for others. */
  readonly offset: { readonly score: number; readonly by: number } | null;
  /** What a head would score that spreads its weight evenly over all that it may see; null for relations and alignment. */
  readonly even: number | null;
}

/** Scores of all heads over a corpus. */
export interface HeadStudy {
  readonly model: string;
  readonly corpus: Corpus["kind"];
  readonly sentences: number;
  readonly scores: readonly HeadScores[];
  /** How differently the heads look, on request. */
  readonly pairs?: readonly HeadPairs[];
}

/** How differently the heads of one kind look, for every pair of them; head = layer · H + head. */
export interface HeadPairs {
  readonly kind: AttentionKind;
  /** Jensen–Shannon distance between their rows, mean over rows and sentences: `[head, head]`. */
  readonly distances: Tensor;
  /** The heads on a plane on which their distances are close to those (classical scaling): `[head, 2]`. */
  readonly places: Tensor;
  /** Share of the spread that the plane holds, between 0 and 1. */
  readonly kept: number;
  readonly sentences: number;
}

/** A text with the answer that a model should give. */
export interface Prompt {
  readonly source: string;
  /** Encoder–decoder: the text whose probability is followed. Null for a model with one stack. */
  readonly target: string | null;
  /** Decoder: the right next word, and the wrong one beside it. */
  readonly answer?: string;
  readonly other?: string;
}

/** What switching off each head by itself does, over prompts. */
export interface HeadSweep {
  readonly model: string;
  /**
   * What is followed. Decoder: logit of the answer − logit of the other word. Encoder–decoder: mean log-probability of the
   * target, nats. Encoder: cosine of the sentence's mean state with the one of the whole model.
   */
  readonly metric: "logit-difference" | "log-probability" | "similarity";
  /** The metric of the whole model, mean over prompts. */
  readonly whole: number;
  /** By kind: the metric without the head − the metric of the whole model, mean over prompts, `[layer, head]`. */
  readonly effects: readonly {
    readonly kind: AttentionKind;
    readonly mean: Tensor;
    readonly low: Tensor;
    readonly high: Tensor;
  }[];
  readonly prompts: number;
}

/** How far the answer still stands while heads are switched off, one after the other, in several orders. */
export interface HeadOrders {
  readonly model: string;
  /**
   * What is followed, at most 1. Decoder: probability of the answer. Encoder–decoder: of a token of the target, geometric
   * mean. Encoder: cosine of the sentence's mean state with the one of the whole model.
   */
  readonly share: "answer" | "target" | "similarity";
  /** Numbers of heads that are off. */
  readonly steps: readonly number[];
  /** Mean over prompts: `[order][step]`. */
  readonly values: readonly (readonly number[])[];
  readonly prompts: number;
}

/** For one text: what taking away each source token does to one output, beside the attention that it got. */
export interface RemovalRow {
  readonly source: string;
  /** The output token that is explained. */
  readonly output: string;
  /** The source tokens that were taken away, one at a time. */
  readonly tokens: readonly string[];
  /** Fall of the output's log-probability without the token, nats: `[token]`. */
  readonly effect: readonly number[];
  /** Attention on the token from the output's row: `[layer × head, token]`. */
  readonly weights: Tensor;
  /** Spearman's ρ between weights and effects, for every head and, last, for the mean of all; 0 where all weights are equal. */
  readonly correlation: readonly number[];
}

/** Rank correlation between attention and the effect of removal, for every head. */
export interface RemovalStudy {
  readonly model: string;
  readonly kind: AttentionKind;
  /** Spearman's ρ, mean over a text's outputs, then over texts; 95 % interval by bootstrap over texts: `[layer, head]`. */
  readonly mean: Tensor;
  readonly low: Tensor;
  readonly high: Tensor;
  /** The same for the mean of all heads. */
  readonly all: { readonly mean: number; readonly low: number; readonly high: number };
  readonly texts: number;
  readonly rows: readonly RemovalRow[];
}

/** Work on many sentences. */
export type StudyRequest =
  | {
      readonly job: "heads";
      readonly corpus: Corpus;
      /** Compares all heads with each other as well; takes time with their number squared. Default: no. */
      readonly pairs?: boolean;
    }
  | { readonly job: "sweep"; readonly prompts: readonly Prompt[]; readonly fill: "zero" | "mean" }
  | {
      readonly job: "orders";
      readonly prompts: readonly Prompt[];
      readonly fill: "zero" | "mean";
      readonly orders: readonly (readonly HeadRef[])[];
      readonly steps: readonly number[];
    }
  | { readonly job: "removal"; readonly prompts: readonly Prompt[] }
  | ({ readonly job: "attribution" } & AttributionRequest)
  | ({ readonly job: "patching" } & PatchingRequest)
  | ({ readonly job: "curves" } & CurvesRequest)
  | ({ readonly job: "gate-check" } & GateCheckRequest)
  | ({ readonly job: "randomised" } & RandomisedRequest)
  | ({ readonly job: "agreement" } & AgreementRequest)
  | ({ readonly job: "gradient" } & GradientRequest)
  | ({ readonly job: "nudge" } & NudgeRequest);

/** What each kind of study gives. */
export interface StudyResults {
  readonly heads: HeadStudy;
  readonly sweep: HeadSweep;
  readonly orders: HeadOrders;
  readonly removal: RemovalStudy;
  readonly attribution: Attribution;
  readonly patching: PatchingStudy;
  readonly curves: CurvesStudy;
  readonly "gate-check": GateCheckStudy;
  readonly randomised: RandomisedStudy;
  readonly agreement: AgreementStudy;
  readonly gradient: GradientStudy;
  readonly nudge: NudgeStudy;
}

/** How far a study is, in runs of the model. */
export interface StudyProgress {
  readonly done: number;
  readonly total: number;
}
