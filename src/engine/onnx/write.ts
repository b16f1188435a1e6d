import type { OnnxModel } from "./graph.ts";

/** Writes a model file; each weight is copied once, into one buffer of known size. */
export function writeOnnx(_model: OnnxModel): Uint8Array {
  throw new Error("not written yet");
}
