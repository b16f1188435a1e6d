/** What the figure says in words. */
import type { AttentionKind } from "../../../engine/model.ts";
import { quoted } from "../../views/tokens/face.ts";
import type { Gated } from "./askGates.ts";
import { farthestOf, type HeadChange, headsOf } from "./heads.ts";

const KINDS: Readonly<Record<AttentionKind, string>> = { encoder: "encoder", decoder: "decoder", cross: "cross" };

/** "decoder 1.2": layer and head, counted from 1. */
export function headText({ kind, layer, head }: Pick<HeadChange, "kind" | "layer" | "head">): string {
  return `${KINDS[kind]} ${layer + 1}.${head + 1}`;
}

/** A change with its sign. */
export function changeText(change: number): string {
  const size = Math.abs(change).toFixed(2);
  if (Number(size) === 0) return "0";
  return `${change < 0 ? "−" : "+"}${size}`;
}

/** The sentence under the picture, of a head that is looked at or of all. */
export function readingOf(gated: Gated, head: HeadChange | null): string {
  return head ? headReading(gated, head) : allReading(gated);
}

function headReading({ followed }: Gated, head: HeadChange): string {
  const { foretold, change } = head;
  const start = `Head ${headText(head)}: the slope of its switch foretells ${changeText(foretold)} for the logit of ${quoted(followed)}; switched off, it changes by ${changeText(change)}.`;
  return `${start}${verdict(foretold, change)}`;
}

/** Changes below this are too small to judge a line by. */
const LEAST = 0.05;
/** How close counts as right, as a share of the true change. */
const CLOSE = 0.25;

function verdict(foretold: number, change: number): string {
  if (Math.max(Math.abs(foretold), Math.abs(change)) < LEAST) return " Next to nothing, both times.";
  if (Math.abs(foretold - change) <= CLOSE * Math.abs(change)) return " The line holds.";
  if (Math.sign(foretold) !== Math.sign(change)) return " The line has the wrong sign.";
  return Math.abs(foretold) < Math.abs(change) ? " The line says too little." : " The line says too much.";
}

function allReading({ study, followed }: Gated): string {
  const heads = headsOf(study);
  const { pearson, spearman } = study.correlation;
  const far = farthestOf(heads);
  const both = `Over ${heads.length} heads, foretold and true change of the logit of ${quoted(followed)} correlate with ${correlationText(pearson)} (Pearson) and, by order, ${correlationText(spearman)} (Spearman).`;
  if (!far) return both;
  return `${both} Farthest off is head ${headText(far)}: foretold ${changeText(far.foretold)}, true ${changeText(far.change)}.`;
}

/** A correlation with two decimals; in words where there is none. */
export function correlationText(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace("-", "−") : "no number";
}
