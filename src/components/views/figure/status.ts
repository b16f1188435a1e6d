import type { Failure, FailureAction } from "../../../lib/failure.ts";
import { megabytes } from "../../../lib/format.ts";
import type { ModelPlace } from "../../controls/modelOffer.ts";

/** Where the model runs. */
export type FigureDevice = "wasm" | "webgpu";

/** What a figure's chip says: where its picture comes from, and what is under way. */
export interface FigureStatus {
  /** Whether the picture shown is the stored one or the live model's. */
  readonly shown: "stored" | "live";
  /** The picture shows another text than the fields do. */
  readonly stale: boolean;
  readonly phase: "idle" | "loading" | "running" | "ready" | "failed";
  /** Bytes while loading; null where they are not known. */
  readonly progress: { readonly loaded: number; readonly total: number } | null;
  /** What is being done while nothing is fetched, in words: "starting the model". */
  readonly stage: string;
  /** Where the model runs, once it is loaded. */
  readonly device: FigureDevice | null;
  readonly preference: "auto" | FigureDevice;
  /** For the reader: why a wanted device was not taken, and the like. */
  readonly notices: readonly string[];
  readonly failure: Failure | null;
  /** This copy of the site lacks the model: nothing can be run. */
  readonly absent: boolean;
  /** What the button says that runs the model. Default: "Run it live". */
  readonly offer?: string;
}

/** What a reader can do about it. */
export interface FigureActions {
  /** Loads the model if need be and runs it on the figure's text. */
  run(): void;
  cancel(): void;
  act(action: FailureAction): void;
  prefer(preference: "auto" | FigureDevice): void;
}

/** A figure that never runs a model. */
export const STORED_STATUS: FigureStatus = {
  shown: "stored",
  stale: false,
  phase: "idle",
  progress: null,
  stage: "",
  device: null,
  preference: "auto",
  notices: [],
  failure: null,
  absent: false,
};

/** Where the model of a figure is. */
export function modelPlace({ absent, phase, device }: FigureStatus): ModelPlace {
  if (absent) return "absent";
  if (phase === "loading") return "coming";
  return device === null ? "away" : "here";
}

const DEVICE_NAMES: Readonly<Record<FigureDevice, string>> = { wasm: "WASM", webgpu: "WebGPU" };

/** The chip's words. */
export function chipText(status: FigureStatus): string {
  if (status.phase === "loading") return loadingText(status);
  if (status.shown === "stored") return "stored";
  return status.device === null ? "live" : `live · ${DEVICE_NAMES[status.device]}`;
}

function loadingText(status: FigureStatus): string {
  const progress = status.progress;
  if (status.stage !== "") return `${status.stage} …`;
  if (progress === null || progress.total === 0) return "loading …";
  return `loading ${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB`;
}

/** The words on the one button that a failure offers; null where there is none. */
export function actionLabel(action: FailureAction): string | null {
  const labels: Readonly<Record<FailureAction, string | null>> = {
    retry: "Try again",
    "use-wasm": "Run on WASM",
    reload: "Reload the page",
    shorten: "Shorten the text",
    none: null,
  };
  return labels[action];
}
