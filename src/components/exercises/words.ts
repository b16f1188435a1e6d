/** The words of the exercises' own controls and states; everything about a lesson stands in the chapters. */
import type { AttentionKind, HeadRef } from "../../engine/model.ts";
import type { Kind, Source, VerdictState } from "./types.ts";

/** A kind of attention, as a part of the model. */
export const KIND_WORDS: Readonly<Record<AttentionKind, string>> = {
  encoder: "Encoder",
  decoder: "Decoder",
  cross: "Cross-attention",
};

/** The number of a layer or head as the figures write it: counted from 1. */
export function ordinal(index: number): number {
  return index + 1;
}

/** A head by its place. */
export function headWords({ kind, layer, head }: HeadRef): string {
  return `${KIND_WORDS[kind]}, layer ${ordinal(layer)}, head ${ordinal(head)}`;
}

const JUDGED: Readonly<Record<VerdictState, string>> = {
  right: "Right",
  close: "Nearly",
  wrong: "Not yet",
  unsettled: "Not settled",
};

const COMPARED: Readonly<Record<VerdictState, string>> = {
  right: "As you predicted",
  close: "Partly as you predicted",
  wrong: "Other than you predicted",
  unsettled: "Not settled",
};

/** The verdict in a word or three; a prediction is compared, not judged. */
export function stateWords(kind: Kind, state: VerdictState): string {
  return kind === "predict" || kind === "bet" ? COMPARED[state] : JUDGED[state];
}

/** A sign beside the words, never instead of them. */
export const STATE_SIGNS: Readonly<Record<VerdictState, string>> = {
  right: "✓",
  close: "≈",
  wrong: "✕",
  unsettled: "·",
};

/** Where the numbers of a verdict came from. */
export const SOURCE_WORDS: Readonly<Record<Source, string>> = {
  live: "measured on the live model",
  stored: "measured on the stored run",
  none: "",
};

/** Said where the rules of an exercise could not be fetched. */
export const NOT_FETCHED = "The page could not fetch what it needs to check this. Check your connection and try again.";

/** Said in place of an answer that cannot be read as a number. */
export const NOT_A_NUMBER = "That does not read as a number. Write it like 3 or 0.5.";

/** What a prediction asks for. */
export const PREDICT_WORDS = {
  part: "In which part of the model",
  from: {
    encoder: "From which token",
    decoder: "From which token, just read",
    cross: "From which token, while it is being written",
  },
  to: "To which token",
  incomplete: "Choose a part of the model and two tokens first.",
} as const;

/** How the grid of cells is worked. */
export const CELL_WORDS = {
  mouse: "Click a cell, or drag over several. Shift-click takes the rest of its row.",
  keys: "Keyboard: arrows move, Space marks, Shift + Space takes the rest of the row.",
} as const;

/** How steps are put in order. */
export const ORDER_WORDS = {
  legend: "First to last",
  up: "up",
  down: "down",
  moved: (step: string, place: number, steps: number) => `${step}: now ${place} of ${steps}.`,
} as const;

/** How tokens and several sentences are chosen. */
export const CHOOSE_WORDS = { token: "Choose one", tokens: "Choose tokens", several: "Choose all that hold" } as const;

/** Of exercises in code: beside a program that solves one, on its main button, and where the editor cannot be fetched. */
export const CODE_WORDS = {
  solution: "A program that does it",
  check: "Check on other sentences",
  failed: "The editor could not be fetched. Check your connection and press the button again.",
} as const;

/** What the figure shows, as an answer. */
export const SHOW_WORDS = { now: "The figure shows now:", several: "not a single head" } as const;

/** What the figure's own sentence has come to, as an answer. */
export const REACH_WORDS = {
  now: "The figure shows now:",
  stored: "the stored sentence, not yet yours",
  live: (value: number) => `your sentence, with ${value}`,
} as const;

/** While the model is asked on behalf of an exercise. */
export const ASK_WORDS = {
  waiting: "Waiting for the model …",
  at: (done: number, total: number) => `The model is at work: ${done} of ${total} runs.`,
  stop: "Stop",
} as const;

/** A bet on a method's first word. */
export const BET_WORDS = { legend: "Which word", bet: "Place the bet", compare: "Compare" } as const;

/** What two methods make of the figure's sentence, as an answer. */
export const DISAGREE_WORDS = {
  now: "The figure shows now:",
  none: "one method alone",
  stored: "the stored sentence, not yet yours",
  live: (rho: string, first: string, second: string) =>
    first === second ? `ρ = ${rho}; both put “${first}” first` : `ρ = ${rho}; “${first}” against “${second}”`,
} as const;

/** A number of steps, as an answer. */
export const STEP_WORDS = {
  label: "Steps",
  run: "Walk the path",
  range: (most: number) => `Write a whole number from 1 to ${most}.`,
} as const;

/** Words that are taken away, as an answer. */
export const AWAY_WORDS = {
  legend: "Take away",
  tried: "Taken away so far:",
  none: "nothing",
  check: "Take it away",
  again: "You have tried this word. Choose another one.",
} as const;

/** Heads that the figure has off, as an answer. */
export const OFF_WORDS = { now: "Off in the figure’s run:", none: "none" } as const;

/** Beside the head that is being picked, in the figure. */
export const PICK_WORDS = { picked: "your pick" } as const;

/** "1 try", "2 tries". */
export function triesWords(tries: number): string {
  return `${tries} ${tries === 1 ? "try" : "tries"}`;
}

/** Said after a reset and after its undo. */
export const RESET_WORDS = { done: "Reset. It can be undone.", undone: "The answer is back." } as const;
