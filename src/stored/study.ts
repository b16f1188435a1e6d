/**
 * Stored studies: scores of every head of a model over a corpus, for the first paint and for readers without a running model.
 *
 * Made by `npm run store:studies`; never edited by hand. Shape: `StoredStudy` (version 1). When the format changes, raise
 * `VERSION` and run the program again: nothing migrates.
 */
import type { AttentionKind, Tensor } from "../engine/model.ts";
import type { Corpus, HeadScores, HeadStudy, Measure } from "../engine/study.ts";

/** The format that `decodeStudy` reads. */
export const VERSION = 1;

/** Numbers are whole thousandths. */
const STEPS = 1000;

/** One measure of every head of a kind. `measure` and `kind` are plain strings because JSON modules type them so. */
export interface StoredScores {
  readonly measure: string;
  readonly kind: string;
  /** `[layer, head]` */
  readonly shape: readonly number[];
  /** Thousandths, row-major. */
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly sentences: number;
  readonly rows: number;
  readonly offset: { readonly score: number; readonly by: number } | null;
  readonly even: number | null;
}

/** One study. */
export interface StoredStudy {
  readonly version: number;
  readonly model: string;
  readonly corpus: string;
  readonly sentences: number;
  readonly scores: readonly StoredScores[];
}

/**
 * A study as it is stored.
 *
 * @param least sentences that a measure must have been taken on to be kept
 */
export function encodeStudy({ model, corpus, sentences, scores }: HeadStudy, least = 1): StoredStudy {
  const kept = scores.filter((each) => each.sentences >= least).map(encodeScores);
  return { version: VERSION, model, corpus, sentences, scores: kept };
}

/** The study that was stored. */
export function decodeStudy(stored: StoredStudy): HeadStudy {
  const { version, model, corpus, sentences, scores } = stored;
  if (version !== VERSION)
    throw new Error(`${model} is stored in format ${version}, not ${VERSION}: run npm run store`);
  return { model, corpus: corpus as Corpus["kind"], sentences, scores: scores.map(decodeScores) };
}

function encodeScores({ mean, low, high, offset, even, ...rest }: HeadScores): StoredScores {
  return {
    ...rest,
    shape: mean.shape,
    mean: thousandths(mean),
    low: thousandths(low),
    high: thousandths(high),
    offset: offset && { by: offset.by, score: rounded(offset.score) },
    even: even === null ? null : rounded(even),
  };
}

function decodeScores({ shape, mean, low, high, measure, kind, ...rest }: StoredScores): HeadScores {
  const tensor = (values: readonly number[]): Tensor => ({
    data: Float32Array.from(values, (value) => value / STEPS),
    shape,
  });
  return {
    ...rest,
    measure: measure as Measure,
    kind: kind as AttentionKind,
    mean: tensor(mean),
    low: tensor(low),
    high: tensor(high),
  };
}

function thousandths({ data }: Tensor): number[] {
  return Array.from(data, (value) => Math.round(value * STEPS));
}

function rounded(value: number): number {
  return Math.round(value * STEPS) / STEPS;
}
