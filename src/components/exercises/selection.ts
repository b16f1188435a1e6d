/** Cells that are marked in a grid, as a set of names; every change gives a new set. */
import type { Cell, CellAnswer } from "./types.ts";

export type Selection = ReadonlySet<string>;

export const cellName = ({ query, key }: Cell): string => `${query}:${key}`;

/** The selection of an answer, or nothing where the grid now has another size. */
export function selectionOf(answer: CellAnswer | null, rows: number, columns: number): Selection {
  if (!answer || answer.rows !== rows || answer.columns !== columns) return new Set();
  return new Set(answer.cells.map(cellName));
}

/** The answer of a selection, its cells in reading order. */
export function answerOf(selection: Selection, rows: number, columns: number): CellAnswer {
  const cells = Array.from({ length: rows * columns }, (_, index) => ({
    query: Math.floor(index / columns),
    key: index % columns,
  }));
  return { cells: cells.filter((cell) => selection.has(cellName(cell))), rows, columns };
}

/** The selection with a cell marked or not. */
export function paint(selection: Selection, cell: Cell, on: boolean): Selection {
  const next = new Set(selection);
  if (on) next.add(cellName(cell));
  else next.delete(cellName(cell));
  return next;
}

/** The selection with a cell and everything right of it in its row marked or not. */
export function paintRest(selection: Selection, cell: Cell, columns: number, on: boolean): Selection {
  let next = selection;
  for (let key = cell.key; key < columns; key++) next = paint(next, { query: cell.query, key }, on);
  return next;
}

const STEPS: Readonly<Record<string, readonly [query: number, key: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Where a key of the keyboard leads from a cell, or null for a key that does not move. */
export function moved(cell: Cell, pressed: string, rows: number, columns: number): Cell | null {
  const step = STEPS[pressed];
  if (!step) return null;
  const within = (value: number, size: number): number => Math.max(0, Math.min(size - 1, value));
  return { query: within(cell.query + step[0], rows), key: within(cell.key + step[1], columns) };
}
