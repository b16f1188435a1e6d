/** Attentions, found by their form: a product of two activations, a softmax, a second product. */
import type { Node } from "../graph.ts";
import { notFound } from "./fail.ts";
import type { Stream } from "./stream.ts";
import { dataInputs, type Wiring } from "./wiring.ts";

/** The three nodes that make an attention, before its kind and layer are known. */
export interface AttentionSite {
  readonly softmax: Node;
  /** Queries × keys. */
  readonly scores: Node;
  /** Probabilities × values. */
  readonly mixing: Node;
  /** Keys come from outside the stream, that is, from an encoder. */
  readonly cross: boolean;
}

const PRODUCTS = new Set(["MatMul", "FusedMatMul", "Einsum"]);
/** Operators that may stand between the softmax and the product with the values. */
const AFTER = new Set([
  "Cast",
  "Clip",
  "Dropout",
  "Expand",
  "Flatten",
  "Identity",
  "Max",
  "Reshape",
  "Squeeze",
  "Transpose",
  "Unsqueeze",
  "Where",
]);
/** Operators that may stand between the score product and the softmax: scale, bias, mask, soft cap. */
const BEFORE = new Set([
  "Add",
  "Cast",
  "Clip",
  "Div",
  "Identity",
  "Max",
  "Min",
  "Mul",
  "Reshape",
  "Squeeze",
  "Sub",
  "Tanh",
  "Unsqueeze",
  "Where",
]);
const FARTHEST_AFTER = 5;
const FARTHEST_BEFORE = 9;

/** Operators that do a whole attention in one node and show nothing of its inside. */
const FUSED = new Set([
  "Attention",
  "DecoderMaskedMultiHeadAttention",
  "GroupQueryAttention",
  "LongformerAttention",
  "MultiHeadAttention",
  "PackedMultiHeadAttention",
  "QAttention",
  "SparseAttention",
]);

/** Finds every attention of the stream, in the order in which they run; throws `FailureError("graph")` at a fused one. */
export function findAttentionSites(wiring: Wiring, stream: Stream): AttentionSite[] {
  const fused = wiring.nodes.find((node) => FUSED.has(node.op));
  if (fused !== undefined) {
    throw notFound(`"${fused.name}" is a fused ${fused.op} node, which does not show its attention probabilities.`);
  }
  return stream.active.flatMap((node) => {
    const site = node.op === "Softmax" ? siteOf(wiring, stream, node) : undefined;
    return site === undefined ? [] : [site];
  });
}

/** Whether a node multiplies two tensors that both depend on the model's input. */
export function isProduct(wiring: Wiring, node: Node): boolean {
  const [left = "", right = ""] = node.inputs;
  return PRODUCTS.has(node.op) && !wiring.constants.has(left) && !wiring.constants.has(right);
}

/** A softmax without the two products (over classes, over experts) is none. */
function siteOf(wiring: Wiring, stream: Stream, softmax: Node): AttentionSite | undefined {
  const mixing = findMixing(wiring, softmax);
  const scores = findScores(wiring, softmax);
  if (mixing === undefined || scores === undefined) return undefined;
  return { softmax, scores, mixing, cross: !stream.reached.has(scores.inputs[1] ?? "") };
}

/** Breadth first downwards to a product that has the probabilities on its left. */
function findMixing(wiring: Wiring, softmax: Node): Node | undefined {
  let front = softmax.outputs.slice(0, 1);
  for (let step = 0; step < FARTHEST_AFTER; step++) {
    const readings = front.flatMap((name) => wiring.readings.get(name) ?? []);
    const product = readings.find((reading) => reading.input === 0 && isProduct(wiring, reading.node));
    if (product !== undefined) return product.node;
    front = readings.flatMap(({ node }) => (AFTER.has(node.op) ? node.outputs.slice(0, 1) : []));
  }
  return undefined;
}

/** Breadth first upwards to the nearest product. */
function findScores(wiring: Wiring, softmax: Node): Node | undefined {
  let front = softmax.inputs.slice(0, 1);
  for (let step = 0; step < FARTHEST_BEFORE; step++) {
    const makers = front.flatMap((name) => wiring.producers.get(name) ?? []);
    const product = makers.find((node) => isProduct(wiring, node));
    if (product !== undefined) return product;
    front = makers.flatMap((node) => (BEFORE.has(node.op) ? dataInputs(node) : []));
  }
  return undefined;
}
