/** The sentences of the figure: what a cell says, and what a whole matrix says. */
import { listText, weightText } from "../../../lib/format.ts";
import type { Cell } from "../../views/attention/MatrixView.tsx";
import { type Ban, banOf, countCells, isPadding } from "../../views/attention/mask.ts";
import { weightAt } from "../../views/attention/matrix.ts";
import { kindName, type Picture } from "../../views/attention/picture.ts";
import { headsName, looks, rowSubject } from "../../views/attention/reading.ts";
import { quoted } from "../../views/tokens/face.ts";

/** One layer and head, counted from 0. */
export interface Place {
  readonly layer: number;
  readonly head: number;
}

/** The sentence for the cell that is looked at, or for the matrix as a whole. */
export function readingFor(picture: Picture, place: Place, cell: Cell | null): string {
  const query = cell && picture.rows[cell.row];
  const key = cell && picture.columns[cell.column];
  if (!cell || !query || !key) return wholeReading(picture);
  const ban = banOf(picture, cell.row, cell.column);
  const [from, to] = [quoted(query.piece), quoted(key.piece)];
  if (ban !== null) return `${from} may not look at ${to}: ${reasonFor(ban, from, to)}`;
  const weight = weightText(weightAt(picture.matrix(place.layer, place.head), cell.row, cell.column));
  const who = `${headsName(picture, place.layer, [place.head])}: ${rowSubject(picture, query)}`;
  return `${who} ${looks(picture)} at ${to} with weight ${weight}. ${allowedReason(picture, cell)}`;
}

/** Why a cell is forbidden. */
function reasonFor(ban: Ban, query: string, key: string): string {
  if (ban === "padding") {
    return "this place only fills up the shorter text of a batch. There is nothing to read, so the mask closes it for every row.";
  }
  const order = `the decoder writes from left to right, and when it reads ${query}, ${key} does not exist yet`;
  return `${order}. The mask sets this score to −∞, and the softmax makes exactly 0 of it.`;
}

/** Why a cell is allowed. */
function allowedReason(picture: Picture, { row, column }: Cell): string {
  if (picture.kind === "cross") return "The source is complete before the decoder starts: all of it may be looked at.";
  if (picture.kind === "encoder") return AHEAD_TOO[Math.sign(column - row) as -1 | 0 | 1];
  return row === column
    ? "Itself is the last token that it may look at."
    : `It may look at the ${row + 1} tokens up to itself, and at none after it.`;
}

const AHEAD_TOO = {
  [-1]: "It looks back, as it may.",
  0: "It looks at itself, as it may.",
  1: "It looks ahead: in an encoder it may, the whole text is there.",
} as const;

/** How much of the matrix is open. */
function wholeReading(picture: Picture): string {
  if (picture.rows.length === 0 || picture.columns.length === 0) return "There is no token to look at.";
  const { allowed, forbidden } = countCells(picture);
  const name = kindName(picture);
  const said = `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
  const all = allowed + forbidden;
  if (forbidden === 0) return `${said}: all ${all} cells are allowed; the mask forbids nothing here.`;
  const bans = [
    picture.kind === "decoder" ? "what lies ahead of each row" : "",
    picture.columns.some(isPadding) ? "the places that fill up the text" : "",
  ].filter(Boolean);
  return `${said}: ${allowed} of ${all} cells are allowed; the mask forbids ${forbidden}, ${listText(bans)}.`;
}
