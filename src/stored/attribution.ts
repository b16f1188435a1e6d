/**
 * Stored attributions, for the first paint and for readers without a running model.
 *
 * Written by the programs that store answers; never edited by hand. Shape: `StoredAttribution` (version 1). Numbers keep five
 * significant digits; one that is none is stored as null. When the format changes, raise `VERSION` and run those programs
 * again: nothing migrates.
 */
import type {
  Attribution,
  BySide,
  HeadAttribution,
  LayerAttribution,
  Path,
  TokenAttribution,
} from "../engine/attribute.ts";
import type { ByKind, Target } from "../engine/gradient.ts";
import type { AttentionKind, Tensor, Token } from "../engine/model.ts";

/** The format that `decodeAttribution` reads. */
export const VERSION = 1;

/** Numbers with five significant digits, row-major. */
type Numbers = readonly (number | null)[];

interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

interface StoredSides {
  readonly source: StoredTensor;
  readonly target: StoredTensor | null;
}

/** A path without its slopes, which are the sums over its tokens. */
interface StoredPath {
  readonly places: Numbers;
  readonly weights: Numbers;
  readonly values: Numbers;
  readonly tokenSlopes: StoredTensor;
  readonly tried: readonly { readonly steps: number; readonly gap: number | null }[];
}

/** A target; `kind` and `scale` are plain strings because JSON modules type them so. */
interface StoredTarget {
  readonly kind: string;
  readonly row?: number;
  readonly id?: number;
  readonly against?: number;
  readonly scale?: string;
  readonly to?: string;
}

/** One attribution; the parts that its kind (`of`) lacks are missing. */
export interface StoredAttribution {
  readonly version: number;
  readonly of: string;
  readonly model: string;
  readonly method: string;
  readonly source: readonly Token[];
  readonly target: readonly Token[] | null;
  readonly targets: readonly StoredTarget[];
  readonly values: Numbers;
  readonly cost: Attribution["cost"];
  /** Tokens and layers. */
  readonly scores?: StoredSides;
  /** Tokens. */
  readonly signed?: boolean;
  readonly completeness?: { readonly baseline: Numbers; readonly gap: Numbers } | null;
  readonly error?: StoredSides | null;
  readonly paths?: readonly StoredPath[] | null;
  /** Layers. */
  readonly norms?: StoredSides;
  /** Heads. */
  readonly heads?: Readonly<Partial<Record<AttentionKind, StoredTensor>>>;
}

/** An attribution as it is stored; to leave the paths of integrated gradients out, hand it in with `paths` null. */
export function encodeAttribution(attribution: Attribution): StoredAttribution {
  const { of, model, method, source, target, targets, values, cost } = attribution;
  const milliseconds = Math.round(cost.milliseconds);
  const common = { version: VERSION, of, model, method, source, target, targets, values: encodeNumbers(values) };
  return { ...common, cost: { ...cost, milliseconds }, ...encodeOwn(attribution) };
}

function encodeOwn(attribution: Attribution): Partial<StoredAttribution> {
  if (attribution.of === "heads") return { heads: mapped(attribution.scores, encodeTensor) };
  const scores = encodeSides(attribution.scores);
  if (attribution.of === "layers") return { scores, norms: encodeSides(attribution.norms) };
  const { signed, completeness, error, paths } = attribution;
  return {
    scores,
    signed,
    completeness: completeness && {
      baseline: encodeNumbers(completeness.baseline),
      gap: encodeNumbers(completeness.gap),
    },
    error: error && encodeSides(error),
    paths: paths?.map(encodePath) ?? null,
  };
}

/** The attribution that was stored; throws Error for another format. */
export function decodeAttribution(stored: StoredAttribution): Attribution {
  const { version, model, method, source, target, targets, values, cost } = stored;
  if (version !== VERSION) {
    throw new Error(`an attribution of ${model} is stored in format ${version}, not ${VERSION}: store it again`);
  }
  const common = {
    model,
    method: method as Attribution["method"],
    source,
    target,
    targets: targets as readonly Target[],
    values: decodeNumbers(values),
    cost,
  };
  if (stored.of === "heads") return { ...common, ...decodeHeads(stored) };
  return stored.of === "layers" ? { ...common, ...decodeLayers(stored) } : { ...common, ...decodeTokens(stored) };
}

function decodeTokens({ scores, signed, completeness, error, paths }: StoredAttribution) {
  return {
    of: "tokens",
    scores: decodeSides(scores),
    signed: signed ?? false,
    completeness: completeness
      ? { baseline: decodeNumbers(completeness.baseline), gap: decodeNumbers(completeness.gap) }
      : null,
    error: error ? decodeSides(error) : null,
    paths: paths?.map(decodePath) ?? null,
  } satisfies Partial<TokenAttribution>;
}

function decodeLayers({ scores, norms }: StoredAttribution) {
  return { of: "layers", scores: decodeSides(scores), norms: decodeSides(norms) } satisfies Partial<LayerAttribution>;
}

function decodeHeads({ heads = {} }: StoredAttribution) {
  const scores: ByKind = mapped(heads, decodeTensor);
  return { of: "heads", scores } satisfies Partial<HeadAttribution>;
}

function encodePath({ places, weights, values, tokenSlopes, tried }: Path): StoredPath {
  return {
    places: encodeNumbers(places),
    weights: encodeNumbers(weights),
    values: encodeNumbers(values),
    tokenSlopes: encodeTensor(tokenSlopes),
    tried: tried.map(({ steps, gap }) => ({ steps, gap: encodeNumber(gap) })),
  };
}

function decodePath({ places, weights, values, tokenSlopes, tried }: StoredPath): Path {
  const slopes = decodeTensor(tokenSlopes);
  const [steps = 0, tokens = 0] = slopes.shape;
  const ofStep = (step: number) => slopes.data.subarray(step * tokens, (step + 1) * tokens);
  return {
    places: decodeNumbers(places),
    weights: decodeNumbers(weights),
    values: decodeNumbers(values),
    slopes: Float32Array.from({ length: steps }, (_, step) => ofStep(step).reduce((sum, slope) => sum + slope, 0)),
    tokenSlopes: slopes,
    tried: tried.map(({ steps: count, gap }) => ({ steps: count, gap: gap ?? Number.NaN })),
  };
}

function encodeSides({ source, target }: BySide): StoredSides {
  return { source: encodeTensor(source), target: target && encodeTensor(target) };
}

function decodeSides(sides: StoredSides | undefined): BySide {
  if (!sides) throw new Error("a stored attribution lacks its scores: store it again");
  return { source: decodeTensor(sides.source), target: sides.target && decodeTensor(sides.target) };
}

function encodeTensor({ shape, data }: Tensor): StoredTensor {
  return { shape, data: encodeNumbers(data) };
}

function decodeTensor({ shape, data }: StoredTensor): Tensor {
  return { shape, data: decodeNumbers(data) };
}

function encodeNumbers(data: Float32Array): Numbers {
  return Array.from(data, encodeNumber);
}

function decodeNumbers(numbers: Numbers): Float32Array {
  return Float32Array.from(numbers, (number) => number ?? Number.NaN);
}

function encodeNumber(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}

function mapped<A, B>(
  byKind: Readonly<Partial<Record<AttentionKind, A>>>,
  of: (value: A) => B,
): Partial<Record<AttentionKind, B>> {
  const found: Partial<Record<AttentionKind, B>> = {};
  for (const kind of ["encoder", "decoder", "cross"] as const) {
    const value = byKind[kind];
    if (value !== undefined) found[kind] = of(value);
  }
  return found;
}
