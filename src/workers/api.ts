import type { AnyTrace, HeadInside, HeadRef, ModelInfo, RunRequest, Token } from "../engine/model.ts";
import type { StudyProgress, StudyRequest, StudyResults } from "../engine/study.ts";
import type { Failure } from "../lib/failure.ts";

/** Where the sessions run. */
export type Device = "wasm" | "webgpu";

/**
 * What the reader asks for; `auto` takes WebGPU where there is a real graphics card (not one that the processor imitates) and
 * the golden self-test agrees, else WASM.
 */
export type DevicePreference = "auto" | Device;

/** A run: which text goes in, and what is changed or asked for. */
export type TraceRequest = RunRequest;

/** A run of which one head's inside is wanted. */
export interface InspectRequest extends RunRequest {
  readonly head: HeadRef;
}

/** Hears how far a study is; answers whether it goes on. */
export type OnStudyProgress = (progress: StudyProgress) => Promise<boolean>;

/** A model to load. */
export interface ModelSource {
  /** Name of a built-in model. */
  readonly id: string;
  /** Absolute address of its folder, with a slash at the end. */
  readonly folder: string;
}

/** Progress of loading, with a total known beforehand from the manifest. */
export interface LoadProgress {
  readonly stage: "runtime" | "weights" | "session" | "check";
  readonly loaded: number;
  readonly total: number;
}

/** What loading came to. */
export interface Loaded {
  readonly info: ModelInfo;
  readonly device: Device;
  /** Why a wanted device was not taken, or that weights could not be saved; in words for the reader. */
  readonly notices: readonly string[];
}

/** A failure as an answer, with the device that was tried where it may be the device's fault. */
export interface Refusal {
  readonly ok: false;
  readonly failure: Failure;
  readonly device?: Device;
}

/** What the worker answers: failures cross as data and are rebuilt on the other side. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

/** The worker's functions. Every call is answered; nothing is thrown across the thread. */
export interface WorkerApi {
  /** Answers as soon as the worker runs; from then on it holds the lock of this name until it dies. */
  hello(lock: string): Promise<Answer<true>>;
  /** Fetches, verifies and starts the model. `onProgress` is called every few seconds also when nothing moves. */
  load(
    model: ModelSource,
    device: DevicePreference,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Answer<Loaded>>;
  /** Runs the model. `onAlive` is called every few seconds while it writes. */
  trace(request: TraceRequest, onAlive: () => void): Promise<Answer<AnyTrace>>;
  /** Runs the model and gives one head's inside. */
  inspect(request: InspectRequest): Promise<Answer<HeadInside>>;
  /** Works on many sentences; `onProgress` is awaited between runs, and false from it stops the work ("cancelled"). */
  study(request: StudyRequest, onProgress: OnStudyProgress): Promise<Answer<StudyResults[StudyRequest["job"]]>>;
  /** Tokens of a text, to count them while the reader types; needs no weights. */
  tokenize(model: ModelSource, text: string, side: "source" | "target"): Promise<Answer<readonly Token[]>>;
}
