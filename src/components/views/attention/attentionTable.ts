import type { FigureTable } from "../figure/types.ts";
import { visiblePiece } from "../tokens/face.ts";
import { weightAt } from "./matrix.ts";
import type { Picture } from "./picture.ts";
import { headsName } from "./reading.ts";

/** Every shown link as a row: query, key, and its weight in each head. Positions count from 1. */
export function attentionTable(picture: Picture, layer: number, heads: readonly number[]): FigureTable {
  const { rows, columns } = picture;
  const matrices = heads.map((head) => picture.matrix(layer, head));
  const across = Math.max(1, columns.length);
  return {
    caption: `Attention weights. ${headsName(picture, layer, heads)}; ${rowsMeaning(picture)}.`,
    columns: ["query", "query token", "key", "key token", ...heads.map((head) => `head ${head + 1}`)],
    rows: rows.length * columns.length,
    row: (index) => {
      const row = Math.floor(index / across);
      const column = index % across;
      const weights = matrices.map((matrix) => Number(weightAt(matrix, row, column).toPrecision(5)));
      return [
        row + 1,
        visiblePiece(rows[row]?.piece ?? ""),
        column + 1,
        visiblePiece(columns[column]?.piece ?? ""),
        ...weights,
      ];
    },
  };
}

function rowsMeaning(picture: Picture): string {
  if (picture.kind === "encoder") return "a row is named by its own token";
  return picture.names === "written" ? "a row is named by the token it writes" : "a row is named by the token it reads";
}
