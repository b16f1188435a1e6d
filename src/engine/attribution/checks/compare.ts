/** Two attributions side by side: which tokens count, and whether they come in the same order. */
import { spearman } from "../../attention/statistics.ts";
import { unfit } from "../../attention/studyTools.ts";
import type { Attribution, TokenAttribution } from "../../attribute.ts";
import type { Model, Tensor } from "../../model.ts";
import { reachOf } from "../subject.ts";

/** The attribution, which must score tokens. */
export function expectTokens(attribution: Attribution): TokenAttribution {
  if (attribution.of === "tokens") return attribution;
  throw unfit(
    `The method “${attribution.method}” scores ${attribution.of}, not tokens: choose one that scores tokens.`,
  );
}

/**
 * Sizes of the scores in one row, special tokens left out and tokens that the followed number cannot depend on: source first,
 * then what the decoder of an encoder–decoder reads.
 */
export function sizesIn({ scores, source, target, targets }: TokenAttribution, row: number, { info }: Model): number[] {
  const followed = targets[row];
  if (!followed) throw new RangeError(`no row ${row}`);
  const first = {
    stack: info.family === "decoder" ? "decoder" : "encoder",
    tokens: source,
    of: scores.source,
  } as const;
  const sides =
    target && scores.target ? [first, { stack: "decoder", tokens: target, of: scores.target } as const] : [first];
  return sides.flatMap(({ of, ...side }) => {
    const own = rowOf(of, row);
    return side.tokens
      .slice(0, reachOf(side, followed))
      .flatMap(({ special }, place) => (special ? [] : [Math.abs(own[place] ?? 0)]));
  });
}

/** Spearman's ρ of two lists of sizes; 0 where one of them has no order, since then it agrees with nothing. */
export function agreement(a: readonly number[], b: readonly number[]): number {
  const rho = spearman(a, b);
  return Number.isNaN(rho) ? 0 : rho;
}

function rowOf({ data, shape }: Tensor, row: number): Float32Array {
  const width = shape.at(-1) ?? 0;
  return data.subarray(row * width, (row + 1) * width);
}
