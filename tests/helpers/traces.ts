import type { AttentionKind, Stack, Tensor, TextTrace, Token, Trace } from "../../src/engine/model.ts";

/** A token for tests: `▁piece`; words count up unless a piece lacks the mark. */
export function tokensOf(pieces: readonly string[]): Token[] {
  let word = -1;
  return pieces.map((piece, id) => {
    const special = /^<.*>$/.test(piece);
    if (!special && piece.startsWith("▁")) word++;
    const text = special ? "" : piece.replace("▁", "");
    return {
      id,
      piece,
      text,
      start: 0,
      end: text.length,
      word: special ? -1 : word,
      special,
      instruction: false,
    };
  });
}

/** Attention whose rows sum to one: `weight(layer, head, query, key)` is normalised. */
export function attentionOf(
  shape: readonly [layers: number, heads: number, queries: number, keys: number],
  weight: (layer: number, head: number, query: number, key: number) => number,
): Tensor {
  const [layers, heads, queries, keys] = shape;
  const data = new Float32Array(layers * heads * queries * keys);
  let at = 0;
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      for (let query = 0; query < queries; query++) {
        const row = Array.from({ length: keys }, (_, key) => weight(layer, head, query, key));
        const sum = row.reduce((total, value) => total + value, 0) || 1;
        for (const value of row) data[at++] = value / sum;
      }
    }
  }
  return { data, shape };
}

/** A small trace: "Translate : The brown dog ran </s>" to "Le chi en </s>", each head looking at its own offset. */
export function smallTrace(change: Partial<Trace> = {}): Trace {
  const source = tokensOf(["▁Translate", "▁:", "▁The", "▁brown", "▁dog", "▁ran", "</s>"]).map((token, at) => ({
    ...token,
    instruction: at < 2,
  }));
  const written = tokensOf(["▁Le", "▁chi", "en", "</s>"]);
  const read = tokensOf(["<pad>", "▁Le", "▁chi", "en"]);
  const peaked = (_: number, head: number, query: number, key: number) => (key === query + head ? 9 : 1);
  const causal = (_: number, head: number, query: number, key: number) =>
    key > query ? 0 : key === query - head ? 9 : 1;
  const attention: Record<AttentionKind, Tensor> = {
    encoder: attentionOf([2, 3, 7, 7], peaked),
    decoder: attentionOf([2, 3, 4, 4], causal),
    cross: attentionOf([2, 3, 4, 7], peaked),
  };
  return {
    model: "test",
    source: { text: "Translate: The brown dog ran", tokens: source },
    target: { text: "Le chien", origin: "generated", written, read },
    attention,
    roles: [],
    predictions: [],
    loss: 1,
    tokenLoss: new Float32Array(4),
    logitsShape: [4, 10],
    cut: { source: 0, target: 0 },
    milliseconds: 0,
    ...change,
  };
}

/** A small run of a model with one stack: "<s> The brown dog ran", each head looking at its own offset. */
export function smallTextTrace(kind: Stack, change: Partial<TextTrace> = {}): TextTrace {
  const tokens = tokensOf(["<s>", "▁The", "▁brown", "▁do", "g", "▁ran"]);
  const weight = (_: number, head: number, query: number, key: number) =>
    kind === "decoder" && key > query ? 0 : key === query - head ? 9 : 1;
  return {
    model: `test-${kind}`,
    kind,
    source: { text: "The brown dog ran", tokens },
    target: null,
    attention: { [kind]: attentionOf([2, 3, 6, 6], weight) },
    roles: [],
    predictions: [],
    loss: 0,
    tokenLoss: new Float32Array(),
    written: null,
    watched: [],
    cut: { source: 0, target: 0 },
    milliseconds: 0,
    ...change,
  };
}
