/** One stack of a model: from the bytes of an ONNX file to a session that also gives attention, states and gradients. */
import * as ort from "onnxruntime-web/webgpu";
import type { FailureError } from "../../lib/failure.ts";
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
import type { NeutralSizes } from "./neutral.ts";
import { holdingDevice, type SessionDevice } from "./ort.ts";
import { type Feeds, gpuLoss, guarded, idTensor, runSession } from "./sessions.ts";
import { pick } from "./tensors.ts";

/** A change of a stack's graph that leaves its parts where they are. */
export type GraphChange = (model: OnnxModel, parts: Parts) => OnnxModel;

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

/** Rows that are looked up at a time. */
const ROWS_AT_ONCE = 2048;

/** One stack of a model, ready to run. */
export class StackSession {
  readonly parts: Parts;
  /** Numbers in its weights. */
  readonly parameters: number;
  private readonly source: StackSource;
  private session: ort.InferenceSession;
  private readonly loss: readonly Promise<never>[];
  private prepared = false;
  private refusal: FailureError | null = null;

  private constructor(source: StackSource, parts: Parts, parameters: number, session: ort.InferenceSession) {
    this.source = source;
    this.parts = parts;
    this.parameters = parameters;
    this.session = session;
    this.loss = source.plan.device === "webgpu" ? [gpuLoss()] : [];
  }

  /** Finds the stack's parts, taps them, creates the session on a device. Throws "graph" where parts are not found. */
  static async open(files: ModelFiles, path: string, plan: StackPlan): Promise<StackSession> {
    const source = new StackSource(files, path, plan);
    const original = await source.read();
    const parts = findParts(original.graph, { stack: plan.stack });
    const session = await source.create(watched(changed(original, parts, plan), parts));
    return new StackSession(source, parts, countParameters(original.graph), session);
  }

  /** Runs it and gives the outputs that are named, copied out of the runtime. */
  run(feeds: Feeds, outputs: readonly string[]): Promise<Record<string, Tensor>> {
    const { sizes } = this.source.plan;
    return guarded(() => Promise.race([runSession(this.session, feeds, outputs, sizes), ...this.loss]));
  }

  /** Names of the attention outputs of a kind, by layer. */
  attentionNames(kind: AttentionKind): string[] {
    return namesOf(this.parts, kind, "attention");
  }

  /** Names of the hidden states, the embedding first. */
  hiddenNames(): string[] {
    return this.parts.hidden.map((_, index) => `hidden.${this.parts.stack}.${index}`);
  }

  /**
   * Makes room for shifts, the followed number and gradients: the session is made anew, once, in the place of the first one,
   * so that there is never a second copy of the weights. Throws "graph" where gradients are wanted and an operator has no rule.
   */
  async prepare(gradients: boolean): Promise<void> {
    if (!this.prepared) {
      const { plan } = this.source;
      const { model, refusal } = movable(changed(await this.source.read(), this.parts, plan), this.parts, plan.aim);
      await holdingDevice(plan.device, async () => {
        await this.session.release();
        this.session = await this.source.create(model);
      });
      this.refusal = refusal;
      this.prepared = true;
    }
    if (gradients && this.refusal !== null) throw this.refusal;
  }

  /** The mean of all rows of the embedding table, `[width]`, from a session of the lookup alone, which is then let go. */
  async meanRow(): Promise<Float32Array> {
    const { plan } = this.source;
    const lookup = await this.source.create(
      lookupAlone(changed(await this.source.read(), this.parts, plan), this.parts),
    );
    try {
      return await guarded(() => meanRow(lookup, this.parts.embedding.ids, plan.sizes));
    } finally {
      await lookup.release();
    }
  }

  release(): Promise<void> {
    return this.session.release();
  }
}

/** The file of a stack, from which sessions are made. */
class StackSource {
  readonly plan: StackPlan;
  private readonly files: ModelFiles;
  private readonly path: string;

  constructor(files: ModelFiles, path: string, plan: StackPlan) {
    this.files = files;
    this.path = path;
    this.plan = plan;
  }

  async read(): Promise<OnnxModel> {
    return promoteBranch(readOnnx(await this.files.read(this.path)), "else_branch");
  }

  async create(model: OnnxModel): Promise<ort.InferenceSession> {
    const externalData = await externalOf(this.files, this.path);
    const options = { executionProviders: [this.plan.device], logSeverityLevel: 3, externalData } as const;
    return guarded(() => ort.InferenceSession.create(writeOnnx(model), options));
  }
}

function changed(model: OnnxModel, parts: Parts, { change }: StackPlan): OnnxModel {
  return change === undefined ? model : change(model, parts);
}

/** Weights that stand in files of their own beside the graph, named `<graph>_data…`. */
async function externalOf(files: ModelFiles, path: string) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const beside = files.manifest.files.filter((file) => file.path.startsWith(`${path}_data`));
  return Promise.all(
    beside.map(async (file) => ({ path: file.path.slice(folder.length), data: await files.read(file.path) })),
  );
}

/** Names of an inner tensor of every layer of one kind of attention. */
export function namesOf({ attentions }: Parts, kind: AttentionKind, tensor: string): string[] {
  return attentions.filter((part) => part.kind === kind).map(({ layer }) => `${tensor}.${kind}.${layer}`);
}

async function meanRow(
  lookup: ort.InferenceSession,
  input: string,
  { vocabulary, width }: StackPlan["sizes"],
): Promise<Float32Array> {
  const sum = new Float64Array(width);
  for (let from = 0; from < vocabulary; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, vocabulary - from);
    const feeds = { [input]: idTensor(Array.from({ length: count }, (_, i) => from + i)) };
    const { data } = pick(await runSession(lookup, feeds, [ROWS], { vocabulary, width }), ROWS);
    for (let at = 0; at < data.length; at += 1) sum[at % width] = (sum[at % width] ?? 0) + (data[at] ?? 0);
  }
  return Float32Array.from(sum, (value) => value / vocabulary);
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
