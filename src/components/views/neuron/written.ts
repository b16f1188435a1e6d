/**
 * The arithmetic of one key written out with few decimals, so that a reader can follow it with a calculator: every number is
 * computed from the numbers shown before it. As many decimals are taken as it needs to arrive at the model's weight.
 */
import type { HeadInside } from "../../../engine/model.ts";
import { type QuerySteps, rowOf } from "./querySteps.ts";

/** One product of a sum, as text. */
export interface WrittenTerm {
  /** Dimension or key, counted from 0. */
  readonly at: number;
  readonly left: string;
  readonly right: string;
  readonly product: string;
}

/** From q and k to the weight. */
export interface WrittenKey {
  /** In the order of the dimensions. */
  readonly terms: readonly WrittenTerm[];
  readonly dot: string;
  readonly scaled: string;
  readonly bias: string;
  /** Scaled + bias; "−∞" where the mask forbids the key. */
  readonly score: string;
  readonly top: string;
  /** e^(score − top). */
  readonly power: string;
  readonly total: string;
  readonly weight: string;
}

/** From the weights and the values to one number of the output. */
export interface WrittenOutput {
  /** In the order of the keys; those whose weight is written as 0 are left out. */
  readonly terms: readonly WrittenTerm[];
  readonly sum: string;
}

const FEWEST = 3;

/** Decimals of the sums in the picture. */
export const SEEN = 2;
const MOST = 9;

/** A number with so many decimals and a true minus sign; never "−0". */
export function decimal(value: number, decimals: number): string {
  if (value === -Infinity) return "−∞";
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** The number that a text of `decimal` stands for. */
export function numberOf(text: string): number {
  return text === "−∞" ? -Infinity : Number(text.replace("−", "-"));
}

/** A weight as it stands in the arithmetic: three decimals, five for small ones. */
export function weightDecimals(weight: number): number {
  return weight > 0 && weight < 0.01 ? 5 : 3;
}

/** Writes out one key. */
export function writeKey(inside: HeadInside, steps: QuerySteps, key: number): WrittenKey {
  let written = calculate(inside, steps, key, FEWEST);
  for (let decimals = FEWEST + 1; !arrives(written, steps, key) && decimals <= MOST; decimals++) {
    written = calculate(inside, steps, key, decimals);
  }
  return written;
}

/** Whether the written numbers are those that stand in the picture, with its two decimals, and end in the model's weight. */
function arrives(written: WrittenKey, steps: QuerySteps, key: number): boolean {
  const [dot = 0, score = 0, weight = 0] = [steps.dots[key], steps.scores[key], steps.weights[key]];
  return (
    decimal(numberOf(written.dot), SEEN) === decimal(dot, SEEN) &&
    decimal(numberOf(written.score), SEEN) === decimal(score, SEEN) &&
    written.weight === decimal(weight, weightDecimals(weight))
  );
}

function calculate(inside: HeadInside, steps: QuerySteps, key: number, decimals: number): WrittenKey {
  const k = rowOf(inside.key, key);
  const terms = Array.from(steps.q, (q, at) => term(at, q, k[at] ?? 0, decimals));
  const dot = decimal(sumOf(terms), decimals);
  const scaled = decimal(numberOf(dot) * inside.scale, decimals);
  const bias = decimal(rowOf(inside.bias, steps.query)[key] ?? 0, decimals);
  const score = decimal(numberOf(scaled) + numberOf(bias), decimals);
  // Of the largest score itself nothing is taken off.
  const top = steps.scores[key] === steps.largest ? score : decimal(steps.largest, decimals);
  const power = decimal(Math.exp(numberOf(score) - numberOf(top)), decimals);
  const total = decimal(steps.sum, decimals);
  const goal = steps.weights[key] ?? 0;
  const weight = decimal(numberOf(power) / numberOf(total), weightDecimals(goal));
  return { terms, dot, scaled, bias, score, top, power, total, weight };
}

/** Writes out one dimension of the output. */
export function writeOutput(inside: HeadInside, steps: QuerySteps, dimension: number): WrittenOutput {
  const wanted = decimal(steps.output[dimension] ?? 0, FEWEST);
  let written = addValues(inside, steps, dimension, FEWEST);
  for (let decimals = FEWEST + 1; written.sum !== wanted && decimals <= MOST; decimals++) {
    written = addValues(inside, steps, dimension, decimals);
  }
  return written;
}

function addValues(inside: HeadInside, steps: QuerySteps, dimension: number, decimals: number): WrittenOutput {
  const terms = Array.from(steps.weights, (weight, key) =>
    term(key, weight, rowOf(inside.value, key)[dimension] ?? 0, decimals),
  ).filter(({ left }) => numberOf(left) !== 0);
  return { terms, sum: decimal(sumOf(terms), FEWEST) };
}

function term(at: number, left: number, right: number, decimals: number): WrittenTerm {
  const [a, b] = [decimal(left, decimals), decimal(right, decimals)];
  return { at, left: a, right: b, product: decimal(numberOf(a) * numberOf(b), decimals) };
}

/** The sum of the products as they are written. */
function sumOf(terms: readonly WrittenTerm[]): number {
  return terms.reduce((sum, { product }) => sum + numberOf(product), 0);
}

/** The largest products first, and the sum of the others: a long sum made short, which still adds up. */
export function shorten(
  terms: readonly WrittenTerm[],
  keep: number,
): { readonly kept: readonly WrittenTerm[]; readonly others: number; readonly rest: string } {
  const sorted = [...terms].sort((a, b) => Math.abs(numberOf(b.product)) - Math.abs(numberOf(a.product)));
  const rest = sorted.slice(keep);
  const decimals = terms[0]?.product.split(".")[1]?.length ?? FEWEST;
  return { kept: sorted.slice(0, keep), others: rest.length, rest: decimal(sumOf(rest), decimals) };
}
