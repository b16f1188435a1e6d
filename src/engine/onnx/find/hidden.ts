/** Hidden states, counted as Hugging Face counts them. */

import { tensorOf } from "../attributes.ts";
import type { Node } from "../graph.ts";
import { notFound } from "./fail.ts";
import type { AttentionPart } from "./layers.ts";
import { outputOf, type Stream } from "./stream.ts";
import { dataInputs, type Wiring } from "./wiring.ts";

/**
 * The entry of each layer (0 is the embedding), then the last hidden state, after the final norm where there is one;
 * throws `FailureError("graph")` when nothing of the stream follows the last layer.
 */
export function findHidden(wiring: Wiring, stream: Stream, attentions: readonly AttentionPart[]): string[] {
  const entries = attentions.filter((part) => part.kind !== "cross").map((part) => part.entry);
  return [...entries, lastHidden(wiring, stream, attentions)];
}

/** From the last residual addition on through the final norm, up to what makes logits of it (or the output itself). */
function lastHidden(wiring: Wiring, stream: Stream, attentions: readonly AttentionPart[]): string {
  const lastExit = attentions.at(-1)?.exit ?? "";
  const exit = stream.joints.findIndex((joint) => outputOf(stream, joint) === lastExit);
  if (exit < 0) throw notFound("the residual stream cannot be followed past the last attention.");
  const after = stream.joints.slice(exit + 1);
  // A block that runs attention and feed-forward side by side has one addition, the exit itself.
  const addition = after.findIndex((joint) => isResidualAddition(stream, joint));
  const rest = addition < 0 ? after : after.slice(addition + 1);
  const head = rest.findIndex((joint) => beginsHead(wiring, joint));
  const inside = head < 0 ? rest : rest.slice(0, head);
  const last = inside.at(-1) ?? after[addition];
  return last === undefined ? lastExit : outputOf(stream, last);
}

function isResidualAddition(stream: Stream, joint: Node): boolean {
  return joint.op === "Add" && dataInputs(joint).filter((name) => stream.reached.has(name)).length >= 2;
}

const HEAD = new Set([
  "DynamicQuantizeLinear",
  "DynamicQuantizeMatMul",
  "Gather",
  "Gemm",
  "MatMul",
  "MatMulInteger",
  "MatMulNBits",
  "Slice",
]);

/** A projection, a choice of tokens, or a scale by one number (T5 with tied embeddings scales before its projection). */
function beginsHead(wiring: Wiring, joint: Node): boolean {
  if (HEAD.has(joint.op)) return true;
  return (joint.op === "Mul" || joint.op === "Div") && joint.inputs.some((name) => isOneNumber(wiring, name));
}

function isOneNumber(wiring: Wiring, name: string): boolean {
  const producer = wiring.producers.get(name);
  if (producer?.op === "Cast") return isOneNumber(wiring, producer.inputs[0] ?? "");
  const constant = producer?.op === "Constant" ? tensorOf(producer, "value") : wiring.graph.initializers.get(name);
  return constant?.shape.every((length) => length === 1) ?? false;
}
