/** Inputs of a stack that were added for gradients, fed so that they change nothing. */
import * as ort from "onnxruntime-web/webgpu";
import type { ModelInfo } from "../model.ts";

/** Sizes that a neutral input is made for. */
export interface NeutralSizes extends Pick<ModelInfo, "width" | "vocabulary"> {
  readonly tokens: number;
}

/** Zeros for an input of `onnx/edit/{shift,objective}.ts` or of the way back; undefined for an input of the model's own. */
export function neutralFeed(name: string, sizes: NeutralSizes): ort.Tensor | undefined {
  if (name === "gradients") return new ort.Tensor("bool", [false], [1]);
  const shape = shapeOf(name, sizes);
  return (
    shape && new ort.Tensor("float32", new Float32Array(shape.reduce((product, size) => product * size, 1)), shape)
  );
}

function shapeOf(name: string, { width, vocabulary, tokens }: NeutralSizes): number[] | undefined {
  if (name.startsWith("shift.")) return [1, 1, 1];
  if (name.startsWith("weigh.")) return [1, vocabulary, 1];
  if (name.startsWith("seed.")) return [1];
  if (name === "rows") return [1, 1, tokens];
  return name === "direction" ? [1, width, 1] : undefined;
}
