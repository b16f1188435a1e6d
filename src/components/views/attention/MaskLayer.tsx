import { banOf } from "./mask.ts";
import type { Picture } from "./picture.ts";

/** Where slanting lines start along a cell's side. */
const STROKES = [0.25, 0.5, 0.75, 1];

/** In matrices with more columns, each cell has one line alone. */
const FINE = 24;

/** The mask, drawn over a matrix whose cells are unit squares: forbidden cells are greyed and hatched. */
export function MaskLayer(props: { readonly picture: Picture }) {
  const cells = forbiddenCells(props.picture);
  const strokes = props.picture.columns.length > FINE ? [1] : STROKES;
  if (cells.length === 0) return null;
  return (
    <g class="uh-mask-layer">
      <path class="uh-mask-ground" d={cells.map(([row, column]) => `M${column} ${row}h1v1h-1z`).join("")} />
      <path class="uh-mask-hatch" d={cells.map(([row, column]) => hatch(row, column, strokes)).join("")} />
    </g>
  );
}

function forbiddenCells(picture: Picture): [row: number, column: number][] {
  return picture.rows.flatMap((_, row) =>
    picture.columns.flatMap((__, column): [number, number][] =>
      banOf(picture, row, column) === null ? [] : [[row, column]],
    ),
  );
}

/** Lines from lower left to upper right within one cell; where two cells meet, theirs do. */
function hatch(row: number, column: number, strokes: readonly number[]): string {
  const upper = strokes.map((at) => `M${column} ${row + at}L${column + at} ${row}`);
  const lower = strokes.slice(0, -1).map((at) => `M${column + at} ${row + 1}L${column + 1} ${row + at}`);
  return [...upper, ...lower].join("");
}
