/** From the bytes of an ONNX file to a session that also gives attention and hidden states. */
import * as ort from "onnxruntime-web/webgpu";
import { FailureError, failure } from "../../lib/failure.ts";
import type { AttentionKind, Stack, Tensor } from "../model.ts";
import { gateHeads } from "../onnx/edit/gate.ts";
import { promoteBranch } from "../onnx/edit/promote.ts";
import { tap } from "../onnx/edit/tap.ts";
import { findParts, type Parts } from "../onnx/find/parts.ts";
import { ElementType, type Graph } from "../onnx/graph.ts";
import { readOnnx } from "../onnx/read.ts";
import { writeOnnx } from "../onnx/write.ts";
import type { ModelFiles } from "./files.ts";
import type { SessionDevice } from "./ort.ts";

/** What goes into a session, by name. */
export type Feeds = Readonly<Record<string, ort.Tensor>>;

/** One stack of a model, ready to run. */
export interface StackSession {
  readonly parts: Parts;
  /** Numbers in its weights. */
  readonly parameters: number;
  /** Runs it and gives the outputs that are named, copied out of the runtime. */
  run(feeds: Feeds, outputs: readonly string[]): Promise<Record<string, Tensor>>;
  /** Names of the attention outputs of a kind, by layer. */
  attentionNames(kind: AttentionKind): string[];
  /** Names of the hidden states, the embedding first. */
  hiddenNames(): string[];
  release(): Promise<void>;
}

/** Weights that stand in files of their own beside the graph, named `<graph>_data…`. */
async function externalOf(files: ModelFiles, path: string) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const beside = files.manifest.files.filter((file) => file.path.startsWith(`${path}_data`));
  return Promise.all(
    beside.map(async (file) => ({ path: file.path.slice(folder.length), data: await files.read(file.path) })),
  );
}

const TAPPED = { attention: true, hidden: true, qkv: true, scores: true, mixed: true };

/** Opens one stack: finds its parts, taps them, creates the session on a device. */
export async function openStack(
  files: ModelFiles,
  path: string,
  stack: Stack,
  device: SessionDevice,
): Promise<StackSession> {
  const model = promoteBranch(readOnnx(await files.read(path)), "else_branch");
  const parts = findParts(model.graph, { stack });
  const tapped = writeOnnx(tap(gateHeads(model, parts), parts, TAPPED));
  const externalData = await externalOf(files, path);
  const session = await guarded(() =>
    ort.InferenceSession.create(tapped, { executionProviders: [device], logSeverityLevel: 3, externalData }),
  );
  const loss = device === "webgpu" ? [gpuLoss()] : [];
  return {
    parts,
    parameters: countParameters(model.graph),
    run: (feeds, outputs) => guarded(() => Promise.race([run(session, feeds, outputs), ...loss])),
    attentionNames: (kind) => namesOf(parts, kind, "attention"),
    hiddenNames: () => parts.hidden.map((_, index) => `hidden.${stack}.${index}`),
    release: () => session.release(),
  };
}

/** Names of an inner tensor of every layer of one kind of attention. */
export function namesOf({ attentions }: Parts, kind: AttentionKind, tensor: string): string[] {
  return attentions.filter((part) => part.kind === kind).map(({ layer }) => `${tensor}.${kind}.${layer}`);
}

/** Token ids `[1, token]` as the runtime takes them. */
export function idTensor(ids: readonly number[]): ort.Tensor {
  return new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
}

/** Numbers as the runtime takes them. */
export function floatTensor({ data, shape }: Tensor): ort.Tensor {
  return new ort.Tensor("float32", data, shape);
}

async function run(
  session: ort.InferenceSession,
  feeds: Feeds,
  outputs: readonly string[],
): Promise<Record<string, Tensor>> {
  const fed = Object.fromEntries(session.inputNames.map((name) => [name, feedOf(feeds, name)]));
  const results = await session.run(fed, [...outputs]);
  return Object.fromEntries(outputs.map((name) => [name, tensorOf(name, results[name])]));
}

function feedOf(feeds: Feeds, name: string): ort.Tensor {
  const feed = feeds[name];
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
function gpuLoss(): Promise<never> {
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
async function guarded<T>(work: () => Promise<T>): Promise<T> {
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

const NUMBERS: readonly number[] = [ElementType.float, ElementType.float16];

/** Weights are what is stored as floating-point numbers; single numbers are constants of the graph. */
function countParameters({ initializers }: Graph): number {
  return Array.from(initializers.values())
    .filter(({ elementType }) => NUMBERS.includes(elementType))
    .map(({ shape }) => shape.reduce((product, size) => product * size, 1))
    .filter((size) => size > 1)
    .reduce((sum, size) => sum + size, 0);
}
