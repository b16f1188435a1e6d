/** Hidden states, counted as Hugging Face counts them. */
import type { Node } from "../graph.ts";
import { notFound } from "./fail.ts";
import type { AttentionPart } from "./layers.ts";
import { isOneNumber } from "./scales.ts";
import { outputOf, type Stream } from "./stream.ts";
import type { Wiring } from "./wiring.ts";

/**
 * The entry of each layer (0 is the embedding), then the last hidden state, after the final norm where there is one;
 * throws `FailureError("graph")` when nothing of the stream follows the last layer.
 */
export function findHidden(wiring: Wiring, stream: Stream, attentions: readonly AttentionPart[]): string[] {
  const entries = attentions.filter((part) => part.kind !== "cross").map((part) => part.entry);
  return [...entries, lastHidden(wiring, stream, attentions)];
}

/** The last joint before the head: behind the last feed-forward part, which the stream goes around, and the final norm. */
function lastHidden(wiring: Wiring, stream: Stream, attentions: readonly AttentionPart[]): string {
  const lastExit = attentions.at(-1)?.exit ?? "";
  const exit = stream.joints.findIndex((joint) => outputOf(stream, joint) === lastExit);
  if (exit < 0) throw notFound("the residual stream cannot be followed past the last attention.");
  const after = stream.joints.slice(exit + 1);
  const head = after.findIndex((joint) => beginsHead(wiring, joint));
  const last = (head < 0 ? after : after.slice(0, head)).at(-1);
  return last === undefined ? lastExit : outputOf(stream, last);
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
