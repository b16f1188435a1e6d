/** Means with their uncertainty, and rank correlation. */
import { sampleCorrelation, sampleRankCorrelation } from "simple-statistics";
import { below, seeded } from "../../lib/random.ts";

/** The mean over sentences of several values, with the ends of an interval around each. */
export interface Interval {
  /** `[value]` */
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** How often the sentences are drawn anew. */
const RESAMPLES = 1000;
/** Share of the drawn means that the interval holds. */
const LEVEL = 0.95;
const SEED = 1;

/** The mean over sentences of each value: `[value]`, from `[sentence][value]`. */
export function meanOf(sentences: readonly ArrayLike<number>[]): Float64Array {
  const mean = new Float64Array(sentences[0]?.length ?? 0);
  for (const values of sentences) {
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] ?? 0) + (values[at] ?? 0);
  }
  return mean.map((sum) => sum / sentences.length);
}

/**
 * Means with a percentile bootstrap: as many sentences as there are, drawn anew with replacement a thousand times; the interval
 * holds the middle 95 % of the thousand means (Efron & Tibshirani 1993, "An Introduction to the Bootstrap", ch. 13). All values
 * of a sentence are drawn together. With one sentence the interval has no width; that says nothing of how sure the mean is.
 *
 * @param sentences `[sentence][value]`
 */
export function bootstrapMean(sentences: readonly ArrayLike<number>[], seed = SEED): Interval {
  const width = sentences[0]?.length ?? 0;
  const means = drawnMeans(flat(sentences, width), sentences.length, width, seed);
  const low = new Float64Array(width);
  const high = new Float64Array(width);
  for (let value = 0; value < width; value++) {
    const sorted = means.subarray(value * RESAMPLES, (value + 1) * RESAMPLES).sort();
    low[value] = quantile(sorted, (1 - LEVEL) / 2);
    high[value] = quantile(sorted, (1 + LEVEL) / 2);
  }
  return { mean: meanOf(sentences), low, high };
}

/** One list after the other, all in 64 bits: the loop over draws is fastest on a single kind of array. */
function flat(sentences: readonly ArrayLike<number>[], width: number): Float64Array {
  const values = new Float64Array(sentences.length * width);
  for (const [sentence, own] of sentences.entries()) values.set(own, sentence * width);
  return values;
}

/** The mean of every value in each draw: `[value, draw]`, from `[sentence, value]`. */
function drawnMeans(values: Float64Array, sentences: number, width: number, seed: number): Float64Array {
  const random = seeded(seed);
  const means = new Float64Array(width * RESAMPLES);
  const sum = new Float64Array(width);
  for (let draw = 0; draw < RESAMPLES; draw++) {
    sum.fill(0);
    for (let i = 0; i < sentences; i++) {
      const from = below(random, sentences) * width;
      for (let value = 0; value < width; value++) sum[value] = (sum[value] ?? 0) + (values[from + value] ?? 0);
    }
    for (let value = 0; value < width; value++) means[value * RESAMPLES + draw] = (sum[value] ?? 0) / sentences;
  }
  return means;
}

/** A quantile of sorted numbers, linear between neighbours (as `numpy.quantile`); NaN of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const left = sorted[Math.floor(place)] ?? Number.NaN;
  const right = sorted[Math.ceil(place)] ?? Number.NaN;
  return left + (right - left) * (place - Math.floor(place));
}

/**
 * Spearman's ρ: how far two lists put the same things in the same order, from −1 to 1. Equal numbers share the mean of their
 * ranks. NaN where a list has no order: fewer than two numbers, or all equal.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a.length < 2 ? Number.NaN : sampleRankCorrelation(Array.from(a), Array.from(b));
}

/** Pearson's r: how close two lists come to a straight line, from −1 to 1. NaN of fewer than two numbers, or all equal. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a.length < 2 ? Number.NaN : sampleCorrelation(Array.from(a), Array.from(b));
}
