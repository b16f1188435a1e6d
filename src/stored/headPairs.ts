/**
 * Stored distances between heads, for the first paint. Made by `npm run store:numbers`; never edited by hand. Shape:
 * `StoredPairs` (version 1). When the format changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { AttentionKind } from "../engine/model.ts";
import type { HeadPairs } from "../engine/study.ts";

/** The format that `decodePairs` reads. */
export const VERSION = 1;

/** Numbers are whole thousandths. */
const STEPS = 1000;

/** The pairs of one kind of attention. */
export interface StoredKind {
  readonly kind: string;
  readonly heads: number;
  /** Thousandths; for each head those to the heads before it. */
  readonly below: readonly number[];
  /** Thousandths, `[head, 2]`. */
  readonly places: readonly number[];
  readonly kept: number;
  readonly sentences: number;
}

/** All pairs of one model. */
export interface StoredPairs {
  readonly version: number;
  readonly model: string;
  readonly kinds: readonly StoredKind[];
}

/** Pairs as they are stored. */
export function encodePairs(model: string, pairs: readonly HeadPairs[]): StoredPairs {
  const kinds = pairs.map(({ kind, distances, places, kept, sentences }) => {
    const [heads = 0] = distances.shape;
    const below = Array.from(distances.data).filter((_, pair) => pair % heads < Math.floor(pair / heads));
    return { kind, heads, below: steps(below), places: steps(places.data), kept: Number(kept.toFixed(3)), sentences };
  });
  return { version: VERSION, model, kinds };
}

/** The pairs that were stored. */
export function decodePairs({ version, model, kinds }: StoredPairs): HeadPairs[] {
  if (version !== VERSION) {
    throw new Error(`${model} is stored in format ${version}, not ${VERSION}: run npm run store:numbers`);
  }
  return kinds.map(({ kind, heads, below, places, kept, sentences }) => {
    const data = new Float32Array(heads * heads);
    let at = 0;
    for (let one = 0; one < heads; one++) {
      for (let other = 0; other < one; other++) {
        const distance = (below[at++] ?? 0) / STEPS;
        data[one * heads + other] = distance;
        data[other * heads + one] = distance;
      }
    }
    const plane = Float32Array.from(places, (place) => place / STEPS);
    return {
      kind: kind as AttentionKind,
      distances: { data, shape: [heads, heads] },
      places: { data: plane, shape: [heads, 2] },
      kept,
      sentences,
    };
  });
}

function steps(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Math.round(value * STEPS));
}
