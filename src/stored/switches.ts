/**
 * What a model says with heads switched off, stored for the first paint and for copies of the site without the model.
 *
 * Made by `npm run store:switches`; never edited by hand. Shape: `StoredSwitches` (version 1). When the format changes, raise
 * `VERSION` and run the program again: nothing migrates.
 */
import type { AttentionKind, HeadRef, Tensor } from "../engine/model.ts";
import type { HeadOrders, HeadSweep } from "../engine/study.ts";
import type { Fill, Said } from "./said.ts";

/** The format that is read. */
export const VERSION = 1;

/** Everything that is stored of one model. JSON modules type names as plain strings. */
export interface StoredSwitches {
  readonly version: number;
  readonly model: string;
  /** Single runs, on the first prompt of a task. */
  readonly runs: readonly StoredSaid[];
  /** Sweeps over the prompts of a task. */
  readonly sweeps: readonly StoredSweep[];
  /** Heads off one after the other: in the order of the sweep, then in random ones. */
  readonly curves: readonly StoredCurve[];
  /** Of the small decoder: copying with and without its previous-token head. */
  readonly copying: StoredCopying | null;
}

/** How a head copies on random sequences that come twice, and how that goes without another head. */
export interface StoredCopying {
  /** The head that is switched off, and the one that is measured. */
  readonly off: string;
  readonly head: string;
  /** Sequences, and tokens of a half. */
  readonly count: number;
  readonly length: number;
  readonly on: Copied;
  readonly without: Copied;
}

interface Copied {
  /** Induction score of the head (see `roles.ts`). */
  readonly score: number;
  /** Share of the repeated tokens that are the model’s first choice. */
  readonly right: number;
}

/** One run. */
export interface StoredSaid {
  readonly task: string;
  /** Names of the heads that are off, see `headName`. */
  readonly off: readonly string[];
  readonly fill: string;
  readonly said: Said;
}

/** One sweep: numbers are rounded to thousandths, row-major. */
export interface StoredSweep {
  readonly task: string;
  readonly fill: string;
  readonly metric: string;
  readonly whole: number;
  readonly prompts: number;
  readonly effects: readonly {
    readonly kind: string;
    readonly shape: readonly number[];
    readonly mean: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
  }[];
}

/** One curve. */
export interface StoredCurve {
  readonly task: string;
  readonly fill: string;
  readonly share: string;
  readonly steps: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly prompts: number;
}

/** A head in a word, for links and stored results: "cross.0.3", layer and head counted from 0. */
export function headName({ kind, layer, head }: HeadRef): string {
  return `${kind}.${layer}.${head}`;
}

/** The run of a task with these heads off; null where none is stored. */
export function storedSaid(stored: StoredSwitches, task: string, off: readonly string[], fill: Fill): Said | null {
  const wanted = [...off].sort().join(" ");
  const run = stored.runs.find(
    (each) =>
      each.task === task && [...each.off].sort().join(" ") === wanted && (off.length === 0 || each.fill === fill),
  );
  return run?.said ?? null;
}

/** The sweep over a task; null where none is stored. */
export function storedSweep(stored: StoredSwitches, task: string, fill: Fill): HeadSweep | null {
  const sweep = stored.sweeps.find((each) => each.task === task && each.fill === fill);
  if (!sweep) return null;
  const { metric, whole, prompts, effects } = sweep;
  return {
    model: stored.model,
    metric: metric as HeadSweep["metric"],
    whole,
    prompts,
    effects: effects.map(({ kind, shape, mean, low, high }) => {
      const tensor = (values: readonly number[]): Tensor => ({ data: Float32Array.from(values), shape });
      return { kind: kind as AttentionKind, mean: tensor(mean), low: tensor(low), high: tensor(high) };
    }),
  };
}

/** The curve of a task; null where none is stored. */
export function storedCurve(stored: StoredSwitches, task: string, fill: Fill): HeadOrders | null {
  const curve = stored.curves.find((each) => each.task === task && each.fill === fill);
  if (!curve) return null;
  const { share, steps, values, prompts } = curve;
  return { model: stored.model, share: share as HeadOrders["share"], steps, values, prompts };
}

/** A sweep as it is stored. */
export function encodeSweep(task: string, fill: Fill, { metric, whole, prompts, effects }: HeadSweep): StoredSweep {
  return {
    task,
    fill,
    metric,
    whole: thousandth(whole),
    prompts,
    effects: effects.map(({ kind, mean, low, high }) => ({
      kind,
      shape: mean.shape,
      mean: Array.from(mean.data, thousandth),
      low: Array.from(low.data, thousandth),
      high: Array.from(high.data, thousandth),
    })),
  };
}

/** A curve as it is stored. */
export function encodeCurve(task: string, fill: Fill, { share, steps, values, prompts }: HeadOrders): StoredCurve {
  return { task, fill, share, steps, values: values.map((row) => row.map(thousandth)), prompts };
}

/** A run as it is stored; small probabilities keep two digits. */
export function encodeSaid(task: string, off: readonly HeadRef[], fill: Fill, said: Said): StoredSaid {
  const chances = <T extends { readonly probability: number }>(all: readonly T[]): T[] =>
    all.map((each) => ({ ...each, probability: brief(each.probability) }));
  return {
    task,
    off: off.map(headName),
    fill,
    said: {
      ...said,
      metric: thousandth(said.metric),
      share: brief(said.share),
      words: chances(said.words).map((word) => ({ ...word, logit: thousandth(word.logit) })),
      top: chances(said.top),
      tokens: chances(said.tokens),
      milliseconds: 0,
    },
  };
}

/** A number held to three decimals. */
export function thousandth(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function brief(probability: number): number {
  return probability < 0.01 ? Number(probability.toPrecision(2)) : Math.round(probability * 10_000) / 10_000;
}
