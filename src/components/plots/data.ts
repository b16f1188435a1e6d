/** What the plots of heads draw: small lists of numbers, layers and heads from 0. */

/** A mean with the ends of its 95 % interval: mean, low, high. */
export type Estimate = readonly [mean: number, low: number, high: number];

/** One head with its numbers. */
export interface HeadRow {
  readonly layer: number;
  readonly head: number;
}

/** How spread out and how far each head looks. */
export interface SpreadData {
  readonly plot: "spread";
  readonly layers: number;
  readonly rows: readonly (HeadRow & { readonly entropy: Estimate; readonly distance: Estimate })[];
  /** What a head would show that spreads its weight evenly; null where that is not known. */
  readonly even: { readonly entropy: number; readonly distance: number } | null;
}

/** How much weight lies on special tokens. */
export interface SpecialData {
  readonly plot: "special";
  readonly layers: number;
  readonly heads: number;
  readonly rows: readonly (HeadRow & { readonly weight: Estimate })[];
  readonly even: number | null;
}

/** How differently each pair of heads looks. */
export interface AlikeData {
  readonly plot: "alike";
  readonly layers: number;
  readonly heads: number;
  /** For each head the distances to those before it, one after the other. */
  readonly below: readonly number[];
}

/** The heads on a plane, close to each other where they look alike. */
export interface MapData {
  readonly plot: "map";
  readonly layers: number;
  readonly rows: readonly (HeadRow & { readonly x: number; readonly y: number })[];
  /** Share of the differences that the plane can show. */
  readonly kept: number;
}

/** How often each head points at a word that gold alignment names. */
export interface AlignmentData {
  readonly plot: "alignment";
  /** Best first. */
  readonly rows: readonly (HeadRow & { readonly share: Estimate; readonly taught: boolean })[];
  /** The share that the same relative place gets right. */
  readonly diagonal: number;
}

/** The best head for each dependency relation, beside the best fixed offset. */
export interface RelationData {
  readonly plot: "relations";
  /** The largest lead over the offset first. */
  readonly rows: readonly (HeadRow & {
    readonly relation: string;
    readonly share: Estimate;
    readonly offset: number;
    readonly by: number;
    readonly words: number;
  })[];
}

/** What a plot draws. */
export type NumbersData = SpreadData | SpecialData | AlikeData | MapData | AlignmentData | RelationData;

export type PlotName = NumbersData["plot"];

/** How a plot is drawn: for a wide column or for a phone. */
export interface PlotSize {
  readonly width: number;
  readonly narrow: boolean;
}

/** Both ways; the style sheet shows the one that fits. */
export const SIZES: readonly PlotSize[] = [
  { width: 704, narrow: false },
  { width: 344, narrow: true },
];

/** The drawing's `data-grid` says where a matrix starts, across and down, and how wide a cell is, in these parts of a pixel. */
export const GRID_STEPS = 1000;

/** The name of a head in a plot, counted from 1: "3.5" is layer 3, head 5. */
export function shortName({ layer, head }: HeadRow): string {
  return `${layer + 1}.${head + 1}`;
}

/** Two heads of a matrix: the later one is the row, the earlier one the column. */
export interface Pair {
  readonly row: number;
  readonly column: number;
}

/** The pair at a place of the list of distances. */
export function pairAt(at: number): Pair {
  const row = Math.floor((1 + Math.sqrt(1 + 8 * at)) / 2);
  return { row, column: at - (row * (row - 1)) / 2 };
}

/** A pair's place in the list of distances. */
export function placeOfPair({ row, column }: Pair): number {
  return (row * (row - 1)) / 2 + column;
}
