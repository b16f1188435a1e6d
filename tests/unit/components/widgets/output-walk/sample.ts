import type { Tensor, Token, Trace } from "../../../../../src/engine/model.ts";

/** A token for tests; `word` −1 makes it special. */
export function token(id: number, piece: string, start: number, end: number, word: number, text = ""): Token {
  return { id, piece, text, start, end, word, special: word < 0, instruction: false };
}

function ramp(...shape: number[]): Tensor {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, (_, index) => index) };
}

/** "A dog" → "Un chien": 3 source tokens, 4 target tokens, 2 layers, 2 heads, width 5, 7 tokens in the vocabulary. */
export const SAMPLE: Trace = {
  model: "sample",
  source: {
    text: "A dog",
    tokens: [token(3, "▁A", 0, 1, 0, "A"), token(4, "▁dog", 2, 5, 1, "dog"), token(1, "</s>", 0, 0, -1)],
  },
  target: {
    text: "Un chien",
    origin: "generated",
    written: [
      token(5, "▁Un", 0, 2, 0, "Un"),
      token(6, "▁chi", 3, 6, 1, "chi"),
      token(2, "en", 6, 8, 1, "en"),
      token(1, "</s>", 0, 0, -1),
    ],
    read: [
      token(0, "<pad>", 0, 0, -1),
      token(5, "▁Un", 0, 2, 0, "Un"),
      token(6, "▁chi", 3, 6, 1, "chi"),
      token(2, "en", 6, 8, 1, "en"),
    ],
  },
  attention: { encoder: ramp(2, 2, 3, 3), decoder: ramp(2, 2, 4, 4), cross: ramp(2, 2, 4, 3) },
  roles: [],
  predictions: [
    [
      { id: 5, piece: "▁Un", probability: 0.5 },
      { id: 6, piece: "▁chi", probability: 0.25 },
    ],
    [{ id: 6, piece: "▁chi", probability: 0.9 }],
    [{ id: 5, piece: "▁Un", probability: 0.9 }],
    [{ id: 1, piece: "</s>", probability: 0.99 }],
  ],
  loss: 1.1,
  tokenLoss: Float32Array.of(Math.log(2), 0.1, 3, 0.01),
  logitsShape: [4, 7],
  cut: { source: 0, target: 0 },
  milliseconds: 0,
};

/** The same run with everything that is given on request. */
export const FULL: Trace = {
  ...SAMPLE,
  logits: ramp(4, 7),
  hidden: { encoder: ramp(3, 3, 5), decoder: ramp(3, 4, 5) },
};
