/** Which of `length` rows are shown around a chosen one: whole pages, the last one full as well. */
export interface Window {
  readonly start: number;
  /** Not included. */
  readonly end: number;
  readonly length: number;
}

/** The page of `size` rows in which `chosen` stands. */
export function windowAround(chosen: number, length: number, size: number): Window {
  const page = Math.floor(clamp(chosen, length) / size) * size;
  const start = Math.max(0, Math.min(page, length - size));
  return { start, end: Math.min(length, start + size), length };
}

/** "rows 0–7 of 13". */
export function windowText(noun: string, { start, end, length }: Window): string {
  return `${noun} ${start}–${end - 1} of ${length}`;
}

/** A cell of a table, counted from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The cell that a key leads to, or null for a key that means nothing here. `page` is the size of the window. */
export function moveCell(cell: Cell, key: string, rows: number, columns: number, page: Cell): Cell | null {
  const step = STEPS[key];
  if (!step) return null;
  const next = step(cell, { rows, columns, page });
  return { row: clamp(next.row, rows), column: clamp(next.column, columns) };
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly page: Cell;
}

/** What each key does; as in the grid pattern of the ARIA practices. */
const STEPS: Readonly<Record<string, (cell: Cell, extent: Extent) => Cell>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: row - page.row, column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page.row, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
};

/** An index between 0 and `length` − 1. */
export function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(Math.trunc(index) || 0, length - 1));
}
