/** The switches of a model: one board for each kind of attention, layers down and heads across. */
import type { AttentionKind, HeadRef, ModelInfo } from "../../../engine/model.ts";
import { headName } from "../../../stored/switches.ts";

export interface Board {
  readonly kind: AttentionKind;
  readonly layers: number;
  readonly heads: number;
}

/** A model's boards. */
export function boardsOf({ family, layers, heads }: ModelInfo): readonly Board[] {
  const kinds: readonly AttentionKind[] = family === "encoder-decoder" ? ["encoder", "decoder", "cross"] : [family];
  return kinds.map((kind) => ({ kind, layers: layers[kind === "cross" ? "decoder" : kind], heads }));
}

/** Every head of a board, row by row. */
export function headsOf({ kind, layers, heads }: Board): readonly HeadRef[] {
  return Array.from({ length: layers * heads }, (_, place) => ({
    kind,
    layer: Math.floor(place / heads),
    head: place % heads,
  }));
}

/** Every head of a model. */
export function allHeads(info: ModelInfo): readonly HeadRef[] {
  return boardsOf(info).flatMap(headsOf);
}

/** Names without those that the model lacks, in the boards' order. */
export function fitting(names: readonly string[], info: ModelInfo): readonly string[] {
  const wanted = new Set(names);
  return allHeads(info)
    .map(headName)
    .filter((name) => wanted.has(name));
}

/** The heads behind names. */
export function headsNamed(names: readonly string[], info: ModelInfo): readonly HeadRef[] {
  const wanted = new Set(names);
  return allHeads(info).filter((head) => wanted.has(headName(head)));
}

/** Switches some heads: all of them off; on again where they are off already. */
export function toggled(off: readonly string[], names: readonly string[]): readonly string[] {
  const now = new Set(off);
  const allOff = names.every((name) => now.has(name));
  for (const name of names) {
    if (allOff) now.delete(name);
    else now.add(name);
  }
  return [...now];
}
