/** The figure’s words for heads and numbers. */
import type { HeadRef, ModelInfo } from "../../../engine/model.ts";
import type { HeadOrders, HeadSweep, StudyProgress } from "../../../engine/study.ts";
import type { Fill } from "../../../stored/said.ts";
import { kindName } from "../../views/attention/picture.ts";

/** "Layer 2, head 1", with the kind of attention where a model has several. */
export function headWords(head: HeadRef, { family }: ModelInfo): string {
  const place = `layer ${head.layer + 1}, head ${head.head + 1}`;
  return family === "encoder-decoder" ? `${kindName({ kind: head.kind, lone: false })}, ${place}` : place;
}

/** A probability with as many digits as it can carry; a tiny one as a bound. */
export function chanceText(probability: number): string {
  if (!Number.isFinite(probability)) return "–";
  if (probability < 0.0001) return "<0.0001";
  if (probability < 0.01) return probability.toPrecision(1);
  if (probability > 0.995 && probability < 1)
    return probability.toFixed(3) === "1.000" ? ">0.999" : probability.toFixed(3);
  return probability.toFixed(2);
}

/** A signed number with a true minus. */
export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** What is written beside the bar of the share. */
export const SHARE_WORDS: Readonly<Record<ModelInfo["family"], string>> = {
  decoder: "Probability of the answer",
  "encoder-decoder": "Probability of a token of the whole model’s translation",
  encoder: "Likeness of the sentence’s mean state to the whole model’s",
};

/** What a head’s effect is a change of. */
export const METRIC_WORDS: Readonly<Record<HeadSweep["metric"], string>> = {
  "logit-difference": "logit difference",
  "log-probability": "log-probability of a token",
  similarity: "likeness",
};

/** Digits that an effect is written with. */
export const METRIC_DIGITS: Readonly<Record<HeadSweep["metric"], number>> = {
  "logit-difference": 1,
  "log-probability": 2,
  similarity: 3,
};

/** The metric itself, not a change of it: a likeness has no sign. */
export function metricText(value: number, metric: HeadSweep["metric"]): string {
  const digits = METRIC_DIGITS[metric];
  return metric === "similarity" ? value.toFixed(digits) : signed(value, digits);
}

/** What the curve follows. */
export const CURVE_WORDS: Readonly<Record<HeadOrders["share"], string>> = {
  answer: "Probability of the answer",
  target: "Probability of a token of the translation",
  similarity: "Likeness to the whole model",
};

/** How far a study is. */
export function progressText(progress: StudyProgress | null): string {
  return progress ? `${progress.done} of ${progress.total} runs` : "loading the model …";
}

/** What stands in the place of a head. */
export const FILL_WORDS: Readonly<Record<Fill, string>> = { zero: "zeros", mean: "its mean" };
