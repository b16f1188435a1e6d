/** How a stack's graph is edited before a session is made of it. */

import { FailureError } from "../../lib/failure.ts";
import { backward } from "../autodiff/backward.ts";
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

/** A graph with gradients, or why there are none: an operator that has no rule. */
export interface Movable {
  readonly model: OnnxModel;
  readonly refusal: FailureError | null;
}

/**
 * The same, with states that can be moved, the followed number and the way back from it to where it comes from. `aim` is null
 * for an encoder whose states a decoder reads: their gradient is then what the way back starts from.
 */
export function movable(model: OnnxModel, watchedParts: Parts, aim: Aim | null): Movable {
  const { model: shifted, parts } = shiftStates(gateHeads(model, watchedParts), watchedParts);
  const tapped = tap(aim === null ? shifted : addObjective(shifted, parts, aim), parts, TAPPED);
  const last = parts.hidden.at(-1) ?? parts.sink;
  const followed = aim === null ? { of: last, seed: "seed.hidden" } : { of: "objective", seed: "seed.objective" };
  try {
    return { model: backward(tapped, { ...followed, when: WHEN, wrt: places(tapped, parts) }).model, refusal: null };
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== "graph") throw error;
    return { model: tapped, refusal: error };
  }
}

/** Tensors that gradients are taken by, with the names of these. */
function places(
  { graph }: OnnxModel,
  { stack, embedding, hidden, attentions }: Parts,
): [tensor: string, output: string][] {
  const kinds = [...new Set(attentions.map(({ kind }) => kind))];
  const named: [string, string][] = [
    [embedding.output, `embeddings.${stack}`],
    ...hidden.map((tensor, index): [string, string] => [tensor, `hidden.${stack}.${index}`]),
    ...attentions.map(({ probabilities, kind, layer }): [string, string] => [
      probabilities,
      `attention.${kind}.${layer}`,
    ]),
    ...kinds.map((kind): [string, string] => [`gate.${kind}`, `gate.${kind}`]),
    ...graph.inputs.filter(({ name }) => name === STATES).map((): [string, string] => [STATES, STATES]),
  ];
  return named.map(([tensor, name]) => [tensor, gradientName(name)]);
}

/** The states of an encoder, as the decoder reads them. */
export const STATES = "encoder_hidden_states";

/** The input that lets the way back run. */
export const WHEN = "gradients";

/** The output that holds the gradient of a tapped tensor or an input. */
export function gradientName(tensor: string): string {
  return `grad.${tensor}`;
}
