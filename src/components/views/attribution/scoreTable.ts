/** Scores as tables, for the figure's menu. */

import type { FigureTable } from "../figure/types.ts";
import { visiblePiece } from "../tokens/face.ts";
import type { GridLabel, ScoreGrid } from "./grid.ts";
import type { ScoredLine } from "./scored.ts";

/** One line a token: its side, its place from 1, its score. */
export function linesTable(caption: string, lines: readonly ScoredLine[]): FigureTable {
  const estimated = lines.some(({ items }) => items.some(({ error }) => error !== null));
  const rows = lines.flatMap(({ label, items }) =>
    items.map((item) => {
      const cells = [label, item.start + 1, visiblePiece(item.piece), numberCell(item.score)];
      return estimated ? [...cells, item.error ?? ""] : cells;
    }),
  );
  return {
    caption,
    columns: ["side", "place", "token", "score", ...(estimated ? ["standard error"] : [])],
    rows: rows.length,
    row: (index) => rows[index] ?? [],
  };
}

/** One line a cell. @param names what rows and columns are called */
export function gridTable(
  caption: string,
  grid: ScoreGrid,
  names: readonly [row: string, column: string],
): FigureTable {
  const width = grid.columns.length;
  const grouped = grid.columns.some(({ group }) => group !== undefined);
  return {
    caption,
    columns: [names[0], ...(grouped ? ["side"] : []), names[1], "place", "score"],
    rows: grid.rows.length * width,
    row: (index) => {
      const column = grid.columns[index % width];
      const row = grid.rows[Math.floor(index / width)];
      if (!column || !row) return [];
      const side = grouped ? [column.group ?? ""] : [];
      return [cellName(row), ...side, cellName(column), (index % width) + 1, numberCell(grid.scores[index])];
    },
  };
}

function cellName({ name, token }: GridLabel): string {
  return token ? visiblePiece(token.piece) : name;
}

/** Nothing stands for a place that can have no score. */
function numberCell(score: number | undefined): number | string {
  return score !== undefined && Number.isFinite(score) ? score : "";
}
