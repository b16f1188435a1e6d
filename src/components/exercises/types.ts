/**
 * What an exercise is: its kind, what is answered, what counts as right, and what a verdict says.
 * Words of a lesson stand in the chapters; a verdict only names the explanation to show and the numbers to fill in.
 */
import type { Alignment, AttentionKind, HeadRef, Role } from "../../engine/model.ts";
import type { Evidence, Mark, MethodRequest } from "./evidence.ts";

/** A cell of an attention matrix, as positions counted from 0. */
export interface Cell {
  readonly query: number;
  readonly key: number;
}

/** "No head does this" is an answer like any other. */
export type HeadAnswer = HeadRef | "none";

/** Which token will get much attention, from which token, in which part of the model. */
export interface Guess extends Cell {
  readonly kind: AttentionKind;
}

/** Cells that were clicked, with the size of the matrix that they were clicked in. */
export interface CellAnswer {
  readonly cells: readonly Cell[];
  readonly rows: number;
  readonly columns: number;
}

/** Tokens that were chosen, by place, with how many there were to choose from. */
export interface TokenAnswer {
  readonly places: readonly number[];
  readonly tokens: number;
}

/** What the reader answers, for each kind of exercise. Plain data: it is stored and exported as JSON. */
export interface Answers {
  numeric: number;
  choice: string;
  head: HeadAnswer;
  /** The one head that the figure shows; "none" while it shows several. */
  show: HeadAnswer;
  predict: Guess;
  cells: CellAnswer;
  /** Names of the steps, first to last. */
  order: readonly string[];
  tokens: TokenAnswer;
  several: readonly string[];
  /** The heads that the figure has off. */
  off: readonly HeadRef[];
  /** The number that the figure shows. */
  reach: number;
  /** The token that a method is believed to put first. */
  bet: TokenAnswer;
  /** ρ of the two methods that the figure compares. */
  disagree: number;
  /** A number of steps. */
  steps: number;
  /** Tokens that were taken away, one at a time, in this order. */
  flip: TokenAnswer;
  /** The text of the program; what it gave back is measured on every check. */
  code: string;
}

export type Kind = keyof Answers;

/** A number that a trace settles: see `quantities.ts`. A plain number stands for itself. */
export type QuantityName =
  | "encoder.layers"
  | "decoder.layers"
  | "layers.together"
  | "heads"
  | "encoder.heads"
  | "cross.heads"
  | "heads.together"
  | "source.tokens"
  | "target.tokens"
  | "decoder.cells"
  | "decoder.allowed"
  | "decoder.forbidden";

/** A number that the figure publishes beside its run, such as `shown.score`: see `numbers` of the evidence. */
export type ShownName = `shown.${string}`;

/** In how many heads of a part the row of one word puts more than `above` on another. */
export interface HeadCount {
  readonly part: AttentionKind;
  /** The word of the query row, named as in the figures. */
  readonly from: string;
  readonly to: string;
  readonly above: number;
}

/** What is measured on a head: how strongly it plays a role, or its weight on one cell, named by its two words. */
export type HeadMeasure =
  | { readonly role: Role }
  | {
      /** The word that is being written (decoder, cross) or read (encoder) in the query row. */
      readonly from: string;
      /** The word that is looked at. */
      readonly to: string;
    };

/** The tokens of a text that are meant, by what they are or by what looks at them. */
export type TokenRule =
  /** Added by the model's format; part of the instruction; one of several pieces of a word. */
  | { readonly are: "special" | "instruction" | "pieces" }
  /** Gets more than `above` from the row of a word, in some head of a part. */
  | { readonly part: AttentionKind; readonly from: string; readonly above: number }
  /** The one for which the figure publishes the largest number under this name, as `<name>.<place>`. */
  | { readonly most: string }
  /** Those for which it is below a limit. */
  | { readonly below: string; readonly limit: number };

/** Which tokens a click chooses among. */
export type TokenSide = "source" | "read" | "written";

/** What the reader's function is to compute: see `tasks.ts`. */
export type TaskName = "looked-at" | "alignment" | "input-x-gradient" | "completeness";

/** A run on which the reader's function is called. */
export interface CodeCase {
  /** A stored run, by its name. For the first case the figure's run is taken where it can settle the question. */
  readonly run: string;
  /** The word that the task asks about. */
  readonly word?: string;
  /** Gold word alignment of the pair. */
  readonly gold?: Alignment;
  /** For integrated gradients. */
  readonly steps?: number;
}

