/** The state of a model as the page shows it. */
import type { ModelInfo } from "../engine/model.ts";
import type { Failure } from "../lib/failure.ts";
import type { Device, LoadProgress } from "./api.ts";

/** `stored`: the model is not wanted yet, or its download was cancelled; `failed`: `failure` says why it is not there. */
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
