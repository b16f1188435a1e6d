/** What can be read off the rows of a removal study, of the stored ones and of the reader's own. */
import type { RemovalRow } from "../engine/study.ts";

/** Attention on each token from the output's row, of one head or of the mean of all (null): `[token]`. */
export function weightsOf({ weights, tokens }: RemovalRow, head: number | null): number[] {
  const [heads = 0] = weights.shape;
  const at = (of: number, token: number): number => weights.data[of * tokens.length + token] ?? 0;
  if (head !== null) return tokens.map((_, token) => at(head, token));
  return tokens.map((_, token) => {
    let sum = 0;
    for (let of = 0; of < heads; of++) sum += at(of, token);
    return sum / heads;
  });
}

/** Place of the largest number, the first of equals; −1 of none. */
export function topOf(values: readonly number[]): number {
  return values.reduce((top, value, at) => (value > (values[top] ?? Number.NEGATIVE_INFINITY) ? at : top), -1);
}

/** Whether the most-attended token is the one whose removal costs most: `[head + 1]`, 1 or 0, last for the mean of all. */
export function hitsOf(row: RemovalRow): number[] {
  const costliest = topOf(row.effect);
  const heads = row.weights.shape[0] ?? 0;
  const of = (head: number | null): number => (topOf(weightsOf(row, head)) === costliest ? 1 : 0);
  return [...Array.from({ length: heads }, (_, head) => of(head)), of(null)];
}

/** The mean of several lists of the same length. */
export function meanLists(lists: readonly (readonly number[])[]): number[] {
  return (lists[0] ?? []).map((_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0) / lists.length);
}
