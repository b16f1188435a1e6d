/** Heads switched on and off: what a gated graph (`onnx/edit/gate.ts`) is fed. */
import type { AttentionKind, HeadRef, ModelInfo, RunRequest, Stack, Tensor } from "../model.ts";
import { type Feeds, floatTensor } from "./sessions.ts";
import { repeated } from "./tensors.ts";

/** The mean output of every head by kind, `[layer, head, head width]`. */
export type HeadMeans = Readonly<Partial<Record<AttentionKind, Tensor>>>;

/** The kinds of attention that a model has. */
export function kindsOf({ family }: Pick<ModelInfo, "family">): readonly AttentionKind[] {
  return family === "encoder-decoder" ? ["encoder", "decoder", "cross"] : [family];
}

/** The stack in which a kind of attention stands. */
export function stackOf(kind: AttentionKind): Stack {
  return kind === "encoder" ? "encoder" : "decoder";
}

/** Whether a run needs the heads' mean outputs. */
export function needsMeans({ off = [], fill }: Pick<RunRequest, "off" | "fill">): boolean {
  return fill === "mean" && off.length > 0;
}

/**
 * The inputs `gate.<kind>` and `fill.<kind>` of one stack; all heads are on unless the request switches them off. Each of
 * `points` has switches of its own, so that it has their slopes for itself.
 */
export function gateFeeds(
  info: ModelInfo,
  stack: Stack,
  { off = [] }: Pick<RunRequest, "off">,
  means: HeadMeans | null,
  points = 1,
): Feeds {
  const feeds: Record<string, Feeds[string]> = {};
  for (const kind of kindsOf(info)) {
    if (stackOf(kind) !== stack) continue;
    feeds[`gate.${kind}`] = floatTensor(repeated(gateOf(info, kind, off), points));
    feeds[`fill.${kind}`] = floatTensor(means?.[kind] ?? zeros([info.layers[stack], info.heads, info.headWidth]));
  }
  return feeds;
}

function gateOf(info: ModelInfo, kind: AttentionKind, off: readonly HeadRef[]): Tensor {
  const layers = info.layers[stackOf(kind)];
  const data = new Float32Array(layers * info.heads).fill(1);
  for (const ref of off) {
    if (ref.kind === kind && ref.layer < layers && ref.head < info.heads) data[ref.layer * info.heads + ref.head] = 0;
  }
  return { data, shape: [1, layers, info.heads] };
}

function zeros(shape: readonly number[]): Tensor {
  return { data: new Float32Array(shape.reduce((product, size) => product * size, 1)), shape };
}
