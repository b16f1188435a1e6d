/** Heads in the order of what switching each off by itself does. */
import type { HeadRef } from "../engine/model.ts";
import type { HeadSweep } from "../engine/study.ts";

/** One head with its effect: the metric without it − the metric of the whole model, with its 95 % interval. */
export interface RankedHead {
  readonly ref: HeadRef;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** Every head, the one that the answer needs most first. */
export function rankedHeads({ effects }: HeadSweep): RankedHead[] {
  const all = effects.flatMap(({ kind, mean, low, high }) => {
    const [, heads = 1] = mean.shape;
    return Array.from(mean.data, (effect, place) => ({
      ref: { kind, layer: Math.floor(place / heads), head: place % heads },
      effect,
      low: low.data[place] ?? effect,
      high: high.data[place] ?? effect,
    }));
  });
  return all.sort((a, b) => a.effect - b.effect);
}
