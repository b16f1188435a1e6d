/** Layers × tokens: one output's scores at every layer of a stack as one table. */
import type { Tensor, Token } from "../../../engine/model.ts";
import { layAxis } from "../tokens/axis.ts";
import type { ScoreGrid } from "./grid.ts";
import { scoredItems } from "./scored.ts";
import { labelOf } from "./tokenMatrix.ts";

interface LayerGridOptions {
  /** Sub-words are summed to words. */
  readonly words: boolean;
  /** The row of `[row, layer + 1, token]`; left out where the scores have no rows. */
  readonly row?: number;
  /** What row 0 is called. Default: "embedding". */
  readonly first?: string;
}

/**
 * The table of one stack, the last layer on top, as the models' pictures are read.
 *
 * @param scores `[layer + 1, token]`, or the same for every row
 */
export function layerGrid(tokens: readonly Token[], scores: Tensor, options: LayerGridOptions): ScoreGrid {
  const { words, row = 0, first = "embedding" } = options;
  const [stations = 0, width = 0] = scores.shape.slice(-2);
  const station = (at: number) => {
    const from = (row * stations + at) * width;
    return scores.data.subarray(from, from + width);
  };
  const order = Array.from({ length: stations }, (_, at) => stations - 1 - at);
  const columns = layAxis(tokens, { words, hideSpecial: false, hideInstruction: false });
  return {
    rows: order.map((at) => ({ name: at === 0 ? first : `layer ${at}` })),
    columns: columns.map((token) => labelOf(token)),
    scores: Float32Array.from(
      order.flatMap((at) => scoredItems(tokens, station(at), null, words)),
      ({ score }) => score,
    ),
  };
}

/** The layer that a row of the table stands for, from 0 for what goes into the first. */
export function stationOf(grid: ScoreGrid, row: number): number {
  return grid.rows.length - 1 - row;
}
