/** What the figure says in words. */
import type { NudgeStudy } from "../../../engine/attribute.ts";
import type { Cost } from "../../../engine/gradient.ts";
import { quoted, visiblePiece } from "../../views/tokens/face.ts";
import type { Nudged } from "./askNudge.ts";
import { type CurvePoint, slopeGap } from "./curve.ts";
import type { NudgeQuestion } from "./nudgeQuestion.ts";

export const SCALE_WORDS: Readonly<Record<NudgeQuestion["scale"], string>> = {
  logit: "logit",
  "log-probability": "log-probability",
  probability: "probability",
};

/** Decimals of a followed number. */
const DECIMALS: Readonly<Record<NudgeQuestion["scale"], number>> = {
  logit: 2,
  "log-probability": 3,
  probability: 4,
};

/** How a number is written: in which scale, and how far the reader has zoomed in. */
type Written = Pick<NudgeQuestion, "scale" | "reach">;

/** Decimals that still tell the points of a short stretch apart. */
function decimalsOf({ scale, reach }: Written): number {
  return DECIMALS[scale] + Math.round(-Math.log10(reach));
}

/** A followed number. */
export function valueText(value: number, written: Written): string {
  return value.toFixed(decimalsOf(written)).replace("-", "−");
}

/** A change, with its sign. */
export function changeText(change: number, written: Written): string {
  const size = Math.abs(change).toFixed(decimalsOf(written));
  if (Number(size) === 0) return "0";
  return `${change < 0 ? "−" : "+"}${size}`;
}

/** "the logit of “Mary”". */
export function followedText(scale: NudgeQuestion["scale"], followed: string): string {
  return `${SCALE_WORDS[scale]} of “${visiblePiece(followed)}”`;
}

/** The token that was moved. */
export function movedPiece({ token, source, target }: NudgeStudy): string {
  const tokens = token.side === "target" ? (target ?? []) : source;
  return tokens[token.place]?.piece ?? "";
}

/** What the horizontal axis says. */
export function acrossText(study: NudgeStudy, { way }: Pick<NudgeQuestion, "way">): string {
  const moved = quoted(movedPiece(study));
  if (study.towards) return `share of the way from ${moved} to ${quoted(study.towards.piece)}`;
  const where = way === "random" ? "in a random direction" : "along the gradient";
  return `${moved} moved ${where}, share of its length`;
}

/** What stands at the ends of the axis. */
export function endsOf(
  study: NudgeStudy,
  { way, reach }: Pick<NudgeQuestion, "way" | "reach">,
): readonly [string, string, string] {
  const start = visiblePiece(movedPiece(study));
  if (reach < 1) return ["", start, ""];
  if (study.towards) return ["", start, visiblePiece(study.towards.piece)];
  return way === "gradient" ? ["against it", start, "along it"] : ["", start, ""];
}

/** The sentence under the picture. */
export function readingOf({ study, followed }: Nudged, question: NudgeQuestion, point: CurvePoint): string {
  const { scale } = question;
  const of = followedText(scale, followed);
  const where = whereText(study, question, point.share);
  if (point.share === 0) {
    return `${quoted(movedPiece(study))} stands as it is: the ${of} is ${valueText(study.value, question)}. ${slopeWords(study, scale)}`;
  }
  const [model, line] = [point.model - study.value, point.line - study.value];
  return `${where}: the ${of} changes by ${changeText(model, question)}; the straight line foretells ${changeText(line, question)}${verdict(model, line)}`;
}

function whereText(study: NudgeStudy, { way }: NudgeQuestion, share: number): string {
  const moved = quoted(movedPiece(study));
  const part = `${Math.abs(Math.round(share * 1e4) / 100)} %`;
  if (study.towards) {
    const goal = quoted(study.towards.piece);
    if (share === 1) return `${goal} in place of ${moved}`;
    return share < 0 ? `${moved}, ${part} away from ${goal}` : `${moved}, ${part} of the way to ${goal}`;
  }
  if (way === "random") return `${moved} moved at random by ${part} of its length${share < 0 ? ", backwards" : ""}`;
  return `${moved} moved ${share < 0 ? "against" : "along"} its gradient by ${part} of its length`;
}

/** How close counts as right, as a share of the change. */
const CLOSE = 0.1;

function verdict(model: number, line: number): string {
  if (Math.abs(model - line) <= CLOSE * Math.abs(model)) return ". The line holds here.";
  if (model !== 0 && Math.sign(model) !== Math.sign(line)) return ". It has the wrong sign here.";
  return Math.abs(line) < Math.abs(model) ? ", which is too little here." : ", which is too much here.";
}

/** Both slopes beside each other. */
export function slopeWords(study: NudgeStudy, scale: NudgeQuestion["scale"]): string {
  const { slope, measured } = study;
  const step = `${Math.round(measured.step * 100)} %`;
  const both = `By the gradient it changes by ${slopeNumber(slope, scale)} for the whole way; measured by two runs at ±${step}, ${slopeNumber(measured.slope, scale)}`;
  return `${both}${gapWords(slopeGap(slope, measured.slope))}`;
}

/** Slopes may be far smaller than the numbers themselves. */
export function slopeNumber(slope: number, scale: NudgeQuestion["scale"]): string {
  const decimals = Math.abs(slope) < 0.1 && slope !== 0 ? DECIMALS[scale] + 2 : DECIMALS[scale] + 1;
  return `${slope < 0 ? "−" : "+"}${Math.abs(slope).toFixed(Math.min(6, decimals))}`;
}

function gapWords(gap: number): string {
  if (gap < 0.0005) return ".";
  return `: ${gap < 0.01 ? (gap * 100).toFixed(1) : (gap * 100).toFixed(0)} % apart.`;
}

/** What the slopes cost in the three ways of getting them. */
export function costWords({ source, target, costs }: NudgeStudy, width: number, live: boolean): string {
  const count = source.length + (target?.length ?? 0);
  const { gradient, tokens } = costs;
  const time = (milliseconds: number) => (live ? ` (${Math.max(1, Math.round(milliseconds))} ms)` : "");
  const numbers = (count * width).toLocaleString("en-GB");
  return `All ${count} gradients: ${gradient.forward} run forward and backward${time(gradient.milliseconds)}. The rings: two runs a token, ${tokens.forward} together${time(tokens.milliseconds)}, and each on a way that only the gradient could tell. Without it, number by number, ${numbers} runs.`;
}

/** Everything that an answer took. */
export function totalCost({ costs }: NudgeStudy): Cost {
  const all = [costs.gradient, costs.curve, costs.tokens];
  const sum = (of: (cost: Cost) => number) => all.reduce((total, cost) => total + of(cost), 0);
  return {
    forward: sum(({ forward }) => forward),
    backward: sum(({ backward }) => backward),
    milliseconds: sum(({ milliseconds }) => milliseconds),
  };
}
