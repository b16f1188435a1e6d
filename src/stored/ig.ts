/**
 * Stored walks of integrated gradients: for each model one text with walks from three baselines, their gaps by steps, and the
 * followed number along the way. Made by `npm run store:ig`; never edited by hand. Shape: `StoredIg` (version 1). When the
 * format changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { Attribution, Path, TokenAttribution } from "../engine/attribute.ts";
import type { Prediction, Token } from "../engine/model.ts";

export const VERSION = 1;

/** What is followed at the end of which text; the rest of a question is the figure's. */
export interface IgText {
  readonly source: string;
  readonly target: string | null;
  readonly place: number | null;
  readonly follow: string;
  readonly to: string;
}

/** One walk: numbers with five figures. Plain strings because JSON modules type names so. */
export interface StoredWalk {
  readonly baseline: string;
  readonly rule: string;
  /** The followed number at the baseline and at the text. */
  readonly ends: readonly number[];
  readonly gap: number;
  /** Source tokens, then target tokens. */
  readonly scores: readonly number[];
  readonly places: readonly number[];
  readonly weights: readonly number[];
  readonly values: readonly number[];
  readonly slopes: readonly number[];
  /** `[step, token]`, row-major. */
  readonly tokenSlopes: readonly number[];
  readonly cost: Attribution["cost"];
}

/** Gaps as shares of the change, by number of steps. */
export interface StoredGaps {
  readonly baseline: string;
  readonly rule: string;
  readonly steps: readonly number[];
  readonly shares: readonly number[];
}

/** The followed number along the way. */
export interface StoredCurve {
  readonly baseline: string;
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** Everything that is stored of one model. */
export interface StoredIg {
  readonly version: number;
  readonly model: string;
  readonly text: IgText;
  readonly source: readonly Token[];
  /** The tokens that an encoder–decoder reads and writes. */
  readonly target: { readonly read: readonly Token[]; readonly written: readonly Token[] } | null;
  /** A decoder's likeliest next tokens. */
  readonly predictions: readonly Prediction[];
  readonly walks: readonly StoredWalk[];
  readonly gaps: readonly StoredGaps[];
  readonly curves: readonly StoredCurve[];
}

/** What was stored, once its version is checked. */
export function checkedIg(stored: StoredIg): StoredIg {
  if (stored.version === VERSION) return stored;
  throw new Error(`${stored.model} is stored in format ${stored.version}, not ${VERSION}: run npm run store:ig`);
}

/** A walk as it is stored; throws TypeError for an attribution by another method. */
export function encodeWalk(attribution: Attribution, baseline: string, rule: string): StoredWalk {
  const path = attribution.of === "tokens" ? attribution.paths?.[0] : undefined;
  if (attribution.of !== "tokens" || !path || !attribution.completeness)
    throw new TypeError(`${attribution.method} walks no path`);
  const { completeness, values, scores, cost } = attribution;
  return {
    baseline,
    rule,
    ends: short([completeness.baseline[0] ?? Number.NaN, values[0] ?? Number.NaN]),
    gap: figures(completeness.gap[0] ?? Number.NaN),
    scores: short([...scores.source.data, ...(scores.target?.data ?? [])]),
    places: short(path.places),
    weights: short(path.weights),
    values: short(path.values),
    slopes: short(path.slopes),
    tokenSlopes: short(path.tokenSlopes.data),
    cost,
  };
}

/** The attribution that was stored. */
export function decodeWalk(
  { model, source, target }: Pick<StoredIg, "model" | "source" | "target">,
  walk: StoredWalk,
): TokenAttribution {
  const [from = Number.NaN, to = Number.NaN] = walk.ends;
  const sides = [source.length, target?.read.length ?? 0] as const;
  const row = (start: number, tokens: number) => ({
    data: Float32Array.from(walk.scores.slice(start, start + tokens)),
    shape: [1, tokens],
  });
  return {
    model,
    method: "integrated-gradients",
    of: "tokens",
    source,
    target: target?.read ?? null,
    targets: [],
    values: Float32Array.of(to),
    scores: { source: row(0, sides[0]), target: target && row(sides[0], sides[1]) },
    signed: true,
    completeness: { baseline: Float32Array.of(from), gap: Float32Array.of(walk.gap) },
    error: null,
    paths: [pathOf(walk, sides[0] + sides[1])],
    cost: walk.cost,
  };
}

function pathOf({ places, weights, values, slopes, tokenSlopes, gap }: StoredWalk, tokens: number): Path {
  return {
    places: Float32Array.from(places),
    weights: Float32Array.from(weights),
    values: Float32Array.from(values),
    slopes: Float32Array.from(slopes),
    tokenSlopes: { data: Float32Array.from(tokenSlopes), shape: [places.length, tokens] },
    tried: [{ steps: places.length, gap }],
  };
}

/** Numbers as they are stored. */
export function short(values: Iterable<number>): number[] {
  return Array.from(values, figures);
}

/** Five figures are more than any picture shows. */
function figures(value: number): number {
  return Number(value.toPrecision(5));
}
