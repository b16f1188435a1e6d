/** How a stack's graph is edited before a session is made of it. */

import { gateHeads } from "../onnx/edit/gate.ts";
import { type Aim, addObjective } from "../onnx/edit/objective.ts";
import { shiftStates } from "../onnx/edit/shift.ts";
import { tap } from "../onnx/edit/tap.ts";
import type { Parts } from "../onnx/find/parts.ts";
import type { OnnxModel } from "../onnx/graph.ts";

const TAPPED = { attention: true, embeddings: true, hidden: true, qkv: true, scores: true, mixed: true };

/** The graph with switches on its heads and its inner tensors as outputs. */
export function watched(model: OnnxModel, parts: Parts): OnnxModel {
  return tap(gateHeads(model, parts), parts, TAPPED);
}

/** The same, with states that can be moved and the followed number; `aim` is null for a stack whose number is another's. */
export function movable(model: OnnxModel, parts: Parts, aim: Aim | null): OnnxModel {
  const shifted = shiftStates(gateHeads(model, parts), parts);
  const aimed = aim === null ? shifted.model : addObjective(shifted.model, shifted.parts, aim);
  return tap(aimed, shifted.parts, TAPPED);
}
