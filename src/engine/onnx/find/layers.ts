/** Which layer an attention belongs to, and whether each layer has all of its own. */
import type { AttentionKind, Stack } from "../../model.ts";
import type { Node } from "../graph.ts";
import { type AttentionSite, isProduct } from "./attention.ts";
import { notFound } from "./fail.ts";
import { findScales, type Scales } from "./scales.ts";
import { jointsAround, outputOf, type Stream } from "./stream.ts";
import type { Wiring } from "./wiring.ts";

/** One attention of one layer, by the names of its tensors. Sizes: B batch, H head, Q query, K key, d head width. */
export interface AttentionPart {
  readonly kind: AttentionKind;
  /** Counted from 0. */
  readonly layer: number;
  /** Output of the softmax, `[B, H, Q, K]`. */
  readonly probabilities: string;
  /** Left factor of the score product, `[B, H, Q, d]`. */
  readonly query: string;
  /** Right factor of the score product, transposed: `[B, H, d, K]`. */
  readonly key: string;
  /** `[B, H, K, d]`. */
  readonly value: string;
  /** Input of the softmax: scaled, bias and mask added, `[B, H, Q, K]`. */
  readonly scores: string;
  /** Probabilities × values: what each head hands to the output projection, `[B, H, Q, d]`. */
  readonly mixed: string;
  /** Where queries, keys and scores are scaled; undefined where the graph does not show it. */
  readonly scales: Scales | undefined;
  /** Residual stream before the attention (and before its norm), `[B, Q, D]`. */
  readonly entry: string;
  /** Residual stream after the attention was added, `[B, Q, D]`. */
  readonly exit: string;
}

/**
 * Gives each attention its kind and layer: a self-attention opens a layer, a cross-attention belongs to the layer that is
 * open. Throws `FailureError("graph")` when a layer lacks one.
 */
export function arrangeLayers(
  wiring: Wiring,
  stream: Stream,
  sites: readonly AttentionSite[],
  stack: Stack,
): AttentionPart[] {
  refuseUnexplained(wiring, stream, sites, stack);
  if (sites.length === 0) throw notFound(`no attention was found in the ${stack}.`);
  let layer = -1;
  const parts = sites.map((site) => {
    if (!site.cross) layer += 1;
    return partOf(wiring, stream, site, site.cross ? "cross" : stack, layer);
  });
  checkCross(parts, layer + 1, stack);
  return parts;
}

function partOf(
  wiring: Wiring,
  stream: Stream,
  site: AttentionSite,
  kind: AttentionKind,
  layer: number,
): AttentionPart {
  const { before, after } = jointsAround(stream, site.softmax);
  if (after === undefined) throw notFound(`nothing follows the attention of ${place(layer, kind)}.`);
  const name = (names: readonly string[], index: number): string => names[index] ?? "";
  return {
    kind,
    layer,
    probabilities: name(site.softmax.outputs, 0),
    query: name(site.scores.inputs, 0),
    key: name(site.scores.inputs, 1),
    value: name(site.mixing.inputs, 1),
    scores: name(site.softmax.inputs, 0),
    mixed: name(site.mixing.outputs, 0),
    scales: findScales(wiring, stream, site),
    entry: before === undefined ? stream.start : outputOf(stream, before),
    exit: outputOf(stream, after),
  };
}

function place(layer: number, kind: AttentionKind): string {
  return `layer ${layer} (counted from 0) of the ${kind === "encoder" ? "encoder" : "decoder"}`;
}

/** Where some layers have a cross-attention, all must, and only one. */
function checkCross(parts: readonly AttentionPart[], layers: number, stack: Stack): void {
  const cross = parts.filter((part) => part.kind === "cross");
  if (cross.length === 0) return;
  for (let layer = -1; layer < layers; layer++) {
    const here = cross.filter((part) => part.layer === layer).length;
    if (layer === -1 && here > 0)
      throw notFound(`${place(0, stack)} has no self-attention before its cross-attention.`);
    if (layer >= 0 && here === 0) throw notFound(`${place(layer, stack)} has no cross-attention.`);
    if (here > 1)
      throw notFound(`${place(layer, stack)} has ${here} cross-attentions, or a self-attention is missing after it.`);
  }
}

/**
 * Between two joints of the stream, two products of activations are an attention. If no softmax was found between them,
 * the attention is there in a form that we do not know, and counting on would give wrong layer numbers.
 */
function refuseUnexplained(wiring: Wiring, stream: Stream, sites: readonly AttentionSite[], stack: Stack): void {
  const explained = new Set(sites.map((site) => jointsAround(stream, site.softmax).after));
  const seen = new Map<Node | undefined, Node>();
  for (const node of stream.active) {
    if (!isProduct(wiring, node)) continue;
    const segment = jointsAround(stream, node).after;
    const first = seen.get(segment);
    if (explained.has(segment)) continue;
    if (first === undefined) seen.set(segment, node);
    else throw unexplained(stream, first, sites, stack);
  }
}

function unexplained(stream: Stream, product: Node, sites: readonly AttentionSite[], stack: Stack): Error {
  const at = stream.place.get(product) ?? 0;
  const before = sites.filter((site) => !site.cross && (stream.place.get(site.softmax) ?? 0) < at).length;
  const cross = !stream.reached.has(product.inputs[1] ?? "");
  const what = cross
    ? `${place(before - 1, stack)} has no cross-attention`
    : `${place(before, stack)} has no self-attention`;
  return notFound(`${what}: ${product.op} "${product.name}" multiplies queries and keys, but no softmax follows.`);
}
