/** Reading attention tensors, `[layer, head, query, key]`: rows, words, single heads. */
import type { AnyTrace, AttentionKind, HeadRef, Token } from "../../engine/model.ts";
import { shapeOf, tensorOf } from "./axes.ts";
import type { Cell } from "./types.ts";

/** The weight that a head's query row puts on a key; 0 outside the tensor. */
export function weightAt(trace: AnyTrace, ref: HeadRef, cell: Cell): number {
  const tensor = tensorOf(trace, ref.kind);
  const { heads, queries, keys } = shapeOf(tensor);
  const row = (ref.layer * heads + ref.head) * queries + cell.query;
  return tensor.data[row * keys + cell.key] ?? 0;
}

/** Every head of a kind, in order. */
export function headsOf(trace: AnyTrace, kind: AttentionKind): HeadRef[] {
  const { layers, heads } = shapeOf(tensorOf(trace, kind));
  return Array.from({ length: layers * heads }, (_, index) => ({
    kind,
    layer: Math.floor(index / heads),
    head: index % heads,
  }));
}

/** Whether a trace has this head at all. */
export function hasHead(trace: AnyTrace, ref: HeadRef): boolean {
  const { layers, heads } = shapeOf(tensorOf(trace, ref.kind));
  return ref.layer >= 0 && ref.layer < layers && ref.head >= 0 && ref.head < heads;
}

/** A token as text: the characters it covers, else its piece. */
export function tokenText(token: Token | undefined): string {
  if (!token) return "";
  return token.text.trim() || token.piece;
}

/** Positions of the tokens that make up a word; the first occurrence, outside the instruction. Empty if there is none. */
export function wordAt(tokens: readonly Token[], word: string): number[] {
  const special = tokens.findIndex((token) => token.special && token.piece === word);
  if (special >= 0) return [special];
  const words = new Map<number, number[]>();
  tokens.forEach((token, position) => {
    if (token.special || token.instruction) return;
    words.set(token.word, [...(words.get(token.word) ?? []), position]);
  });
  const spelled = (positions: number[]) => positions.map((at) => tokens[at]?.text.trim() ?? "").join("");
  return [...words.values()].find((positions) => spelled(positions) === word) ?? [];
}

/** Weight from one word to another: summed over the keys' tokens, averaged over the queries'. */
export function wordWeight(trace: AnyTrace, ref: HeadRef, from: readonly number[], to: readonly number[]): number {
  if (from.length === 0) return 0;
  const cells = from.flatMap((query) => to.map((key) => ({ query, key })));
  return cells.reduce((sum, cell) => sum + weightAt(trace, ref, cell), 0) / from.length;
}

/** The largest weight that any head of a kind puts on a cell, and which head that is. */
export function strongest(trace: AnyTrace, kind: AttentionKind, cell: Cell): { head: HeadRef; weight: number } {
  const all = headsOf(trace, kind).map((head) => ({ head, weight: weightAt(trace, head, cell) }));
  return all.reduce((best, next) => (next.weight > best.weight ? next : best), {
    head: { kind, layer: 0, head: 0 },
    weight: -1,
  });
}

/** Cells whose weight is exactly 0 in every head: those that the mask forbids. */
export function forbidden(trace: AnyTrace, kind: AttentionKind): Cell[] {
  const { queries, keys } = shapeOf(tensorOf(trace, kind));
  const all = Array.from({ length: queries * keys }, (_, index) => ({
    query: Math.floor(index / keys),
    key: index % keys,
  }));
  return all.filter((cell) => strongest(trace, kind, cell).weight === 0);
}
