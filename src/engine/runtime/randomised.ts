/** A model whose upper layers have random weights. */
import { FailureError, failure } from "../../lib/failure.ts";
import { seeded } from "../../lib/random.ts";
import type { ModelInfo } from "../model.ts";
import { randomise } from "../onnx/edit/randomise.ts";
import type { GraphChange } from "./stack.ts";

/** A second copy of more than this does not fit beside the first one. Bytes. */
const MOST = 64 * 1024 * 1024;

/**
 * The change of both stacks' graphs that makes the top `layers` layers random, the decoder's before the encoder's. Throws
 * "bad-input" for a model that is too large to be held twice.
 */
export function randomisedFrom({ bytes, layers: all }: ModelInfo, layers: number, seed: number): GraphChange {
  if (bytes > MOST) {
    const message = "This model is too large to be held a second time with random weights.";
    throw new FailureError(failure("bad-input", message, { action: "none", detail: `${bytes} bytes` }));
  }
  return (model, parts) => {
    const decoder = parts.stack === "decoder";
    const own = decoder ? Math.min(layers, all.decoder) : Math.max(0, layers - all.decoder);
    // A stack's graph may be read again: the same numbers have to come then.
    return randomise(model, parts, own, seeded(2 * seed + (decoder ? 0 : 1)));
  };
}
