import type { AttentionKind, Tensor } from "../model.ts";
import type { HeadScores, Measure } from "../study.ts";
import { bootstrapMean } from "./statistics.ts";

/** What one sentence says of one measure. */
export interface Entry {
  readonly measure: Measure;
  readonly kind: AttentionKind;
  /** `[layer × head]` */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  /** For a relation: the share that each fixed offset gets right. */
  readonly offsets?: ReadonlyMap<number, number>;
  /** What even attention scores on the same rows, where that is asked for. */
  readonly even?: number | undefined;
}

/** Every sentence's values of one measure. */
interface Column {
  readonly measure: Measure;
  readonly kind: AttentionKind;
  readonly sentences: ArrayLike<number>[];
  rows: number;
  /** Sums over sentences; null where the measure has no offsets. */
  readonly offsets: Map<number, number> | null;
  /** Sum over sentences; null where even attention is not scored. */
  even: number | null;
}

/** Collects measures sentence by sentence, then takes the mean of each with its interval. */
export class Tally {
  private readonly columns = new Map<string, Column>();
  private readonly heads: number;

  /** @param heads in one layer */
  constructor(heads: number) {
    this.heads = heads;
  }

  add({ measure, kind, values, rows, offsets, even }: Entry): void {
    const key = `${kind} ${measure}`;
    const column: Column = this.columns.get(key) ?? {
      measure,
      kind,
      sentences: [],
      rows: 0,
      offsets: offsets ? new Map() : null,
      even: even === undefined ? null : 0,
    };
    column.sentences.push(values);
    column.rows += rows;
    if (column.even !== null) column.even += even ?? 0;
    for (const [by, share] of offsets ?? []) column.offsets?.set(by, (column.offsets.get(by) ?? 0) + share);
    this.columns.set(key, column);
  }

  /** The scores of all heads, measure by measure; `breathe` is awaited between them. */
  async scores(breathe: () => Promise<void>): Promise<HeadScores[]> {
    const scores: HeadScores[] = [];
    for (const { measure, kind, sentences, rows, offsets, even } of this.columns.values()) {
      const { mean, low, high } = bootstrapMean(sentences);
      scores.push({
        measure,
        kind,
        mean: this.perLayer(mean),
        low: this.perLayer(low),
        high: this.perLayer(high),
        sentences: sentences.length,
        rows,
        offset: offsets && bestOffset(offsets, sentences.length),
        even: even === null ? null : even / sentences.length,
      });
      await breathe();
    }
    return scores;
  }

  private perLayer(values: Float64Array): Tensor {
    return { data: Float32Array.from(values), shape: [values.length / this.heads, this.heads] };
  }
}

/** The offset with the highest mean share; of equals the nearest, then the one to the left. */
function bestOffset(sums: ReadonlyMap<number, number>, sentences: number): { score: number; by: number } | null {
  const [best] = [...sums].sort(([a, one], [b, other]) => other - one || Math.abs(a) - Math.abs(b) || a - b);
  return best ? { by: best[0], score: best[1] / sentences } : null;
}
