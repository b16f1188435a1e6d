import { type NumbersData, pairAt, placeOfPair } from "../../plots/data.ts";
import { countOf } from "./words.ts";

/** The place that an arrow key leads to: across to the next head, up and down to the same head of another layer. */
export function stepFrom(data: NumbersData, at: number | null, right: number, down: number): number {
  const last = countOf(data) - 1;
  if (at === null) return 0;
  const clamped = (place: number): number => Math.max(0, Math.min(last, place));
  if (data.plot === "alike") return pairStep(data.layers * data.heads, at, right, down);
  if (data.plot === "alignment" || data.plot === "relations") return clamped(at + right + down);
  const heads = data.rows.length / data.layers;
  const place = at + right + down * heads;
  return place < 0 || place > last ? at : place;
}

/** Within the triangle of pairs. */
function pairStep(heads: number, at: number, right: number, down: number): number {
  const { row, column } = pairAt(at);
  const to = { row: row + down, column: column + right };
  const inside = to.row < heads && to.column >= 0 && to.column < to.row;
  return inside ? placeOfPair(to) : at;
}
