/** A small run made by hand: 2 layers, 2 heads; "The dog" read, "Le chien" written. */
import type { AttentionKind, RoleScores, Tensor, Token, Trace } from "../../../../src/engine/model.ts";

const END = "</s>";

function tokens(pieces: readonly string[]): Token[] {
  let word = -1;
  return pieces.map((piece, id) => {
    const special = piece.startsWith("<");
    if (piece.startsWith("▁")) word++;
    return {
      id,
      piece,
      text: special ? "" : piece.replace("▁", " "),
      start: 0,
      end: 0,
      word: special ? -1 : word,
      special,
      instruction: false,
    };
  });
}

/** `[layer, head, query, key]` from a function. */
function tensor(queries: number, keys: number, weight: (l: number, h: number, q: number, k: number) => number): Tensor {
  const shape = [2, 2, queries, keys];
  const data = new Float32Array(4 * queries * keys);
  data.forEach((_, index) => {
    const key = index % keys;
    const query = Math.floor(index / keys) % queries;
    const head = Math.floor(index / keys / queries) % 2;
    data[index] = weight(Math.floor(index / keys / queries / 2), head, query, key);
  });
  return { shape, data };
}

export function roleScores(role: RoleScores["role"], kind: AttentionKind, values: readonly number[]): RoleScores {
  return { role, kind, rows: 3, values: { shape: [2, 2], data: Float32Array.from(values) } };
}

/** Cross-attention: layer 1, head 0 follows the words; the others spread. Encoder: layer 0, head 1 rests on itself. */
export function smallTrace(): Trace {
  const source = tokens(["▁The", "▁d", "og", END]);
  const written = tokens(["▁Le", "▁chien", END]);
  const read = tokens(["<pad>", "▁Le", "▁chien"]);
  return {
    model: "small",
    source: { text: "The dog", tokens: source },
    target: { text: "Le chien", origin: "generated", written, read },
    attention: {
      encoder: tensor(4, 4, (l, h, q, k) => (l === 0 && h === 1 ? Number(q === k) : 0.25)),
      decoder: tensor(3, 3, (_l, _h, q, k) => (k <= q ? 1 / (q + 1) : 0)),
      cross: tensor(3, 4, (l, h, q, k) =>
        l === 1 && h === 0
          ? ([
              [0.9, 0, 0, 0.1],
              [0.1, 0.4, 0.4, 0.1],
              [0, 0, 0, 1],
            ][q]?.[k] ?? 0)
          : 0.25,
      ),
    },
    roles: [
      roleScores("same", "encoder", [0.25, 1, 0.25, 0.25]),
      roleScores("previous", "encoder", [0.25, 0.1, 0.25, 0.25]),
      roleScores("end", "encoder", [0.25, 0.2, 0.9, 0.7]),
      roleScores("alignment", "cross", [0.25, 0.25, 0.85, 0.25]),
    ],
    predictions: [],
    loss: 0,
    tokenLoss: new Float32Array(3),
    logitsShape: [3, 100],
    cut: { source: 0, target: 0 },
    milliseconds: 0,
  };
}

/** The run as a figure publishes it. */
export function evidenceOf(trace: Trace = smallTrace(), live = true) {
  return { figure: "test", trace, live, focus: null };
}
