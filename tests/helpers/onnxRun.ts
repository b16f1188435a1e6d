/** Running models in Node, on ONNX Runtime's plain WebAssembly build. */
import * as ort from "onnxruntime-web";

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

/** Inputs or outputs of a run, by name. */
export type Feeds = Readonly<Record<string, ort.Tensor>>;

/** An int64 tensor. */
export function integers(values: readonly number[], shape: readonly number[]): ort.Tensor {
  return new ort.Tensor("int64", BigInt64Array.from(values.map(BigInt)), [...shape]);
}

/** A float32 tensor. */
export function floats(values: ArrayLike<number>, shape: readonly number[]): ort.Tensor {
  return new ort.Tensor("float32", Float32Array.from(values), [...shape]);
}

/** The numbers of an output of element type float32. */
export function numbersIn(tensor: ort.Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`expected float32, found ${tensor?.type}`);
  return tensor.data;
}

/** Runs a model once and gives all its outputs; inputs that `feeds` lacks get what a first step has. */
export async function run(
  bytes: Uint8Array,
  feeds: Feeds,
  graphOptimizationLevel: "all" | "disabled" = "all",
): Promise<Feeds> {
  const options = { executionProviders: ["wasm"], logSeverityLevel: 3, graphOptimizationLevel } as const;
  const session = await ort.InferenceSession.create(bytes, options);
  try {
    return await session.run(completed(session, feeds));
  } finally {
    await session.release();
  }
}

/** What a session is given; inputs that `feeds` lacks get what a first step has. */
export function completed(session: ort.InferenceSession, feeds: Feeds): Feeds {
  const given = session.inputMetadata.map((input) => [input.name, feeds[input.name] ?? usual(input, feeds)] as const);
  return Object.fromEntries(given);
}

/** Nothing cached, nothing masked, positions counted from 0, one segment. */
function usual(input: ort.InferenceSession.ValueMetadata, feeds: Feeds): ort.Tensor {
  const [batch = 1, length = 1] = feeds.input_ids?.dims ?? [];
  const count = (value: (index: number) => number): number[] =>
    Array.from({ length: batch * length }, (_, i) => value(i));
  if (input.name === "use_cache_branch") return new ort.Tensor("bool", [false], [1]);
  if (input.name === "attention_mask")
    return integers(
      count(() => 1),
      [batch, length],
    );
  if (input.name === "token_type_ids")
    return integers(
      count(() => 0),
      [batch, length],
    );
  if (input.name === "position_ids")
    return integers(
      count((index) => index % length),
      [batch, length],
    );
  if (!input.name.startsWith("past_key_values") || !input.isTensor) throw new Error(`no value for ${input.name}`);
  const shape = input.shape.map((size, axis) => (axis === 0 ? batch : typeof size === "number" ? size : 0));
  return floats([], shape);
}
