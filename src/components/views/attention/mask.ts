/**
 * Which cells of a matrix the mask forbids, and why. The rule is the architecture's, not read off the weights; a test holds it
 * to the weights of real runs, where a forbidden cell is exactly 0 in every head.
 */
import type { AttentionKind } from "../../../engine/model.ts";
import type { AxisItem } from "../tokens/axis.ts";
import type { Picture } from "./picture.ts";

/** Why a cell is forbidden: its key is not written yet when the query is read, or fills a place where there is no text. */
export type Ban = "future" | "padding";

/** Whether a query may not look at a key, by their positions in the model's sequence. */
const AHEAD: Readonly<Record<AttentionKind, (query: number, key: number) => boolean>> = {
  encoder: () => false,
  decoder: (query, key) => key > query,
  cross: () => false,
};

/** Why a cell of the picture is forbidden; null where it is allowed. */
export function banOf(picture: Pick<Picture, "kind" | "rows" | "columns">, row: number, column: number): Ban | null {
  const query = picture.rows[row];
  const key = picture.columns[column];
  if (query === undefined || key === undefined) return null;
  if (isPadding(key)) return "padding";
  return AHEAD[picture.kind](query.end - 1, key.start) ? "future" : null;
}

/** How many cells are allowed and forbidden. */
export function countCells(picture: Pick<Picture, "kind" | "rows" | "columns">): {
  allowed: number;
  forbidden: number;
} {
  let forbidden = 0;
  for (let row = 0; row < picture.rows.length; row++) {
    for (let column = 0; column < picture.columns.length; column++) {
      if (banOf(picture, row, column) !== null) forbidden++;
    }
  }
  return { allowed: picture.rows.length * picture.columns.length - forbidden, forbidden };
}

/** A place on the key axis that only fills up. */
export interface PaddingItem extends AxisItem {
  readonly padding: true;
}

export function isPadding(item: AxisItem): item is PaddingItem {
  return "padding" in item;
}

/**
 * The picture as it is in a batch beside a longer text: places that fill up stand at the end of the keys. Nobody may look at
 * them, so the weights of the text's own rows stay as they are. The rows of those places are left out: nothing reads them.
 */
export function padded(picture: Picture, count: number, piece: string): Picture {
  const from = picture.columns.at(-1)?.end ?? 0;
  const fill = Array.from(
    { length: count },
    (_, at): PaddingItem => ({ ...FILL, piece, start: from + at, end: from + at + 1 }),
  );
  const columns = [...picture.columns, ...fill];
  return {
    ...picture,
    columns,
    matrix: (layer, head) => {
      const { rows, columns: kept, weights } = picture.matrix(layer, head);
      const wide = new Float32Array(rows * columns.length); // [row, column]
      for (let row = 0; row < rows; row++) {
        wide.set(weights.subarray(row * kept, (row + 1) * kept), row * columns.length);
      }
      return { rows, columns: columns.length, weights: wide };
    },
  };
}

const FILL = { special: true, instruction: false, joinsBefore: false, joinsAfter: false, padding: true } as const;
