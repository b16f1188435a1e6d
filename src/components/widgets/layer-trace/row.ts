/** One output's part of an answer: its maps of layers and tokens, and its texts coloured by attention. */
import type { BySide } from "../../../engine/attribute.ts";
import type { Tensor, Token } from "../../../engine/model.ts";
import type { ScoreGrid } from "../../views/attribution/grid.ts";
import { layerGrid } from "../../views/attribution/layerGrid.ts";
import { type ScoredLine, scoredLines } from "../../views/attribution/scored.ts";
import { barePiece } from "../../views/tokens/face.ts";
import type { Layered } from "./askLayers.ts";

export type Side = "source" | "target";
/** What a cell shows: state × gradient, with its sign, or the length of the gradient. */
export type Measure = "score" | "norm";

export interface Row {
  /** Of the scores. */
  readonly row: number;
  /** Encoder–decoder: among the tokens written; null for a model with one stack. */
  readonly place: number | null;
  /** The followed token as a reader sees it; null for a similarity. */
  readonly output: string | null;
  /** The followed number of the run as it is. */
  readonly value: number;
}

/** The output at a place; the last one where there are fewer. */
export function rowAt({ trace, layers }: Layered, place: number): Row {
  const row = trace.target === null ? 0 : Math.min(place, layers.targets.length - 1);
  const target = layers.targets[row];
  const value = layers.values[row] ?? Number.NaN;
  if (target?.kind !== "token") return { row, place: null, output: null, value };
  const candidates: readonly { readonly id: number; readonly piece: string }[] =
    trace.target === null
      ? [...(trace.predictions[target.row] ?? []), ...trace.watched]
      : trace.target.written.slice(target.row, target.row + 1);
  const piece = candidates.find(({ id }) => id === target.id)?.piece ?? "";
  return { row, place: trace.target && target.row, output: barePiece(piece).trim(), value };
}

/** The states of one stack that an output can hang on. */
export interface LayerMap {
  readonly side: Side;
  /** Empty for a model with one stack. */
  readonly label: string;
  readonly tokens: readonly Token[];
  /** `[layer + 1, token]`. */
  readonly scores: Tensor;
  readonly norms: Tensor;
}

/** One map for a model with one stack, two for an encoder–decoder; what a decoder reads after the output is left out. */
export function mapsOf({ layers }: Layered, { row, place }: Pick<Row, "row" | "place">): LayerMap[] {
  const map = (side: Side, label: string, tokens: readonly Token[]): LayerMap => ({
    side,
    label,
    tokens,
    scores: cut(layers.scores, side, row, tokens.length),
    norms: cut(layers.norms, side, row, tokens.length),
  });
  if (layers.target === null || place === null) return [map("source", "", layers.source)];
  return [map("source", "Encoder", layers.source), map("target", "Decoder", layers.target.slice(0, place + 1))];
}

/** One row's scores of the first tokens: `[layer + 1, token]`. */
function cut(scores: BySide, side: Side, row: number, count: number): Tensor {
  const all = scores[side];
  if (!all) throw new RangeError(`there are no scores of the ${side}`);
  const [, stations = 0, width = 0] = all.shape;
  const data = new Float32Array(stations * count);
  for (let at = 0; at < stations; at++) {
    const from = (row * stations + at) * width;
    data.set(all.data.subarray(from, from + count), at * count);
  }
  return { data, shape: [stations, count] };
}

/** A map as a table, the last layer on top. */
export function gridOf({ tokens, scores, norms }: LayerMap, measure: Measure, words: boolean): ScoreGrid {
  return layerGrid(tokens, measure === "score" ? scores : norms, { words });
}

/** Share of a layer's gradient length that lies on a token; 0 where there is none at all. */
export function shareAt({ norms }: LayerMap, layer: number, token: number): number {
  const width = norms.shape[1] ?? 0;
  const row = norms.data.subarray(layer * width, (layer + 1) * width);
  const total = row.reduce((sum, norm) => sum + norm, 0);
  return total === 0 ? 0 : (row[token] ?? 0) / total;
}

/** The token with the longest gradient after a layer. */
export function longestAt({ norms }: LayerMap, layer: number): number {
  const width = norms.shape[1] ?? 0;
  const row = norms.data.subarray(layer * width, (layer + 1) * width);
  return row.reduce((best, norm, token) => (norm > (row[best] ?? 0) ? token : best), 0);
}

/** How many layers a map has. */
export function layersOf({ norms }: LayerMap): number {
  return (norms.shape[0] ?? 1) - 1;
}

/** A text coloured by a method on attention, in percent: all scores of the row together are 100. */
export function linesOf(
  attribution: Layered["attention"],
  { row, place }: Pick<Row, "row" | "place">,
  words: boolean,
): ScoredLine[] {
  const lines = scoredLines(attribution, { row, words, ...(place !== null && { place }) });
  const total = lines.reduce((sum, { items }) => items.reduce((all, { score }) => all + score, sum), 0);
  const percent = (score: number): number => (total === 0 ? 0 : (100 * score) / total);
  return lines.map((line) => ({ ...line, items: line.items.map((item) => ({ ...item, score: percent(item.score) })) }));
}
