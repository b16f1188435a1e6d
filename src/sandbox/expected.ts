/** Measures of whole runs that exercises in code are compared with; the engine's own, in the shape of a reader's lists. */
import { alignmentScore } from "../engine/attention/alignment.ts";
import type { Alignment, AnyTrace } from "../engine/model.ts";
import { givenOf } from "./given.ts";
import { headLists } from "./worker/lists.ts";
import { wordMatrix } from "./worker/measures.ts";

/** How well each head of the cross-attention agrees with a gold alignment, `[layer][head]`, and how many words were judged. */
export function agreementOfHeads(
  trace: AnyTrace,
  gold: Alignment,
): { readonly shares: readonly (readonly number[])[]; readonly words: number } {
  const { attention, written, source } = givenOf(trace);
  if (!attention.cross) return { shares: [], words: 0 };
  const { values, words } = alignmentScore(attention.cross, written, source, gold);
  const [layers = 0, heads = 0] = values.shape;
  const shares = Array.from({ length: layers }, (_, layer) =>
    Array.from(values.data.subarray(layer * heads, (layer + 1) * heads)),
  );
  return { shares, words };
}

/** The mean weight that each head puts on the right words, which is not the same as pointing at them: `[layer][head]`. */
export function massOfHeads(trace: AnyTrace, gold: Alignment): readonly (readonly number[])[] {
  const { attention, written, source } = givenOf(trace);
  if (!attention.cross) return [];
  return headLists(attention.cross, (matrix) => matrix).map((heads) =>
    heads.map((head) => {
      const { matrix } = wordMatrix(head, written, source);
      const judged = matrix.flatMap((row, word) => {
        const right = gold[word] ?? [];
        return right.length === 0 ? [] : [right.reduce((sum, column) => sum + (row[column] ?? 0), 0)];
      });
      return judged.reduce((sum, weight) => sum + weight, 0) / (judged.length || 1);
    }),
  );
}
