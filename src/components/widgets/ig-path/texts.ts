/** A walk’s numbers as coloured text: what the tokens get in the end, or how fast each climbs at one step. */
import { type ScoreScale, scaleOf } from "../../views/attribution/scale.ts";
import { type ScoredLine, scoredItems } from "../../views/attribution/scored.ts";
import type { Walk } from "./walk.ts";

export interface TextOptions {
  /** Encoder–decoder: the place of the followed token; what is read after it is left out. */
  readonly place: number;
  /** Sub-words are summed to words. */
  readonly words: boolean;
}

/** The final scores on their tokens. */
export function scoreLines(walk: Walk, options: TextOptions): ScoredLine[] {
  return linesOf(walk, walk.scores, options);
}

/** The slopes at one step on their tokens. */
export function slopeLines(walk: Walk, step: number, options: TextOptions): ScoredLine[] {
  return linesOf(walk, walk.steps[step]?.tokens ?? [], options);
}

/** The scale of some lines, by their largest number. */
export function linesScale(lines: readonly ScoredLine[]): ScoreScale {
  return scaleOf(
    lines.flatMap(({ items }) => items.map(({ score }) => score)),
    true,
  );
}

function linesOf({ source, target }: Walk, numbers: readonly number[], { place, words }: TextOptions): ScoredLine[] {
  const own = scoredItems(source, numbers.slice(0, source.length), null, words);
  if (target.length === 0) return [{ side: "source", label: "text", items: own }];
  const read = target.slice(0, place + 1);
  const items = scoredItems(read, numbers.slice(source.length, source.length + read.length), null, words);
  return [
    { side: "source", label: "source", items: own },
    { side: "target", label: "target so far", items },
  ];
}
