/**
 * What each head gives on average: taken over the tokens of a few everyday sentences. It stands in for a head that is
 * mean-ablated, which disturbs a model less than zeros do (Wang et al. 2022, "Interpretability in the Wild", section 2.1).
 */
import type { AttentionKind, Tensor } from "../model.ts";
import type { HeadMeans } from "./gates.ts";

/** Sentences that every built-in model can read. */
export const EVERYDAY: readonly string[] = [
  "The old man sees a small house.",
  "Mary bought a red car.",
  "The children are playing in the garden.",
  "Tom is not at home today.",
  "She gave the book to her brother.",
  "We went to the market in the morning.",
  "The cat that sleeps near the door is black.",
  "Do you like coffee?",
  "My friends live in Paris.",
  "He opened the window and looked at the sea.",
  "The teacher has read a long letter.",
  "When the rain stopped, the girl ran home.",
];

/** Sums head outputs over runs and shares them out. */
export class MeanOutputs {
  private readonly sums = new Map<AttentionKind, { data: Float64Array; shape: readonly number[]; rows: number }>();

  /** @param mixed head outputs of every layer of one run, `[layer, head, query, head width]` */
  add(kind: AttentionKind, { data, shape }: Tensor): void {
    const [layers = 0, heads = 0, queries = 0, width = 0] = shape;
    const known = this.sums.get(kind);
    const sum = known ?? { data: new Float64Array(layers * heads * width), shape: [layers, heads, width], rows: 0 };
    for (let head = 0; head < layers * heads; head += 1) {
      for (let at = 0; at < queries * width; at += 1) {
        const place = head * width + (at % width);
        sum.data[place] = (sum.data[place] ?? 0) + (data[head * queries * width + at] ?? 0);
      }
    }
    sum.rows += queries;
    this.sums.set(kind, sum);
  }

  means(): HeadMeans {
    const entries = Array.from(this.sums, ([kind, { data, shape, rows }]): [AttentionKind, Tensor] => [
      kind,
      { data: Float32Array.from(data, (sum) => sum / rows), shape },
    ]);
    return Object.fromEntries(entries);
  }
}
