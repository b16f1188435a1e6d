/** The study as tables of layers and tokens: what share of the difference each state brings back. */
import type { Token } from "../../../engine/model.ts";
import type { Cell, ScoreGrid } from "../../views/attribution/grid.ts";
import { layerGrid, stationOf } from "../../views/attribution/layerGrid.ts";
import type { ScoreScale } from "../../views/attribution/scale.ts";
import type { Patched } from "./askPatching.ts";

export type Side = "source" | "target";

/** A state that is put back: the output of a layer (0: the embedding) at a token. */
export interface Spot {
  readonly side: Side;
  readonly layer: number;
  readonly token: number;
}

/** The map of one stack. */
export interface PatchMap {
  readonly side: Side;
  readonly label: string;
  /** Percent of the difference, last layer on top. */
  readonly grid: ScoreGrid;
  /** Clean tokens, and those that stand in their places in the corrupted run. */
  readonly tokens: readonly Token[];
  readonly twins: readonly Token[];
}

/** One map for a model with one stack, two for an encoder–decoder; a decoder's tokens after the followed one are left out. */
export function mapsOf({ study, place }: Patched): PatchMap[] {
  const { clean, corrupted, recovered } = study;
  const map = (side: Side, label: string, count: number): PatchMap[] => {
    const [tokens, twins, shares] = [clean[side], corrupted[side], recovered[side]];
    if (!tokens || !twins || !shares) return [];
    const whole = layerGrid(tokens, { ...shares, data: shares.data.map((share) => 100 * share) }, { words: false });
    return [{ side, label, grid: cut(whole, count), tokens: tokens.slice(0, count), twins: twins.slice(0, count) }];
  };
  if (place === null) return map("source", "", clean.source.length);
  return [...map("source", "Encoder", clean.source.length), ...map("target", "Decoder", place + 1)];
}

/** The first columns of a table. */
function cut({ rows, columns, scores }: ScoreGrid, count: number): ScoreGrid {
  return {
    rows,
    columns: columns.slice(0, count),
    scores: scores.filter((_, at) => at % columns.length < count),
  };
}

/** One scale for all maps: 100 % is the clean run, more where a state overshoots. */
export function scaleOfMaps(maps: readonly PatchMap[]): ScoreScale {
  const sizes = maps.flatMap(({ grid }) => Array.from(grid.scores, Math.abs));
  return { signed: true, extreme: Math.max(100, ...sizes) };
}

/** The cell of a spot on its map; null where the map has none. */
export function cellOf({ grid, side }: PatchMap, spot: Spot | null): Cell | null {
  if (!spot || spot.side !== side) return null;
  const row = grid.rows.length - 1 - spot.layer;
  return row >= 0 && spot.token < grid.columns.length ? { row, column: spot.token } : null;
}

export function spotOf({ grid, side }: PatchMap, { row, column }: Cell): Spot {
  return { side, layer: stationOf(grid, row), token: column };
}

/** The share that a spot brings back; NaN where there is no such state. */
export function recoveredAt({ recovered }: Patched["study"], { side, layer, token }: Spot): number {
  const shares = recovered[side];
  const width = shares?.shape.at(-1) ?? 0;
  return token < width ? (shares?.data[layer * width + token] ?? Number.NaN) : Number.NaN;
}

/** The state of a layer that brings back most; null for a layer that the maps lack. */
export function mostAt({ study }: Patched, side: Side, layer: number): Spot | null {
  const count = study.clean[side]?.length ?? 0;
  const spots = Array.from({ length: count }, (_, token): Spot => ({ side, layer, token }));
  const share = (spot: Spot) => recoveredAt(study, spot);
  const known = spots.filter((spot) => Number.isFinite(share(spot)));
  return known.reduce<Spot | null>((best, spot) => (best && share(best) >= share(spot) ? best : spot), null);
}
