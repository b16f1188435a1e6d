/**
 * Stored answers of the figures that colour a text: one model's text, and what several methods make of it. Made by
 * `npm run store:attributions`; never edited by hand. Shape: `StoredAnswers` (version 1). When the format changes, raise `VERSION`
 * and run the program again: nothing migrates.
 */
import type { Attribution } from "../engine/attribute.ts";
import type { AnyTrace, Tensor } from "../engine/model.ts";
import { decodeAttribution, encodeAttribution, type StoredAttribution } from "./attribution.ts";
import { decodeTrace, encodeTrace, type StoredRun } from "./format.ts";

export const VERSION = 1;

/** Fields of a question, as the figure's URL has them; they are read with the same care. */
export type StoredQuestion = Readonly<Record<string, unknown>>;

export interface StoredAnswers {
  readonly version: number;
  readonly id: string;
  readonly model: string;
  /** What all answers have in common. */
  readonly question: StoredQuestion;
  /** What a figure asks at first, beyond that. */
  readonly start: StoredQuestion;
  /** The run without its attention. */
  readonly run: StoredRun;
  readonly answers: readonly StoredAnswer[];
}

/** An answer; `question` holds what differs, `run` another run where it is one. */
export interface StoredAnswer {
  readonly question: StoredQuestion;
  readonly run?: StoredRun;
  readonly attribution: StoredAttribution;
}

/** A run as these figures need it: tokens and predictions alone. */
export function encodeRun(id: string, trace: AnyTrace): StoredRun {
  const none: Tensor = { data: new Float32Array(), shape: [0, 0, 0, 0] };
  if (trace.target === null) return encodeTrace(id, { ...trace, attention: {}, roles: [] });
  return encodeTrace(id, { ...trace, attention: { encoder: none, decoder: none, cross: none }, roles: [] });
}

export function encodeAnswer(question: StoredQuestion, attribution: Attribution, run: StoredRun | null): StoredAnswer {
  return { question, ...(run && { run }), attribution: encodeAttribution(attribution) };
}

/** Reads answers by their place in the list; throws Error for another format, RangeError where there is no such place. */
export function decodeAnswers(stored: StoredAnswers) {
  if (stored.version !== VERSION) {
    throw new Error(
      `${stored.id} is stored in format ${stored.version}, not ${VERSION}: run npm run store:attributions`,
    );
  }
  return (at: number): { attribution: Attribution; trace: AnyTrace } => {
    const answer = stored.answers[at];
    if (!answer) throw new RangeError(`${stored.id} has no answer ${at}`);
    return { attribution: decodeAttribution(answer.attribution), trace: decodeTrace(answer.run ?? stored.run) };
  };
}