/** What counts as right, for each kind of exercise: always a rule, never the number of a head. */
export interface Keys {
  numeric: {
    readonly value: QuantityName | ShownName | HeadCount | number;
    readonly tolerance: number;
    /** Wrong numbers that are known mix-ups, by the names of their quantities. */
    readonly traps: readonly string[];
  };
  choice: { readonly right: readonly string[]; readonly choices: readonly string[] };
  head: {
    readonly kind: AttentionKind;
    readonly measure: HeadMeasure;
    /** A head passes with at least this share of the best head's score, 0 to leave it to the floor, … */
    readonly share: number;
    /** … and at least this score. If no head reaches it, "no head" is the right answer. */
    readonly floor: number;
  };
  /** Any single head of the last layer of this part of the model. */
  show: { readonly kind: AttentionKind };
  predict: {
    /** A weight from which on a token "gets much". */
    readonly much: number;
    /** The part of the model that the solution speaks of; all of it where left out. */
    readonly part?: AttentionKind;
  };
  cells: { readonly kind: AttentionKind };
  /** The steps in their right order. */
  order: { readonly steps: readonly string[] };
  tokens: { readonly side: TokenSide; readonly rule: TokenRule };
  several: { readonly right: readonly string[]; readonly choices: readonly string[] };
  /** A live run on which the number is at least so large. */
  reach: { readonly value: ShownName; readonly least: number };
  off: {
    /** As few heads as it takes to flip the answer, or the one that it needs most. */
    readonly goal: "flip" | "strongest";
    /** The text of the figure on which the question stands. */
    readonly source: string;
    /** How many heads are enough. */
    readonly most: number;
  };
  /** How a method orders the words of a side, by the size of their scores. */
  bet: { readonly side: TokenSide; readonly request: MethodRequest };
  /** A text of the reader's on which the two methods put another word first, with ρ below so much. */
  disagree: { readonly below: number };
  /** Steps with which the gap is below a share of the difference to the baseline, and no more than are enough. */
  steps: {
    readonly bound: number;
    readonly enough: number;
    readonly most: number;
    readonly rule: "riemann" | "gauss-legendre";
  };
  /** One word, of those not left out, whose removal turns the followed difference round. */
  flip: { readonly side: TokenSide; readonly except: readonly string[] };
  code: { readonly task: TaskName; readonly cases: readonly CodeCase[] };
}

/** `unsettled`: what is shown at the moment cannot settle the question; the try does not count. */
export type VerdictState = "right" | "close" | "wrong" | "unsettled";

/** Numbers and tokens that an explanation's {placeholders} are filled with. */
export type Facts = Readonly<Record<string, number | string>>;

export interface Verdict {
  readonly state: VerdictState;
  /** Which explanation to show. */
  readonly why: string;
  readonly facts: Facts;
  /** What in the figure decided it. */
  readonly mark?: Mark;
}

/** The numbers that a verdict came from. */
export type Source = "live" | "stored" | "none";

/** Right answer of an exercise, for "show me": the answer itself, and the numbers that its text speaks of. */
export interface Solution<K extends Kind> {
  readonly answer: Answers[K] | null;
  readonly facts: Facts;
  readonly mark?: Mark;
}

/** The rules of one kind, as pure functions. `answer` is null before anything was answered. */
export interface Checker<K extends Kind> {
  check(answer: Answers[K] | null, key: Keys[K], evidence: Evidence | null): Verdict;
  solve(key: Keys[K], evidence: Evidence | null): Solution<K>;
  /** Explanations that an author must write for this key, so that no wrong answer stays without one. */
  explanations(key: Keys[K]): readonly string[];
  /** Names that an explanation or the solution may use as {placeholders}. */
  readonly facts: readonly string[];
  /** The states that end the exercise. */
  readonly ends: readonly VerdictState[];
  /** Whether the verdict comes from a trace. */
  measured(key: Keys[K]): boolean;
}

/** The verdict while there is nothing to measure yet. */
export function unsettled(why: UnsettledReason, facts: Facts = {}): Verdict {
  return { state: "unsettled", why, facts };
}

/** Reasons that every exercise can meet; their words are the page's own, in `words.ts`. */
export type UnsettledReason =
  | "no-answer"
  | "no-figure"
  | "other-text"
  | "other-size"
  | "forced"
  | "not-run"
  | "none-off"
  | "not-ranked"
  | "not-asked"
  | "one-method";
