import type { AttentionKind, Tensor, TextTrace, Token, Trace } from "../model.ts";

/** What the blocks need of a trace of any model. */
export type BlockInput =
  | Pick<Trace, "source" | "target" | "attention">
  | Pick<TextTrace, "kind" | "source" | "target" | "attention">;

/** One kind of attention with the tokens of its rows and columns. */
export interface Block {
  readonly kind: AttentionKind;
  /** In `encoder` and `decoder` the tokens that are read; in `cross` the tokens that are written. */
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  /** `[layer, head, query, key]` */
  readonly attention: Tensor;
}

/** Every kind of attention that a run has, with its tokens: three of an encoder–decoder, one of a model with one stack. */
export function blocksOf(trace: BlockInput): Block[] {
  const { tokens } = trace.source;
  if (trace.target === null) {
    const attention = trace.attention[trace.kind];
    return attention === undefined ? [] : [{ kind: trace.kind, queries: tokens, keys: tokens, attention }];
  }
  const { read, written } = trace.target;
  const { encoder, decoder, cross } = trace.attention;
  return [
    { kind: "encoder", queries: tokens, keys: tokens, attention: encoder },
    { kind: "decoder", queries: read, keys: read, attention: decoder },
    { kind: "cross", queries: written, keys: tokens, attention: cross },
  ];
}

/** Whether queries and keys are the same tokens. */
export function isSelf({ kind }: Pick<Block, "kind">): boolean {
  return kind !== "cross";
}

/** The rows that count for a measure: those of the text itself, without instruction and special tokens. */
export function ordinaryRows({ queries }: Pick<Block, "queries">): number[] {
  return queries.flatMap((token, row) => (isOrdinary(token) ? [row] : []));
}

/** Whether a token belongs to the text itself: not special, not part of the instruction. */
export function isOrdinary({ special, instruction }: Token): boolean {
  return !special && !instruction;
}
