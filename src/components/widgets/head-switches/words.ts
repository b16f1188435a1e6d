/** The figure’s words: heads, numbers, and the sentence under the picture. */
import type { HeadRef, ModelInfo } from "../../../engine/model.ts";
import type { HeadOrders, HeadSweep, StudyProgress } from "../../../engine/study.ts";
import { listText } from "../../../lib/format.ts";
import type { Chance, Fill, Said } from "../../../stored/said.ts";
import { kindName } from "../../views/attention/picture.ts";
import { quoted } from "../../views/tokens/face.ts";
import { headsNamed } from "./boards.ts";
import type { Shown } from "./speech.ts";

/** Up to this many heads are named one by one. */
const NAMED = 3;

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

/** The sentence under the picture: what is off, and what that does. */
export function readingFor({ choice, whole, now }: Shown, info: ModelInfo): string {
  const off = headsNamed(choice.off, info);
  if (off.length === 0) return wholeReading(whole, choice.answer, choice.other, info);
  return `${offWords(off, info)} off (${FILL_WORDS[choice.fill]} in ${off.length === 1 ? "its" : "their"} place): ${changeReading(whole, now, choice, info)}`;
}

function wholeReading(said: Said, answer: string, other: string, { family }: ModelInfo): string {
  if (family === "encoder") return "All heads are on: the sentence’s state is the whole model’s.";
  if (family === "encoder-decoder")
    return `All heads are on: the model writes “${said.text}”, a token of it with probability ${chanceText(said.share)} on average.`;
  const side = said.metric < 0 ? "below" : "above";
  const gap = `The logit of “${answer}” is ${Math.abs(said.metric).toFixed(2)} ${side} that of “${other}”.`;
  const rank = said.stands ? "its first choice" : `but says ${firstChoice(said)}`;
  return `All heads are on: the model gives “${answer}” probability ${chanceText(said.share)}, ${rank}. ${gap}`;
}

function offWords(off: readonly HeadRef[], info: ModelInfo): string {
  const text = off.length <= NAMED ? listText(off.map((head) => headWords(head, info))) : `${off.length} heads`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function changeReading(whole: Said, now: Said, { answer, other }: Shown["choice"], { family }: ModelInfo): string {
  const share = `from ${chanceText(whole.share)} to ${chanceText(now.share)}`;
  if (family === "encoder")
    return `the sentence’s mean state has a cosine of ${now.metric.toFixed(3)} with the whole model’s.`;
  if (family === "encoder-decoder") {
    const text = now.stands ? "it still writes the same" : `it now writes “${now.text}”`;
    return `${text}; the probability of a token of the whole model’s translation goes ${share}.`;
  }
  const says = now.stands ? `the first choice is still “${answer}”` : `the first choice is now ${firstChoice(now)}`;
  const whose = now.stands ? "Its probability" : `The probability of “${answer}”`;
  const between =
    now.metric > 0 ? `“${answer}” still stands before “${other}”` : `“${other}” stands before “${answer}”`;
  const gap = `logit difference ${signed(now.metric)}, with all heads ${signed(whole.metric)}`;
  return `${says}. ${whose} goes ${share}; between the two words, ${between} (${gap}).`;
}

function firstChoice({ top }: Said): string {
  const [first] = top;
  return first ? `${quoted(first.piece)} (${chanceText(first.probability)})` : "nothing";
}

/** A chance in words, for lists that are read out. */
export function chanceWords({ piece, probability }: Chance): string {
  return `${quoted(piece)} ${chanceText(probability)}`;
}
