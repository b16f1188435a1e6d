import type { Stack, Trace } from "../../../engine/model.ts";

/** What one number of a shape counts. `states` are the embedding and each layer's output. */
export type AxisName = "layers" | "states" | "batch" | "heads" | "source" | "target" | "width" | "vocabulary";

/** One number of a shape; in attention one token axis asks (query) and the other is looked at (key). */
export interface Axis {
  readonly name: AxisName;
  readonly size: number;
  readonly side?: "query" | "key";
}

/** The shape of one output: how many tensors stand in a tuple, and the axes of each. */
export interface OutputShape {
  readonly tuple?: Axis;
  readonly axes: readonly Axis[];
}

/** The sizes from which every shape follows. */
export interface Sizes {
  readonly layers: Readonly<Record<Stack, number>>;
  readonly heads: number;
  readonly source: number;
  readonly target: number;
  readonly width: number;
  readonly vocabulary: number;
}

/** Reads the sizes off a run; the width of a hidden state is known of the model, not of the run. */
export function sizesOf(trace: Trace, width: number): Sizes {
  const { encoder, cross } = trace.attention;
  const [encoderLayers = 0, heads = 0] = encoder.shape;
  const [decoderLayers = 0] = cross.shape;
  return {
    layers: { encoder: encoderLayers, decoder: decoderLayers },
    heads,
    source: trace.source.tokens.length,
    target: trace.target.read.length,
    width,
    vocabulary: trace.logitsShape[1],
  };
}

/** The word under a number of a shape. */
export const AXIS_LABELS: Readonly<Record<AxisName, string>> = {
  layers: "layers",
  states: "states",
  batch: "batch",
  heads: "heads",
  source: "source tokens",
  target: "target tokens",
  width: "width",
  vocabulary: "vocabulary",
};

/** What a number of a shape counts, one sentence for each axis, given its size. */
const MEANINGS: Readonly<Record<AxisName, (size: number) => string>> = {
  layers: (size) => `${size} layers lie on top of each other, and each has attention of its own.`,
  states: (size) =>
    `${size} states of every token: its embedding, then what each of the ${size - 1} layers made of it.`,
  batch: (size) => `${size} sentence was run; with more, they would lie along this axis.`,
  heads: (size) => `${size} heads work side by side in a layer, each with weights of its own.`,
  source: (size) => `${size} tokens of the source, instruction and end mark included.`,
  target: (size) => `${size} tokens of the target: position t reads what was written before it and writes token t.`,
  width: (size) => `${size} numbers hold one token inside the model.`,
  vocabulary: (size) => `${size} tokens that the model could write next, with one score for each.`,
};

const SIDES = { query: " Here they ask.", key: " Here they are looked at." } as const;

/** One sentence on what an axis counts. */
export function axisMeaning(axis: Axis): string {
  return MEANINGS[axis.name](axis.size) + (axis.side ? SIDES[axis.side] : "");
}

/** A shape as Python's users read it: `3 layers × [1, 4, 9, 13]`. */
export function shapeText({ tuple, axes }: OutputShape): string {
  const tensor = `[${axes.map((axis) => axis.size).join(", ")}]`;
  return tuple ? `${tuple.size} ${AXIS_LABELS[tuple.name]} × ${tensor}` : tensor;
}
