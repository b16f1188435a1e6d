/** From the bytes of an ONNX file to a session that also gives attention and hidden states. */
import * as ort from "onnxruntime-web/webgpu";
import { FailureError, failure } from "../../lib/failure.ts";
import type { AttentionKind, Stack, Tensor } from "../model.ts";
import { lookupAlone, ROWS } from "../onnx/edit/lookup.ts";
import type { Aim } from "../onnx/edit/objective.ts";
import { promoteBranch } from "../onnx/edit/promote.ts";
import { findParts, type Parts } from "../onnx/find/parts.ts";
import { ElementType, type Graph, type OnnxModel } from "../onnx/graph.ts";
import { readOnnx } from "../onnx/read.ts";
import { writeOnnx } from "../onnx/write.ts";
import { movable, watched } from "./edits.ts";
import type { ModelFiles } from "./files.ts";
import { type NeutralSizes, neutralFeed } from "./neutral.ts";
import type { SessionDevice } from "./ort.ts";
import { pick } from "./tensors.ts";

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
  /**
   * Makes room for shifts, the followed number and gradients: the session is made anew, once, in the place of the first one,
   * so that there is never a second copy of the weights.
   */
  prepare(): Promise<void>;
  /** The mean of all rows of the embedding table, `[width]`, from a session of the lookup alone, which is then let go. */
  meanRow(): Promise<Float32Array>;
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

/** Which stack, and how it is opened. */
export interface StackPlan {
  readonly stack: Stack;
  readonly device: SessionDevice;
  /** What its number would be; null for the encoder of an encoder–decoder. */
  readonly aim: Aim | null;
  readonly sizes: Omit<NeutralSizes, "tokens">;
  /** What is done to the graph before all else. */
  readonly change?: GraphChange;
}

/** A change of a stack's graph that leaves its parts where they are. */
export type GraphChange = (model: OnnxModel, parts: Parts) => OnnxModel;

/** Opens one stack: finds its parts, taps them, creates the session on a device. */
export async function openStack(files: ModelFiles, path: string, plan: StackPlan): Promise<StackSession> {
  const { stack, device, aim, sizes, change = (model: OnnxModel) => model } = plan;
  const promoted = async () => promoteBranch(readOnnx(await files.read(path)), "else_branch");
  const create = async (model: OnnxModel) => {
    const externalData = await externalOf(files, path);
    const options = { executionProviders: [device], logSeverityLevel: 3, externalData } as const;
    return guarded(() => ort.InferenceSession.create(writeOnnx(model), options));
  };
  const original = await promoted();
  const parts = findParts(original.graph, { stack });
  const read = async () => change(await promoted(), parts);
  let session = await create(watched(change(original, parts), parts));
  let moving = false;
  const loss = device === "webgpu" ? [gpuLoss()] : [];
  return {
    parts,
    parameters: countParameters(original.graph),
    run: (feeds, outputs) => guarded(() => Promise.race([run(session, feeds, outputs, sizes), ...loss])),
    attentionNames: (kind) => namesOf(parts, kind, "attention"),
    hiddenNames: () => parts.hidden.map((_, index) => `hidden.${stack}.${index}`),
    meanRow: async () => {
      const lookup = await create(lookupAlone(await read(), parts));
      try {
        return await guarded(() => meanRow(lookup, parts.embedding.ids, sizes));
      } finally {
        await lookup.release();
      }
    },
    prepare: async () => {
      if (moving) return;
      const edited = movable(await read(), parts, aim);
      await session.release();
      session = await create(edited);
      moving = true;
    },
    release: () => session.release(),
  };
}

/** Names of an inner tensor of every layer of one kind of attention. */
export function namesOf({ attentions }: Parts, kind: AttentionKind, tensor: string): string[] {
  return attentions.filter((part) => part.kind === kind).map(({ layer }) => `${tensor}.${kind}.${layer}`);
}

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

async function run(
  session: ort.InferenceSession,
  feeds: Feeds,
  outputs: readonly string[],
  sizes: StackPlan["sizes"],
): Promise<Record<string, Tensor>> {
  const tokens = feeds.input_ids?.dims[1] ?? 0;
  const fed = Object.fromEntries(session.inputNames.map((name) => [name, feedOf(feeds, name, { ...sizes, tokens })]));
  const results = await session.run(fed, [...outputs]);
  return Object.fromEntries(outputs.map((name) => [name, tensorOf(name, results[name])]));
}

/** Rows that are looked up at a time. */
const ROWS_AT_ONCE = 2048;

async function meanRow(
  lookup: ort.InferenceSession,
  input: string,
  { vocabulary, width }: StackPlan["sizes"],
): Promise<Float32Array> {
  const sum = new Float64Array(width);
  for (let from = 0; from < vocabulary; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, vocabulary - from);
    const feeds = { [input]: idTensor(Array.from({ length: count }, (_, i) => from + i)) };
    const { data } = pick(await run(lookup, feeds, [ROWS], { vocabulary, width }), ROWS);
    for (let at = 0; at < data.length; at += 1) sum[at % width] = (sum[at % width] ?? 0) + (data[at] ?? 0);
  }
  return Float32Array.from(sum, (value) => value / vocabulary);
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
