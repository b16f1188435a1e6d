/** One head's inside, from the taps of its layer. */
import { headInside } from "../attention/inside.ts";
import type { HeadInside, HeadRef, ModelInfo, Tensor, Token } from "../model.ts";
import { headSlice, pick } from "./tensors.ts";

const TENSORS = ["q", "k", "v", "scores", "attention", "mixed"] as const;

/** The outputs that a head's inside is made of. */
export function insideNames({ kind, layer }: HeadRef): string[] {
  return [...TENSORS, "scale"].map((tensor) => `${tensor}.${kind}.${layer}`);
}

/** Puts a head's inside together from the outputs of one run. */
export function insideOf(
  info: ModelInfo,
  head: HeadRef,
  queries: readonly Token[],
  keys: readonly Token[],
  results: Readonly<Record<string, Tensor>>,
): HeadInside {
  const slice = (tensor: (typeof TENSORS)[number]) =>
    headSlice(pick(results, `${tensor}.${head.kind}.${head.layer}`), head.head);
  const parts = headInside({
    query: slice("q"),
    key: slice("k"),
    value: slice("v"),
    scores: slice("scores"),
    attention: slice("attention"),
    output: slice("mixed"),
    scale: pick(results, `scale.${head.kind}.${head.layer}`).data[0] ?? Number.NaN,
  });
  return { model: info.id, head, queries, keys, ...parts };
}
