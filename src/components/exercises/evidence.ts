/**
 * What passes between a figure and the exercise beside it, through signals that the chapter declares.
 * A figure publishes what it shows; an exercise marks in the figure what decided its verdict.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Attribution, AttributionRequest, GradientStudy } from "../../engine/attribute.ts";
import type { Target } from "../../engine/gradient.ts";
import type { AnyTrace, HeadRef, RunRequest } from "../../engine/model.ts";
import type { StudyProgress } from "../../engine/study.ts";
import type { Plain, Returned } from "../../sandbox/protocol.ts";

/** What a figure shows at this moment. Held in memory only: a chapter's signal starts as null. */
export interface Evidence {
  readonly figure: string;
  readonly trace: AnyTrace;
  /** From the live model; false while the stored result of the default text is shown. */
  readonly live: boolean;
  /** The one head that is shown alone, or null while several or none are. */
  readonly focus: HeadRef | null;
  /** Numbers that the figure shows at the moment, by name, for exercises that ask for one of them. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** For exercises on heads that are switched off. */
  readonly removal?: Removal;
  /** For exercises on attributions: what is followed in this run, and the model to ask. */
  readonly tracing?: Tracing;
  /** For exercises on attributions: the two methods that the figure compares. */
  readonly comparison?: Comparison;
  /** For exercises on attributions: what a check has asked of the model. */
  readonly traced?: Traced;
  /** For exercises in code: what a program gave back, run by run; whether the figure shows the first of these runs. */
  readonly code?: { readonly text: string; readonly runs: readonly CodeRun[]; readonly inFigure: boolean };
}

/** A stored run that a question can be settled on without its figure; plain data, which stands in the page's HTML. */
export interface StandIn {
  /** Its name in `src/stored/load.ts`. */
  readonly run: string;
  /** The numbers that the figure publishes for it. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** The question is about this run, whatever the figure shows; else only its solution falls back on it. */
  readonly alone?: boolean;
}

/** Heads that a figure has off in the run that it shows, and what came of it. */
export interface Removal {
  /** The text that was run, and the answer that the whole model should give. */
  readonly source: string;
  readonly answer: string;
  readonly off: readonly HeadRef[];
  /** The first choice now. */
  readonly says: string;
  /** The answer still is the first choice. */
  readonly stands: boolean;
  /** Probability of the answer now and with all heads on. */
  readonly share: number;
  readonly whole: number;
  /** All heads, the one that the answer needs most first; null until they were ranked. */
  readonly ranking: readonly HeadRef[] | null;
}

/** An output of a run that is explained. */
export interface Followed {
  readonly run: RunRequest;
  readonly target: Target;
}

/** A method with its options, whatever it is used on. */
export type MethodRequest = Omit<AttributionRequest, "run" | "targets">;

/** What a figure's model answers: from the live model or from what is stored of it, or in words why not. */
export type ModelAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly live: boolean }
  | { readonly ok: false; readonly message: string };

/** A figure's model, as exercises may ask it. One question at a time: a new one ends the one before. */
export interface Tracing {
  /** What the figure explains at the moment. */
  readonly followed: Followed;
  attribute(followed: Followed, request: MethodRequest): Promise<ModelAnswer<Attribution>>;
  gradient(followed: Followed): Promise<ModelAnswer<GradientStudy>>;
  /** How far the question under way is; null while there is none. */
  readonly progress: ReadonlySignal<StudyProgress | null>;
  /** Ends the question under way. */
  cancel(): void;
}

/** What checks have asked of the model: each exercise reads its own. */
export interface Traced {
  /** Scores of the offered tokens, by their places. */
  readonly scores?: Readonly<Record<number, number>>;
  /** The followed number of the text as it is. */
  readonly value?: number;
  /** Integrated gradients with so many steps: the gap as a share of the difference to the baseline. */
  readonly walk?: { readonly steps: number; readonly gap: number };
  /** The order in which a method puts the offered tokens, the most important first. */
  readonly order?: readonly number[];
}

/** Two methods on the figure's text. */
export interface Comparison {
  /** Spearman's ρ of their scores' sizes over the words. */
  readonly rho: number;
  /** The word that each puts first. */
  readonly first: string;
  readonly second: string;
}

/** What the reader's function gave back on one run, beside what the page computed itself. */
export interface CodeRun {
  /** The text of the run, for the words of a verdict. */
  readonly sentence: string;
  readonly returned: Returned;
  readonly expected: readonly Named[];
}

/** Numbers under a name: `right`, or the mix-up that they come from. */
export interface Named {
  readonly name: string;
  readonly value: Plain;
}

/** What a figure is asked to bring into view and mark. */
export interface Mark {
  readonly head?: HeadRef;
  /** Cells of the attention matrix, as query and key positions. */
  readonly cells?: readonly { readonly query: number; readonly key: number }[];
  /** Why, in words, shown beside the mark. */
  readonly label: string;
  /** Whether the figure is scrolled into view; only when the reader asked to be shown. Default: false. */
  readonly bring?: boolean;
}
