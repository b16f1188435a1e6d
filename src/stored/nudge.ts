/**
 * Stored nudges: for each model one text, with a few of its tokens moved on a few ways, and the slopes of all tokens. Made by
 * `npm run store:nudge`; never edited by hand. Shape: `StoredNudges` (version 1). When the format changes, raise `VERSION` and
 * run the program again: nothing migrates.
 */
import type { BySide, NudgeStudy } from "../engine/attribute.ts";
import type { Prediction, Tensor, Token } from "../engine/model.ts";

export const VERSION = 1;

/** Which number of which text is followed, as a logit. */
export interface NudgeText {
  readonly source: string;
  readonly target: string | null;
  /** Encoder–decoder: the written token, by place. */
  readonly place: number;
  /** Decoder: the next word; empty for the model's own first choice. */
  readonly follow: string;
}

/** Which token is moved, and on which way. Plain strings because JSON modules type names so. */
export interface NudgeMove {
  readonly side: string;
  readonly token: number;
  readonly way: string;
  /** Empty unless the way leads to a word. */
  readonly word: string;
  /** 1 unless the way is drawn. */
  readonly seed: number;
  readonly reach: number;
}

/** One curve: numbers with six figures. */
export interface StoredCurve {
  readonly move: NudgeMove;
  readonly towards: Token | null;
  readonly values: readonly number[];
  readonly slope: number;
  readonly measured: NudgeStudy["measured"];
  readonly lengths: NudgeStudy["lengths"];
}

interface StoredSides {
  readonly source: readonly number[];
  readonly target: readonly number[] | null;
}

/** Everything that is stored of one model. */
export interface StoredNudges {
  readonly version: number;
  readonly model: string;
  readonly text: NudgeText;
  readonly source: readonly Token[];
  /** The tokens that an encoder–decoder reads and writes. */
  readonly target: { readonly read: readonly Token[]; readonly written: readonly Token[] } | null;
  /** The likeliest tokens at the followed place. */
  readonly predictions: readonly Prediction[];
  readonly value: number;
  readonly steepest: StoredSides;
  readonly steepestMeasured: StoredSides;
  readonly costs: NudgeStudy["costs"];
  readonly curves: readonly StoredCurve[];
}

/** The curve of a move as it is stored. */
export function encodeCurve(move: NudgeMove, { towards, values, slope, measured, lengths }: NudgeStudy): StoredCurve {
  const { embedding, way, gradient } = lengths;
  return {
    move,
    towards,
    values: short(values),
    slope: figures(slope),
    measured: { slope: figures(measured.slope), step: measured.step },
    lengths: { embedding: figures(embedding), way: figures(way), gradient: figures(gradient) },
  };
}

/** The slopes of all tokens as they are stored. */
export function encodeSides({ source, target }: BySide): StoredSides {
  return { source: short(source.data), target: target && short(target.data) };
}

/** The study of a move, null where it is not stored. */
export function storedNudge(stored: StoredNudges, move: NudgeMove): NudgeStudy | null {
  const { version, model } = stored;
  if (version !== VERSION)
    throw new Error(`${model} is stored in format ${version}, not ${VERSION}: run npm run store:nudge`);
  const curve = stored.curves.find((each) => sameMove(each.move, move));
  if (!curve) return null;
  const last = curve.values.length - 1;
  return {
    model,
    source: stored.source,
    target: stored.target?.read ?? null,
    token: { side: move.side === "target" ? "target" : "source", place: move.token },
    towards: curve.towards,
    value: stored.value,
    shares: Float32Array.from(curve.values, (_, at) => move.reach * ((2 * at) / last - 1)),
    values: Float32Array.from(curve.values),
    slope: curve.slope,
    measured: curve.measured,
    lengths: curve.lengths,
    steepest: decodeSides(stored.steepest),
    steepestMeasured: decodeSides(stored.steepestMeasured),
    costs: stored.costs,
  };
}

function decodeSides({ source, target }: StoredSides): BySide {
  const row = (values: readonly number[]): Tensor => ({ data: Float32Array.from(values), shape: [values.length] });
  return { source: row(source), target: target && row(target) };
}

function sameMove(a: NudgeMove, b: NudgeMove): boolean {
  return JSON.stringify(plainMove(a)) === JSON.stringify(plainMove(b));
}

/** A move without what its way does not use. */
export function plainMove({ side, token, way, word, seed, reach }: NudgeMove): NudgeMove {
  return {
    side,
    token,
    way,
    word: way === "word" ? word.trim() : "",
    seed: way === "random" ? seed : 1,
    reach,
  };
}

function short(values: Iterable<number>): number[] {
  return Array.from(values, figures);
}

/** Six figures: differences between neighbouring points are drawn. */
export function figures(value: number): number {
  return Number(value.toPrecision(6));
}
