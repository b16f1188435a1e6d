/** The numbers about a model that a trace settles, one row each. */
import type { AnyTrace, AttentionKind } from "../../engine/model.ts";
import { queryTokens, shapeOf, tensorOf } from "./axes.ts";
import { forbidden } from "./cells.ts";
import type { Evidence } from "./evidence.ts";
import { ranked } from "./measures.ts";
import type { HeadCount, QuantityName } from "./types.ts";

const layers = (trace: AnyTrace, kind: AttentionKind): number => shapeOf(tensorOf(trace, kind)).layers;
const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];
const heads = (trace: AnyTrace): number => Math.max(...KINDS.map((kind) => shapeOf(tensorOf(trace, kind)).heads));

/** Cells of one head's matrix. */
function cells(trace: AnyTrace, kind: AttentionKind): number {
  const { queries, keys } = shapeOf(tensorOf(trace, kind));
  return queries * keys;
}

/** Each quantity, read from the shapes of the tensors that came back. */
export const quantities: { readonly [Q in QuantityName]: (trace: AnyTrace) => number } = {
  "encoder.layers": (trace) => layers(trace, "encoder"),
  "decoder.layers": (trace) => layers(trace, "decoder"),
  "layers.together": (trace) => layers(trace, "encoder") + layers(trace, "decoder"),
  heads: (trace) => heads(trace),
  "encoder.heads": (trace) => layers(trace, "encoder") * heads(trace),
  "cross.heads": (trace) => layers(trace, "cross") * heads(trace),
  "heads.together": (trace) => KINDS.reduce((sum, kind) => sum + layers(trace, kind), 0) * heads(trace),
  "source.tokens": (trace) => trace.source.tokens.length,
  "target.tokens": (trace) => queryTokens(trace, "cross").length,
  "decoder.cells": (trace) => cells(trace, "decoder"),
  "decoder.allowed": (trace) => cells(trace, "decoder") - forbidden(trace, "decoder").length,
  "decoder.forbidden": (trace) => forbidden(trace, "decoder").length,
};

export function isQuantity(name: string): name is QuantityName {
  return Object.hasOwn(quantities, name);
}

const SHOWN = "shown.";

/** Whether a name stands for a number that the figure publishes. */
export function isShown(name: string): boolean {
  return name.startsWith(SHOWN);
}

/** The value of a quantity; a number, or a text that is one, stands for itself. Null where the figure cannot settle it. */
export function quantityValue(name: string | number | HeadCount, evidence: Evidence | null): number | null {
  if (typeof name === "number") return name;
  const trace = evidence?.trace ?? null;
  if (typeof name === "object") return trace && countHeads(trace, name);
  if (isQuantity(name)) return trace && quantities[name](trace);
  if (isShown(name)) return evidence?.numbers?.[name.slice(SHOWN.length)] ?? null;
  const value = Number(name);
  return name.trim() === "" || Number.isNaN(value) ? null : value;
}

function countHeads(trace: AnyTrace, { part, from, to, above }: HeadCount): number | null {
  const scores = ranked(trace, part, { from, to });
  return scores ? scores.filter(({ score }) => score > above).length : null;
}
