import type { ModelInfo, Token, Trace } from "../engine/model.ts";
import { type Failure, failure } from "../lib/failure.ts";
import type { Answer, Device, DevicePreference, Loaded, LoadProgress, TraceRequest, WorkerApi } from "./api.ts";

/** `stored`: nothing was asked of the model yet; `failed`: the last load failed and `failure` says why. */
export type ModelPhase = "stored" | "loading" | "live" | "failed";

/** The model's state as the page shows it. */
export interface ModelStatus {
  readonly phase: ModelPhase;
  /** While loading. */
  readonly progress: LoadProgress | null;
  /** While live. */
  readonly device: Device | null;
  /** For the reader, while live: why a wanted device was not taken, that weights were not saved. */
  readonly notices: readonly string[];
  /** Why loading failed. A run that failed is answered to its caller and does not stand here. */
  readonly failure: Failure | null;
  /** Once loaded. */
  readonly info: ModelInfo | null;
}

/** Before anything was asked. */
export const INITIAL_STATUS: ModelStatus = {
  phase: "stored",
  progress: null,
  device: null,
  notices: [],
  failure: null,
  info: null,
};

/** A running worker. */
export interface WorkerLink {
  readonly api: WorkerApi;
  terminate(): void;
}

/** Starts a worker; `onDeath` is called when it dies by itself. */
export type StartWorker = (onDeath: (failure: Failure) => void) => WorkerLink;

/** What a supervisor needs. */
export interface SupervisorOptions {
  readonly model: string;
  readonly start: StartWorker;
  readonly preference: () => DevicePreference;
  readonly onStatus: (status: ModelStatus) => void;
}

const NOT_YET: Answer<never> = { ok: false, failure: failure("unknown", "The model cannot run yet.") };

/** Keeps a worker running and its requests in order. */
export class Supervisor {
  constructor(_options: SupervisorOptions) {}

  load(): Promise<Answer<Loaded>> {
    return Promise.resolve(NOT_YET);
  }

  cancelLoad(): void {}

  retry(): Promise<Answer<Loaded>> {
    return Promise.resolve(NOT_YET);
  }

  trace(_request: TraceRequest, _channel: string): Promise<Answer<Trace>> {
    return Promise.resolve(NOT_YET);
  }

  tokenize(_text: string, _side: "source" | "target"): Promise<Answer<readonly Token[]>> {
    return Promise.resolve(NOT_YET);
  }

  moveTo(_preference: DevicePreference): void {}
}
