import type { Tensor, Token } from "../../src/engine/model.ts";

/** A token of a word, as a tokenizer that needs no model would give it. */
export function token(text: string, word: number, rest: Partial<Token> = {}): Token {
  return {
    id: 5,
    piece: `▁${text}`,
    text,
    start: 0,
    end: text.length,
    word,
    special: false,
    instruction: false,
    ...rest,
  };
}

/** A token that the model's format adds. */
export function special(piece: string): Token {
  return { ...token("", -1), piece, special: true };
}

/** Attention of one layer and one head, from its rows. */
export function oneHead(rows: readonly (readonly number[])[]): Tensor {
  return { data: Float32Array.from(rows.flat()), shape: [1, 1, rows.length, rows[0]?.length ?? 0] };
}

/** Attention of one layer, from the rows of each head. */
export function heads(...matrices: readonly (readonly (readonly number[])[])[]): Tensor {
  const [first] = matrices;
  return {
    data: Float32Array.from(matrices.flat(2)),
    shape: [1, matrices.length, first?.length ?? 0, first?.[0]?.length ?? 0],
  };
}
