/**
 * Runs that no model made: attention of any length, the same for every program that draws it.
 */
import type { AttentionKind, Tensor, Token, Trace } from "../src/engine/model.ts";

/** The translator's own sizes. */
const LAYERS = 3;
const HEADS = 4;

/** How sharply the made-up heads look: about what trained heads do, some cells large and most small. */
const SHARPNESS = 3;

/** A run of `length` source and target tokens, the same for the same seed. */
export function syntheticTrace(length: number, seed = 1): Trace {
  const random = mulberry32(length + seed * 7919);
  const tokens = Array.from({ length }, (_, index) => token(index));
  return {
    model: "synthetic",
    source: { text: tokens.map(({ text }) => text).join(" "), tokens },
    target: { text: tokens.map(({ text }) => text).join(" "), origin: "generated", written: tokens, read: tokens },
    attention: {
      encoder: attention(length, random, "encoder"),
      decoder: attention(length, random, "decoder"),
      cross: attention(length, random, "cross"),
    },
    roles: [],
    predictions: tokens.map(() => []),
    loss: 0,
    tokenLoss: new Float32Array(length),
    logitsShape: [length, 5000],
    cut: { source: 0, target: 0 },
    milliseconds: 0,
  };
}

/** One kind of attention as nested lists, `[layer][head][query][key]`, the form in which PyTorch is given it. */
export function nested({ data, shape }: Tensor): number[][][][] {
  const [layers = 0, heads = 0, rows = 0, columns = 0] = shape;
  const row = (start: number) => Array.from(data.subarray(start, start + columns));
  const matrix = (start: number) => Array.from({ length: rows }, (_, query) => row(start + query * columns));
  const size = rows * columns;
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => matrix((layer * heads + head) * size)),
  );
}

/** `[layer, head, query, key]`; the decoder's looks at nothing that comes later. */
function attention(length: number, random: () => number, kind: AttentionKind): Tensor {
  const data = new Float32Array(LAYERS * HEADS * length * length);
  for (let start = 0, row = 0; start < data.length; start += length, row += 1) {
    const seen = kind === "decoder" ? (row % length) + 1 : length;
    softmax(data.subarray(start, start + seen), random);
  }
  return { data, shape: [LAYERS, HEADS, length, length] };
}

function softmax(row: Float32Array, random: () => number): void {
  let total = 0;
  for (let key = 0; key < row.length; key += 1) {
    const weight = Math.exp(SHARPNESS * (random() + random() + random() - 1.5));
    row[key] = weight;
    total += weight;
  }
  for (let key = 0; key < row.length; key += 1) row[key] = (row[key] ?? 0) / total;
}

function token(index: number): Token {
  const text = `w${index}`;
  const start = index * 4;
  return {
    id: index,
    piece: `▁${text}`,
    text,
    start,
    end: start + text.length,
    word: index,
    special: false,
    instruction: false,
  };
}

/** A small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
