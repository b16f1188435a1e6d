/** What a neuron view says: names of its steps, how each is computed in this head, and the sentence under the picture. */
import type { HeadInside } from "../../../engine/model.ts";
import { percentText, weightText } from "../../../lib/format.ts";
import { quoted } from "../tokens/face.ts";
import type { QuerySteps } from "./querySteps.ts";
import { decimal } from "./written.ts";

/** The steps, counted from 1. */
export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6;
export const STEPS: readonly StepNumber[] = [1, 2, 3, 4, 5, 6];

/** How a head comes from dot products to scores; read from its numbers, not from its name. */
export interface Manner {
  /** Divided by √(head width). */
  readonly scaled: boolean;
  /** Something learned is added that depends on the distance. */
  readonly biased: boolean;
  /** Some keys are forbidden. */
  readonly masked: boolean;
}

export function mannerOf({ scale, bias }: HeadInside): Manner {
  return {
    scaled: scale !== 1,
    biased: bias.data.some((value) => value !== 0 && value !== -Infinity),
    masked: bias.data.some((value) => value === -Infinity),
  };
}

/** Width of the head: how many dimensions q, k and v have. */
export function widthOf(inside: HeadInside): number {
  return inside.query.shape[1] ?? 0;
}

const NAMES: Readonly<Record<StepNumber, string>> = {
  1: "Query and keys",
  2: "Multiply",
  3: "Add up",
  4: "Score",
  5: "Softmax",
  6: "Mix the values",
};

export function stepName(step: StepNumber): string {
  return NAMES[step];
}

/** The step as a formula, for the head that is shown. */
export function stepFormula(step: StepNumber, inside: HeadInside): string {
  if (step === 4) return scoreFormula(inside);
  return { 1: "q and k", 2: "q × k", 3: "Σ q × k", 5: "eˢ ÷ Σ eˢ", 6: "Σ weight × v" }[step];
}

function scoreFormula(inside: HeadInside): string {
  const { scaled, biased } = mannerOf(inside);
  if (scaled) return `÷ √${widthOf(inside)}`;
  return biased ? "+ bias" : "as it is";
}

/** How this head scores, in a sentence. */
export function mannerText(inside: HeadInside): string {
  const { scaled, biased, masked } = mannerOf(inside);
  const scale = scaled
    ? `Dot products are divided by √${widthOf(inside)} = ${decimal(1 / inside.scale, 2)}`
    : "Dot products are not scaled";
  const bias = biased ? `${scaled ? " and" : ", but"} a learned bias for the distance is added` : "";
  const mask = masked ? "; later keys are struck out: their score is −∞, their weight 0" : "; no key is struck out";
  return `${scale}${bias}${mask}.`;
}

/** What happened to q and k before, which their numbers do not tell; null where nothing did. */
export function beforeText(architecture: string): string | null {
  return architecture.startsWith("Llama")
    ? "Queries and keys are shown as they are used: turned by an angle that grows with the position. Several heads share their keys and values."
    : null;
}

/** The sentence under the picture; of a step that is still folded it tells nothing. */
export function neuronReading(inside: HeadInside, steps: QuerySteps, key: number, open: number): string {
  const { layer, head } = inside.head;
  const from = quoted(inside.queries[steps.query]?.piece ?? "");
  const to = quoted(inside.keys[key]?.piece ?? "");
  const place = `Layer ${layer + 1}, head ${head + 1}: from ${from} to ${to}`;
  const score = steps.scores[key] ?? 0;
  if (score === -Infinity) return `${place} the weight is 0, because the mask forbids a token to look ahead.`;
  const weight = steps.weights[key] ?? 0;
  const parts = [
    [3, `q · k is ${decimal(steps.dots[key] ?? 0, 2)}`],
    [4, `the score ${decimal(score, 2)}`],
    [5, `the weight ${weightText(weight)}: ${rankText(steps.weights, weight)}`],
  ] as const;
  return `${[place, ...parts.flatMap(([step, words]) => (step <= open ? [words] : []))].join(", ")}.`;
}

function rankText(weights: ArrayLike<number>, weight: number): string {
  const rank = 1 + Array.from(weights).filter((other) => other > weight).length;
  return `${rank === 1 ? "the largest" : `rank ${rank}`} of ${weights.length} keys`;
}

/** What the keys that are not drawn hold; null where all are drawn. */
export function leftOutText(steps: QuerySteps, shown: readonly number[]): string | null {
  if (shown.length === steps.weights.length) return null;
  const held = shown.reduce((sum, key) => sum + (steps.weights[key] ?? 0), 0);
  return `Shown are the ${shown.length} of ${steps.weights.length} keys with most weight; the others hold ${percentText(Math.max(0, 1 - held))}.`;
}

/** A difference that is all rounding, as "3.0 × 10⁻⁷". */
export function smallText(value: number): string {
  if (value === 0) return "0";
  const [digits = "", exponent = "0"] = value.toExponential(1).split("e");
  const raised = Array.from(String(Math.abs(Number(exponent))), (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "").join("");
  return `${digits} × 10${Number(exponent) < 0 ? "⁻" : ""}${raised}`;
}
