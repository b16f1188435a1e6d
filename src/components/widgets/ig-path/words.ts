/** What the figure says of its state. */
import type { Token } from "../../../engine/model.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { START_NAMES, type Start } from "./igQuestion.ts";
import type { Step, Walk } from "./walk.ts";

/** From this share on, a gap is larger than what it should be a small part of. */
const LOST = 0.5;
/** Below this share there is nothing worth a number. */
const NOTHING = 1e-4;

export interface ReadingOptions {
  readonly walk: Walk;
  readonly choice: { readonly from: Start; readonly bound: number };
  /** What is followed: `logit of “Mary”`. */
  readonly followed: string;
  /** The step that is looked at; null for none. */
  readonly step: number | null;
}

/** The sentence under the picture: the whole way, then the step that is looked at. */
export function readingOf({ walk, choice, followed, step }: ReadingOptions): string {
  const here = step === null ? undefined : walk.steps[step];
  const way = `From the ${START_NAMES[choice.from]} to the text, the ${followed} goes from ${plain(walk.from)} to ${plain(walk.to)}: ${signed(walk.to - walk.from)}.`;
  const sum = `${walk.steps.length} steps add up to ${signed(walk.to - walk.from + walk.gap)}, ${gapText(walk)}.`;
  return [way, sum, judged(walk, choice.bound), here && stepText(here, walk)].filter(Boolean).join(" ");
}

/** A gap's share of the change, in words. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) return "beyond all measure";
  const percent = share * 100;
  if (share < NOTHING) return "less than 0.01 %";
  const figures = percent < 1 ? percent.toPrecision(2) : percent < 10 ? percent.toFixed(1) : percent.toFixed(0);
  return `${Number(figures)} %`;
}

/** A number with its sign. */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(decimals(value));
  return `${Number(size) === 0 ? "" : value < 0 ? "−" : "+"}${size}`;
}

/** A number with a sign only below 0. */
export function plain(value: number): string {
  return signed(value).replace("+", "");
}

function decimals(value: number): number {
  return Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 3;
}

function gapText({ gap, share }: Walk): string {
  if (share < NOTHING) return `with a gap of ${shareText(share)}`;
  return `${signed(Math.abs(gap)).replace("+", "")} too ${gap < 0 ? "little" : "much"}: a gap of ${shareText(share)}`;
}

function judged({ share }: Walk, bound: number): string {
  if (share <= bound) return "";
  if (share >= LOST || Number.isNaN(share))
    return "These scores do not explain that change: the steps miss where it happens.";
  return "More steps would close it.";
}

function stepText(step: Step, walk: Walk): string {
  const strongest = step.tokens.reduce(
    (best, slope, at) => (Math.abs(slope) > Math.abs(step.tokens[best] ?? 0) ? at : best),
    0,
  );
  const token = [...walk.source, ...walk.target][strongest];
  return `At α = ${placeText(step.place)} the slope is ${signed(step.slope)}, most of it through ${nameOf(token)} (${signed(step.tokens[strongest] ?? 0)}); up to here the steps add up to ${signed(step.sum)}.`;
}

/** A place on the way. */
export function placeText(place: number): string {
  return place < 0.01 || place > 0.99 ? place.toFixed(4) : place.toFixed(2);
}

function nameOf(token: Token | undefined): string {
  return `“${visiblePiece(token?.piece ?? "")}”`;
}
