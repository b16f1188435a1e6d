/** The one sentence under an attention picture. */
import { listText, percentText, weightText } from "../../../lib/format.ts";
import type { AxisItem } from "../tokens/axis.ts";
import { quoted } from "../tokens/face.ts";
import { type HeadMatrix, strongestInColumn, strongestInRow } from "./matrix.ts";
import { kindName, type Picture, shareHidden } from "./picture.ts";

/** The token that is looked at: a row (query) or a column (key) of the picture. */
export interface Spotlight {
  readonly side: "row" | "column";
  readonly index: number;
}

/** More heads than these are not named one by one. */
const NAMED = 4;

/** Follows the state: which heads, and where the token in the spotlight looks, or is looked at from. */
export function readingOf(
  picture: Picture,
  layer: number,
  heads: readonly number[],
  spotlight: Spotlight | null,
): string {
  if (heads.length === 0) return "No head is shown: switch one on by its numbered tile.";
  if (picture.rows.length === 0 || picture.columns.length === 0) return "All tokens are hidden.";
  const said = spotlight?.side === "column" ? columnSentence : rowSentence;
  const index = spotlight?.index ?? strongestRow(picture, layer, heads);
  return `${headsName(picture, layer, heads)}: ${said(picture, layer, heads, index)}.${hiddenSentence(picture, layer, heads)}`;
}

/** "Layer 2, head 1 of the cross-attention". Counted from 1. */
export function headsName(picture: Picture, layer: number, heads: readonly number[]): string {
  const place = kindName(picture);
  if (heads.length === 1) return `Layer ${layer + 1}, head ${(heads[0] ?? 0) + 1} of ${place}`;
  if (heads.length === picture.heads) return `Layer ${layer + 1} of ${place}, all ${heads.length} heads`;
  return `Layer ${layer + 1} of ${place}, heads ${listText(heads.map((head) => String(head + 1)))}`;
}

function rowSentence(picture: Picture, layer: number, heads: readonly number[], row: number): string {
  const item = picture.rows[row];
  if (item === undefined) return "hover or focus a token to read its weights";
  const parts = heads.slice(0, NAMED).map((head, place) => {
    const { column, weight } = strongestInRow(picture.matrix(layer, head), row);
    const who = heads.length === 1 ? "" : `head ${head + 1} ${place === 0 ? "looks most " : ""}`;
    return `${who}at ${name(picture.columns[column])} (${weightText(weight)})`;
  });
  const subject = rowSubject(picture, item);
  if (heads.length === 1) return `${subject} ${looks(picture)} most ${parts[0]}`;
  return `${subject} ${listText(parts)}${more(heads)}`;
}

function columnSentence(picture: Picture, layer: number, heads: readonly number[], column: number): string {
  const item = picture.columns[column];
  if (item === undefined) return "hover or focus a token to read its weights";
  const parts = heads.slice(0, NAMED).map((head) => {
    const { row, weight } = strongestInColumn(picture.matrix(layer, head), column);
    const by = heads.length === 1 ? "" : `by head ${head + 1} `;
    return row < 0 ? `${by}nowhere` : `${by}${rowPlace(picture, picture.rows[row])} (${weightText(weight)})`;
  });
  return `${name(item)} is looked at most ${listText(parts)}${more(heads)}`;
}

function more(heads: readonly number[]): string {
  return heads.length > NAMED ? `, and ${heads.length - NAMED} more of them` : "";
}

/** "while writing “chien”": how a row is spoken of. */
export function rowSubject(picture: Picture, item: AxisItem): string {
  if (picture.kind === "encoder") return `from ${name(item)}`;
  return picture.names === "written" ? `while writing ${name(item)}` : `having read ${name(item)},`;
}

function rowPlace(picture: Picture, item: AxisItem | undefined): string {
  if (picture.kind === "encoder") return `from ${name(item)}`;
  return picture.names === "written" ? `while ${name(item)} is written` : `after ${name(item)} is read`;
}

/** Who looks where. */
export function looks(picture: Picture): string {
  if (picture.kind === "encoder") return "it looks";
  return picture.kind === "decoder" ? "the model looks back" : "the model looks";
}

function name(item: AxisItem | undefined): string {
  return item === undefined ? "nothing" : quoted(item.piece);
}

/** What the floor leaves out of a head view; null where it leaves out nothing. */
export function floorNote(picture: Picture, layer: number, heads: readonly number[], floor: number): string | null {
  if (floor === 0 || heads.length === 0 || picture.rows.length === 0) return null;
  let below = 0;
  for (const head of heads) below += sumBelow(picture.matrix(layer, head).weights, floor);
  const share = below / (heads.length * picture.rows.length);
  if (share === 0) return null;
  return `Lines under ${floor.toFixed(2)} are not drawn; together they hold ${percentText(share)} of the attention.`;
}

function sumBelow(weights: Float32Array, floor: number): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0;
    if (weight < floor) sum += weight;
  }
  return sum;
}

function hiddenSentence(picture: Picture, layer: number, heads: readonly number[]): string {
  if (!picture.hiding) return "";
  return ` The hidden tokens hold ${percentText(shareHidden(picture, layer, heads))} of the attention.`;
}

/** The row worth reading when none is chosen: the strongest link between two tokens that someone wrote. */
export function strongestRow(picture: Picture, layer: number, heads: readonly number[]): number {
  let best = { row: 0, weight: -1 };
  for (const head of heads) {
    const found = strongestLink(picture, picture.matrix(layer, head));
    if (found.weight > best.weight) best = found;
  }
  return best.row;
}

function strongestLink(picture: Picture, matrix: HeadMatrix): { row: number; weight: number } {
  let best = { row: 0, weight: -1 };
  for (const [row, item] of picture.rows.entries()) {
    if (!isText(item)) continue;
    const { column, weight } = strongestInRow(matrix, row);
    const worth = isText(picture.columns[column]) ? weight + 1 : weight;
    if (worth > best.weight) best = { row, weight: worth };
  }
  return best;
}

function isText(item: AxisItem | undefined): boolean {
  return item !== undefined && !item.special && !item.instruction && /[\p{L}\p{N}]/u.test(item.piece);
}
