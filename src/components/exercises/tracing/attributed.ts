import type { Attribution, BySide } from "../../../engine/attribute.ts";
import type { AttentionKind, Tensor } from "../../../engine/model.ts";
import type { Attributed, Numbers } from "../../../sandbox/protocol.ts";

/** The first row of an attribution, as code sees it: lists of numbers. */
export function attributedOf(attribution: Attribution): Attributed {
  const { method, values, cost } = attribution;
  const completeness = attribution.of === "tokens" ? attribution.completeness : null;
  const sides = attribution.of === "heads" ? null : attribution.scores;
  return {
    method,
    source: sides && firstRow(sides.source),
    target: sides?.target ? firstRow(sides.target) : null,
    heads: attribution.of === "heads" ? headsOf(attribution.scores) : null,
    value: values[0] ?? Number.NaN,
    baseline: completeness?.baseline[0] ?? null,
    runs: cost.forward + cost.backward,
  };
}

/** The scores of an attribution's first row by place, source tokens first, then those that the decoder reads. */
export function scoresOf({ source, target }: BySide): { readonly source: number[]; readonly target: number[] } {
  return { source: firstRow(source) as number[], target: target ? (firstRow(target) as number[]) : [] };
}

function headsOf(scores: Readonly<Partial<Record<AttentionKind, Tensor>>>): Attributed["heads"] {
  const kinds = Object.entries(scores) as [AttentionKind, Tensor][];
  return Object.fromEntries(kinds.map(([kind, tensor]) => [kind, firstRow(tensor)]));
}

/** Of `[row, …]` the first row, as lists. */
function firstRow({ data, shape: [, ...rest] }: Tensor): Numbers {
  return nested(data, rest, 0);
}

function nested(data: Float32Array, [length = 1, ...rest]: readonly number[], from: number): Numbers {
  if (rest.length === 0) return Array.from(data.subarray(from, from + length));
  const size = rest.reduce((product, extent) => product * extent, 1);
  return Array.from({ length }, (_, at) => nested(data, rest, from + at * size));
}
