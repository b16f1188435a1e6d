/** The numbers about a model that a trace settles, one row each. */
import type { AttentionKind, Trace } from "../../engine/model.ts";
import { ranked } from "./measures.ts";
import type { HeadCount, QuantityName } from "./types.ts";

const layers = (trace: Trace, kind: AttentionKind): number => trace.attention[kind].shape[0] ?? 0;
const heads = (trace: Trace): number => trace.attention.encoder.shape[1] ?? 0;
const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

/** Each quantity, read from the shapes of the tensors that came back. */
export const quantities: { readonly [Q in QuantityName]: (trace: Trace) => number } = {
  "encoder.layers": (trace) => layers(trace, "encoder"),
  "decoder.layers": (trace) => layers(trace, "decoder"),
  "layers.together": (trace) => layers(trace, "encoder") + layers(trace, "decoder"),
  heads: (trace) => heads(trace),
  "encoder.heads": (trace) => layers(trace, "encoder") * heads(trace),
  "cross.heads": (trace) => layers(trace, "cross") * heads(trace),
  "heads.together": (trace) => KINDS.reduce((sum, kind) => sum + layers(trace, kind), 0) * heads(trace),
  "source.tokens": (trace) => trace.source.tokens.length,
  "target.tokens": (trace) => trace.target.written.length,
};

export function isQuantity(name: string): name is QuantityName {
  return Object.hasOwn(quantities, name);
}

/** The value of a quantity; a number, or a text that is one, stands for itself. Null where the run cannot settle it. */
export function quantityValue(name: string | number | HeadCount, trace: Trace | null): number | null {
  if (typeof name === "number") return name;
  if (typeof name === "object") return trace && countHeads(trace, name);
  if (isQuantity(name)) return trace && quantities[name](trace);
  const value = Number(name);
  return name.trim() === "" || Number.isNaN(value) ? null : value;
}

function countHeads(trace: Trace, { part, from, to, above }: HeadCount): number | null {
  const scores = ranked(trace, part, { from, to });
  return scores ? scores.filter(({ score }) => score > above).length : null;
}
