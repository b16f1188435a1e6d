/** Attributions made by hand, for what only reads them. */
import type { TokenAttribution } from "../../src/engine/attribute.ts";
import type { AnyTrace, Tensor } from "../../src/engine/model.ts";

/** One row of scores on a run, with a gap and a baseline. */
export function attributionOn(
  { model, source, target }: AnyTrace,
  scores: { readonly source: readonly number[]; readonly target?: readonly number[] },
  { value = 5, baseline = 1, gap = 0.5 } = {},
): TokenAttribution {
  const row = (numbers: readonly number[]): Tensor => ({
    data: Float32Array.from(numbers),
    shape: [1, numbers.length],
  });
  return {
    of: "tokens",
    model,
    method: "integrated-gradients",
    source: source.tokens,
    target: target?.read ?? null,
    targets: [],
    values: Float32Array.of(value),
    cost: { forward: 4, backward: 4, milliseconds: 3 },
    scores: { source: row(scores.source), target: scores.target ? row(scores.target) : null },
    signed: true,
    completeness: { baseline: Float32Array.of(baseline), gap: Float32Array.of(gap) },
    error: null,
    paths: null,
  };
}
