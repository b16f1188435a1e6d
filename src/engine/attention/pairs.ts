import type { AnyTrace, AttentionKind } from "../model.ts";
import type { HeadPairs } from "../study.ts";
import { blocksOf, ordinaryRows } from "./blocks.ts";
import { layout } from "./layout.ts";
import { headDistances } from "./similarity.ts";

/** Collects how differently the heads of each kind look, sentence by sentence, over the rows of the text itself. */
export class PairTally {
  private readonly kinds = new Map<AttentionKind, { readonly sum: Float64Array; sentences: number }>();

  add(trace: AnyTrace): void {
    for (const block of blocksOf(trace)) {
      const rows = ordinaryRows(block);
      if (rows.length === 0) continue;
      const { data } = headDistances(block.attention, rows);
      const known = this.kinds.get(block.kind) ?? { sum: new Float64Array(data.length), sentences: 0 };
      for (const [pair, distance] of data.entries()) known.sum[pair] = (known.sum[pair] ?? 0) + distance;
      known.sentences += 1;
      this.kinds.set(block.kind, known);
    }
  }

  /** The means over sentences, with the plane on which they are laid out. */
  pairs(): HeadPairs[] {
    return [...this.kinds].map(([kind, { sum, sentences }]) => {
      const count = Math.sqrt(sum.length);
      const distances = { data: Float32Array.from(sum, (total) => total / sentences), shape: [count, count] };
      return { kind, distances, sentences, ...layout(distances) };
    });
  }
}
