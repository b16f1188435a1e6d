/** The axes of a run's attention, `[layer, head, query, key]`: how long they are, and which tokens stand along them. */
import type { AnyTrace, AttentionKind, HeadRef, Tensor, Token } from "../../engine/model.ts";

/** Sizes of one kind of attention. */
export interface Shape {
  readonly layers: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
}

const NONE: Tensor = { data: new Float32Array(), shape: [0, 0, 0, 0] };

/** One kind of a run's attention; empty where the model has none of it. */
export function tensorOf(trace: AnyTrace, kind: AttentionKind): Tensor {
  return trace.attention[kind] ?? NONE;
}

export function shapeOf(tensor: Tensor): Shape {
  const [layers = 0, heads = 0, queries = 0, keys = 0] = tensor.shape;
  return { layers, heads, queries, keys };
}

/** The tokens of the query rows, named as the figures name them: written in cross-attention, else read. */
export function queryTokens(trace: AnyTrace, kind: AttentionKind): readonly Token[] {
  if (trace.target === null) return trace.source.tokens;
  if (kind === "cross") return trace.target.written;
  return kind === "decoder" ? trace.target.read : trace.source.tokens;
}

/** The tokens of the key columns: the source, or what the decoder has read. */
export function keyTokens(trace: AnyTrace, kind: AttentionKind): readonly Token[] {
  return kind === "decoder" && trace.target !== null ? trace.target.read : trace.source.tokens;
}

/** Whether two references name the same head. */
export function sameHead(a: HeadRef, b: HeadRef): boolean {
  return a.kind === b.kind && a.layer === b.layer && a.head === b.head;
}
