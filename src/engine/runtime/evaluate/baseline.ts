/** What stands in for tokens where a method needs a state without information. */
import { FailureError, failure } from "../../../lib/failure.ts";
import type { Baseline } from "../../gradient.ts";
import type { Tensor, Token } from "../../model.ts";

/** How a stack's rows are looked up. */
export interface Lookup {
  /** The rows of some tokens, `[token, width]`. */
  rows(ids: readonly number[]): Promise<Tensor>;
  /** The mean of all rows of the table, `[width]`. */
  mean(): Promise<Float32Array>;
  /** The padding token, or the end token where there is none. */
  readonly pad: number;
}

/**
 * The rows of the baseline for some tokens, `[token, width]`. Special tokens keep their own; `stand` are the tokens of the
 * baseline's text, special ones left out.
 */
export async function baselineRows(
  tokens: readonly Token[],
  own: Tensor,
  baseline: Baseline,
  stand: readonly Token[],
  lookup: Lookup,
): Promise<Tensor> {
  if (baseline.kind === "pad" || baseline.kind === "text") {
    return lookup.rows(baselineIds(tokens, stand, lookup.pad));
  }
  const width = own.shape[1] ?? 0;
  const row = baseline.kind === "zero" ? new Float32Array(width) : await lookup.mean();
  const data = own.data.slice();
  tokens.forEach(({ special }, place) => {
    if (!special) data.set(row, place * width);
  });
  return { data, shape: own.shape };
}

function baselineIds(tokens: readonly Token[], stand: readonly Token[], pad: number): number[] {
  let next = 0;
  return tokens.map(({ id, special }) => {
    if (special) return id;
    next += 1;
    return stand[next - 1]?.id ?? pad;
  });
}

/** Throws "bad-input" for a baseline that is a text without a single token. */
export function requireTokens(stand: readonly Token[]): readonly Token[] {
  const written = stand.filter(({ special }) => !special);
  if (written.length > 0) return written;
  throw new FailureError(failure("bad-input", "The text that stands in as a baseline is empty.", { action: "none" }));
}
