/** Outputs × inputs: the scores of all rows of an attribution as one table. */
import type { Token } from "../../../engine/model.ts";
import { layAxis } from "../tokens/axis.ts";
import type { GridLabel, ScoreGrid } from "./grid.ts";
import { rowOf, type Scored, type ScoredItem, scoredItems } from "./scored.ts";

/** A row that is shown: its place among the tokens written, and the token. */
export interface MatrixRow {
  readonly place: number;
  readonly token: Token;
}

/**
 * The table of an encoder–decoder: source and target so far side by side; what a row cannot have read yet stays blank.
 *
 * @param rows what each row of the scores explains
 */
export function tokenMatrix(scored: Scored, rows: readonly MatrixRow[], { words }: { words: boolean }): ScoreGrid {
  const items = rows.map(({ place }, row) => [
    ...sideItems(scored.source, scored.scores.source, row, words),
    ...sideItems(scored.target ?? [], scored.scores.target, row, words).map((item) =>
      item.start > place ? { ...item, score: Number.NaN } : item,
    ),
  ]);
  const axis = { words, hideSpecial: false, hideInstruction: false };
  const source = layAxis(scored.source, axis).map((token) => labelOf(token, scored.target ? "source" : undefined));
  const target = layAxis(scored.target ?? [], axis).map((token) => labelOf(token, "target so far"));
  return {
    rows: rows.map(({ token }) => ({ name: token.piece, token })),
    columns: [...source, ...target],
    scores: Float32Array.from(items.flat(), ({ score }) => score),
  };
}

function sideItems(
  tokens: readonly Token[],
  scores: Scored["scores"]["target"],
  row: number,
  words: boolean,
): ScoredItem[] {
  return scores ? scoredItems(tokens, rowOf(scores, row), null, words) : [];
}

/** The label of a token on an axis. */
export function labelOf(token: GridLabel["token"] & { readonly piece: string }, group?: string): GridLabel {
  return { name: token.piece, token, ...(group !== undefined && { group }) };
}
