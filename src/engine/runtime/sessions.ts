/** ONNX Runtime's sessions: feeding, running, and a name for whatever they throw. */
import * as ort from "onnxruntime-web/webgpu";
import { FailureError, failure } from "../../lib/failure.ts";
import type { Tensor } from "../model.ts";
import { type NeutralSizes, neutralFeed } from "./neutral.ts";

/** What goes into a session, by name. */
export type Feeds = Readonly<Record<string, ort.Tensor>>;

/** Token ids as the runtime takes them, as many times as there are points: `[point, token]`. */
export function idTensor(ids: readonly number[], points = 1): ort.Tensor {
  const row = BigInt64Array.from(ids, BigInt);
  const data = new BigInt64Array(row.length * points);
  for (let point = 0; point < points; point += 1) data.set(row, point * row.length);
  return new ort.Tensor("int64", data, [points, row.length]);
}

/** Numbers as the runtime takes them. */
export function floatTensor({ data, shape }: Tensor): ort.Tensor {
  return new ort.Tensor("float32", data, shape);
}

/** Runs a session and gives the outputs that are named, copied out of the runtime; inputs of ours that are not fed change nothing. */
export async function runSession(
  session: ort.InferenceSession,
  feeds: Feeds,
  outputs: readonly string[],
  sizes: Omit<NeutralSizes, "tokens">,
): Promise<Record<string, Tensor>> {
  const tokens = feeds.input_ids?.dims[1] ?? 0;
  const fed = Object.fromEntries(session.inputNames.map((name) => [name, feedOf(feeds, name, { ...sizes, tokens })]));
  const results = await session.run(fed, [...outputs]);
  return Object.fromEntries(outputs.map((name) => [name, tensorOf(name, results[name])]));
}

function feedOf(feeds: Feeds, name: string, sizes: NeutralSizes): ort.Tensor {
  const feed = feeds[name] ?? neutralFeed(name, sizes);
  if (!feed) throw lacking(`an input named ${name} that the site does not know`);
  return feed;
}

function tensorOf(name: string, value: ort.Tensor | undefined): Tensor {
  if (!(value?.data instanceof Float32Array)) throw lacking(`no fp32 output ${name}`);
  return { data: value.data, shape: value.dims };
}

function lacking(detail: string): FailureError {
  return new FailureError(failure("graph", "The model is of a kind that the site cannot run.", { detail }));
}

/** Rejects once the GPU is lost; a run in flight may never end then. */
export function gpuLoss(): Promise<never> {
  // Typed as a promise, but the device itself where the runtime made it.
  const loss = Promise.resolve(ort.env.webgpu.device).then(async (device: unknown): Promise<never> => {
    const { lost } = device as { lost: Promise<{ message: string }> };
    throw deviceLost((await lost).message);
  });
  // Nobody may be running anything at that moment.
  loss.catch(() => {});
  return loss;
}

function deviceLost(detail: string): FailureError {
  return new FailureError(
    failure("device-lost", "The graphics card stopped working for this page.", { action: "use-wasm", detail }),
  );
}

/** Names what the runtime throws: a lost GPU, too little memory, or anything else. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FailureError) throw error;
    const detail = String(error);
    if (/device (is|was) lost|device lost|DXGI_ERROR/i.test(detail)) throw deviceLost(detail);
    if (/out of memory|bad_alloc|allocat|memory access out of bounds|invalid typed array length/i.test(detail)) {
      throw new FailureError(
        failure("out-of-memory", "There is too little memory for this text.", { action: "shorten", detail }),
        error,
      );
    }
    throw new FailureError(failure("runtime", "The model's program stopped with an error.", { detail }), error);
  }
}
