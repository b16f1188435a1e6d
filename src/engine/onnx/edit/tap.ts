import type { Parts } from "../find/parts.ts";
import type { OnnxModel } from "../graph.ts";

/** Which inner tensors become outputs. */
export interface Wanted {
  readonly attention?: boolean;
  readonly hidden?: boolean;
  readonly qkv?: boolean;
}

/**
 * Adds inner tensors as fp32 outputs: `attention.<kind>.<layer>` [B, H, Q, K], `hidden.<stack>.<index>` [B, T, D],
 * `q|k|v.<kind>.<layer>` [B, H, T, d].
 */
export function tap(_model: OnnxModel, _parts: Parts, _wanted: Wanted): OnnxModel {
  throw new Error("not written yet");
}
