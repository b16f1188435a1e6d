/**
 * Stored answers of the figures that colour a text: one model's text, and what several methods make of it. Made by
 * `npm run store:attributions`; never edited by hand. Shape: `StoredAnswers` (version 1). When the format changes, raise `VERSION`
 * and run the program again: nothing migrates.
 */
import type { Attribution, BySide, MethodId, TokenAttribution } from "../engine/attribute.ts";
import type { Target } from "../engine/gradient.ts";
import type { AnyTrace, Tensor } from "../engine/model.ts";
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

/** Scores by side with five figures, row after row. */
interface StoredSides {
  readonly source: readonly number[];
  readonly target: readonly number[] | null;
}

/** An answer; `question` holds what differs, `run` another run where it is one. The tokens are those of the run. */
export interface StoredAnswer {
  readonly question: StoredQuestion;
  readonly run?: StoredRun;
  /** Plain strings inside because JSON modules type them so. */
  readonly method: string;
  readonly targets: readonly (Readonly<Record<string, unknown>> & { readonly kind: string })[];
  readonly values: readonly number[];
  readonly scores: StoredSides;
  readonly signed: boolean;
  readonly completeness: { readonly baseline: readonly number[]; readonly gap: readonly number[] } | null;
  readonly error: StoredSides | null;
  readonly cost: TokenAttribution["cost"];
}

/** A run as these figures need it: tokens and predictions alone. */
export function encodeRun(id: string, trace: AnyTrace): StoredRun {
  const none: Tensor = { data: new Float32Array(), shape: [0, 0, 0, 0] };
  if (trace.target === null) return encodeTrace(id, { ...trace, attention: {}, roles: [] });
  return encodeTrace(id, { ...trace, attention: { encoder: none, decoder: none, cross: none }, roles: [] });
}

/** An answer without its tokens and paths. Throws RangeError for a method that scores no tokens. */
export function encodeAnswer(question: StoredQuestion, attribution: Attribution, run: StoredRun | null): StoredAnswer {
  if (attribution.of !== "tokens") throw new RangeError(`${attribution.method} gives tokens no score of their own`);
  const { method, targets, values, scores, signed, completeness, error, cost } = attribution;
  return {
    question,
    ...(run && { run }),
    method,
    targets: targets.map((target) => ({ ...target })),
    values: numbers(values),
    scores: encodeSides(scores),
    signed,
    completeness: completeness && { baseline: numbers(completeness.baseline), gap: numbers(completeness.gap) },
    error: error && encodeSides(error),
    cost: { ...cost, milliseconds: Math.round(cost.milliseconds) },
  };
}

/** Reads answers by their place in the list; throws Error for another format, RangeError where there is no such place. */
export function decodeAnswers(
  stored: StoredAnswers,
): (at: number) => { attribution: TokenAttribution; trace: AnyTrace } {
  if (stored.version !== VERSION) {
    throw new Error(
      `${stored.id} is stored in format ${stored.version}, not ${VERSION}: run npm run store:attributions`,
    );
  }
  return (at) => {
    const answer = stored.answers[at];
    if (!answer) throw new RangeError(`${stored.id} has no answer ${at}`);
    const trace = decodeTrace(answer.run ?? stored.run);
    return { attribution: decodeAnswer(stored.model, answer, trace), trace };
  };
}

function decodeAnswer(model: string, answer: StoredAnswer, trace: AnyTrace): TokenAttribution {
  const { method, targets, values, scores, signed, completeness, error, cost } = answer;
  const [source, target] = [trace.source.tokens, trace.target?.read ?? null];
  const sides = ({ source: left, target: right }: StoredSides): BySide => ({
    source: tensor(left, targets.length, source.length),
    target: right && tensor(right, targets.length, target?.length ?? 0),
  });
  return {
    of: "tokens",
    model,
    method: method as MethodId,
    source,
    target,
    targets: targets as unknown as readonly Target[],
    values: Float32Array.from(values),
    scores: sides(scores),
    signed,
    completeness: completeness && {
      baseline: Float32Array.from(completeness.baseline),
      gap: Float32Array.from(completeness.gap),
    },
    error: error && sides(error),
    paths: null,
    cost,
  };
}

function encodeSides({ source, target }: BySide): StoredSides {
  return { source: numbers(source.data), target: target && numbers(target.data) };
}

function tensor(list: readonly number[], rows: number, width: number): Tensor {
  if (list.length !== rows * width) throw new RangeError(`expected ${rows} × ${width} scores, found ${list.length}`);
  return { data: Float32Array.from(list), shape: [rows, width] };
}

function numbers(values: Float32Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(5)));
}
