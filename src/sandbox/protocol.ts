/**
 * What passes between the page and the closed frame in which a reader's code runs.
 *
 * The page makes a frame for every run and hands it one end of a message channel, of which the reader's code holds
 * nothing. Into the frame goes an `Order`; out of it come `Report`s, which the page reads as it would read a stranger's
 * letter (`read.ts`). No report is a verdict: what a function gave back is compared outside, in the page. One report is a
 * question to the live model, to which a `Reply` goes back in.
 */
import type { ByStack } from "../engine/gradient.ts";
import type { Alignment, AttentionKind, RoleScores, Tensor, Token } from "../engine/model.ts";

/** A run of a model as the reader's code sees it; hidden states and logits stay outside. */
export interface GivenTrace {
  readonly model: string;
  readonly source: readonly Token[];
  /** Empty where the model has a single stack. */
  readonly written: readonly Token[];
  readonly read: readonly Token[];
  /** `[layer, head, query, key]`; a kind that the model lacks is left out. */
  readonly attention: Readonly<Partial<Record<AttentionKind, Tensor>>>;
  readonly roles: readonly RoleScores[];
  /** Gold word alignment of this pair, where it is known. */
  readonly gold: Alignment | null;
  /** What goes into the model, and the gradient of the followed output; null where the page has none. */
  readonly gradients: GivenGradients | null;
}

/** Numbers of the embedding layer, `[token, width]` by stack. */
export interface GivenGradients {
  readonly embeddings: ByStack;
  readonly gradients: ByStack;
}

/** An argument: a value of the page by its name, or a value itself. */
export type Given = { readonly name: string } | { readonly value: Plain };

/** A call of the reader's function. */
export interface Call {
  readonly function: string;
  /** Its arguments, for each trace. */
  readonly given: readonly (readonly Given[])[];
}

/** What the frame is asked to do: the program is run on each trace; what it prints is taken from the first alone. */
export interface Order {
  /** Number of the run: a report of another run is dropped. */
  readonly run: number;
  readonly text: string;
  readonly traces: readonly GivenTrace[];
  /** Called on each trace; null to run the program alone. */
  readonly call: Call | null;
}

/** What code asks of the live model: a method by its name, with options that are numbers and words. */
export interface Asked {
  readonly method: string;
  readonly options: Readonly<Record<string, number | string>>;
}

/** Lists of numbers, however deep. */
export type Numbers = number | readonly Numbers[];

/** An attribution as code sees it. */
export interface Attributed {
  readonly method: string;
  /** By token of the source, or of all that a model with one stack reads; by layer and token where the method has layers. */
  readonly source: Numbers | null;
  /** The same of what the decoder reads; null for a model with one stack. */
  readonly target: Numbers | null;
  /** By kind of attention, layer and head, where the method scores heads. */
  readonly heads: Readonly<Partial<Record<AttentionKind, Numbers>>> | null;
  /** The followed number, and what it is at the baseline where the method has one. */
  readonly value: number;
  readonly baseline: number | null;
  /** Runs of the model, forward and backward. */
  readonly runs: number;
}

/** The page's answer: the attribution, or in words why there is none. */
export type Answered =
  | { readonly ok: true; readonly value: Attributed }
  | { readonly ok: false; readonly message: string };

/** What goes into the frame after the order: an answer, with the number of its question. */
export interface Reply {
  readonly id: number;
  readonly answered: Answered;
}

/** Numbers, texts and lists of them: all that comes out of a frame. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** Rows and columns with names. `more` says what was left out, in words; empty for nothing. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (number | string)[] }[];
  readonly more: string;
}

export type PlotKind = "bars" | "line" | "matrix";

/** Values to be drawn by the page: one row for bars and lines, several for a matrix. */
export interface Plot {
  readonly kind: PlotKind;
  readonly values: readonly (readonly number[])[];
  /** Names of the columns, and of the rows of a matrix; empty where none were given. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly title: string;
  readonly more: string;
}

/** Something that the reader's code shows. */
export type Shown =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "table"; readonly table: Table }
  | { readonly type: "plot"; readonly plot: Plot };

/** Why code stopped: in words, with the line in the reader's own text where one is known. */
export interface Fault {
  readonly message: string;
  readonly line: number | null;
}

/** What the reader's function gave back on one trace. */
export type Returned = { readonly ok: true; readonly value: Plain } | { readonly ok: false; readonly fault: Fault };

/** What comes out of the frame. `ready` comes before the first line of the reader's code runs. */
export type Report =
  | { readonly type: "ready" }
  | { readonly type: "shown"; readonly shown: Shown }
  /** The value of the program's last expression. */
  | { readonly type: "value"; readonly shown: Shown }
  | { readonly type: "returned"; readonly trace: number; readonly returned: Returned }
  | { readonly type: "fault"; readonly fault: Fault }
  /** A question to the live model about one of the traces, under a number of its own. */
  | { readonly type: "ask"; readonly id: number; readonly trace: number; readonly asked: Asked }
  | { readonly type: "done" };

/** A report with the number of its run. */
export interface Sealed {
  readonly run: number;
  readonly report: Report;
}

/** What one run may show; both sides hold to it. */
export const LIMITS = {
  /** Milliseconds from the order to the end, … */
  milliseconds: 2700,
  /** … of which the code itself has at most so many, and at least so many where the frame was slow to come up. */
  running: { most: 2000, least: 1000 },
  /** Milliseconds for the frame to come up. */
  start: 10_000,
  /** Milliseconds of a whole run, the time that the live model takes for its answers included. */
  whole: 120_000,
  /** Questions to the live model. */
  asks: 24,
  /** Options of a question. */
  options: 12,
  /** Numbers of the gradient that are handed in. */
  gradients: 400_000,
  /** Characters of the program. */
  program: 20_000,
  /** How many things a run may show. */
  shown: 100,
  /** Characters of one text. */
  text: 4000,
  /** Characters of one cell, name or title. */
  name: 80,
  rows: 60,
  columns: 40,
  /** Values of bars or of a line. */
  points: 400,
  /** Numbers, texts and lists in what a function gives back. */
  returned: 20_000,
  /** Lists within lists in what a function gives back. */
  depth: 8,
  /** Calls that a stack trace goes down, to find the reader's own line. */
  trace: 30,
} as const;
