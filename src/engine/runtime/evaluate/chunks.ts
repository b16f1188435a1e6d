/** How many variants are computed side by side. */
import type { ModelInfo, Stack } from "../../model.ts";

/** Numbers that one run may hold at a time; more only makes it wait for memory. 32 MB. */
const MOST = 8_000_000;
/** Tensors of the size of a layer's states, and of its attention, that one layer keeps on the way there and back. */
const STATES = 16;
const WEIGHTS = 4;

/** A range of points: first, and how many. */
export interface Chunk {
  readonly from: number;
  readonly count: number;
}

/** Cuts points into ranges that fit into memory. `tokens` of a stack that the model lacks is 0. */
export function chunksOf(points: number, info: ModelInfo, tokens: Readonly<Record<Stack, number>>): Chunk[] {
  const most = Math.max(1, Math.floor(MOST / numbersOf(info, tokens)));
  // Equal parts, so that no small rest is left.
  const size = Math.ceil(points / Math.ceil(points / most));
  const count = Math.ceil(points / size);
  return Array.from({ length: count }, (_, i) => ({ from: i * size, count: Math.min(size, points - i * size) }));
}

/** About how many numbers a point holds. */
function numbersOf({ family, layers, width, heads, vocabulary }: ModelInfo, tokens: Readonly<Record<Stack, number>>) {
  const { encoder, decoder } = tokens;
  const own = (stack: Stack) =>
    layers[stack] * (STATES * tokens[stack] * width + WEIGHTS * heads * tokens[stack] * tokens[stack]);
  const cross = layers.decoder * WEIGHTS * heads * decoder * encoder;
  const logits = family === "encoder" ? 0 : decoder * vocabulary;
  return own("encoder") + own("decoder") + cross + logits;
}
