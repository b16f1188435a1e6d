/**
 * The model as the page sees it: a few signals and functions. Nothing here throws; failures come back as data.
 *
 * Importing this file costs nothing: the worker starts with the first `load`, `trace` or `tokenize`.
 */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelInfo, Token, Trace } from "../engine/model.ts";
import { aboutModel } from "../stored/models.ts";
import type { Answer, DevicePreference, Loaded, TraceRequest } from "./api.ts";
import { INITIAL_STATUS, type ModelStatus, Supervisor } from "./supervisor.ts";
import { startWorker } from "./worker-link.ts";

export type { ModelPhase, ModelStatus } from "./supervisor.ts";

/** The built-in translator. */
export const MODEL = "translator-en-fr";

const about = aboutModel(MODEL);

/** What is known of the model before anything is downloaded. */
export const modelInfo: ModelInfo = about.info;

/** Bytes of the model's files, known before the download. */
export const modelBytes: number = about.info.bytes;

/** Bytes of the runtime that runs it, uncompressed: the most that this browser may fetch. */
export const runtimeBytes: number = about.runtimeBytes;

const status = signal<ModelStatus>(INITIAL_STATUS);

/** Whether figures show stored results, the model is being loaded, live, or has failed. */
export const modelStatus: ReadonlySignal<ModelStatus> = status;

const PREFERENCE_KEY = "underhood.device";

/** Where the reader wants the model to run; kept in the browser. Setting it moves a running model there. */
export const devicePreference: Signal<DevicePreference> = signal(savedPreference());

const supervisor = new Supervisor({
  model: () => ({ id: MODEL, folder: new URL(`${import.meta.env.BASE_URL}models/${MODEL}/`, location.origin).href }),
  start: startWorker,
  preference: () => devicePreference.peek(),
  onStatus: (next) => {
    status.value = next;
  },
});

watchPreference();

/** Loads the model; a second call shares the first one's answer. */
export function load(): Promise<Answer<Loaded>> {
  return supervisor.load();
}

/** Stops a download; the page is back at stored results. */
export function cancelLoad(): void {
  supervisor.cancelLoad();
}

/** Forgets the last failure and loads again. */
export function retry(): Promise<Answer<Loaded>> {
  return supervisor.retry();
}

/**
 * Runs the model on a text, loading it first where needed. The newest request of a channel wins: an older one is answered
 * with the failure `superseded`, which callers ignore.
 *
 * @param channel who asks: the figure's id, so that figures do not cancel each other's requests
 */
export function trace(request: TraceRequest, channel = "page"): Promise<Answer<Trace>> {
  return supervisor.trace(request, channel);
}

/** Tokens of a text, to count them while the reader types; fetches the tokenizer alone, not the weights. */
export function tokenize(text: string, side: "source" | "target"): Promise<Answer<readonly Token[]>> {
  return supervisor.tokenize(text, side);
}

function savedPreference(): DevicePreference {
  try {
    const saved = globalThis.localStorage?.getItem(PREFERENCE_KEY);
    return saved === "wasm" || saved === "webgpu" ? saved : "auto";
  } catch {
    return "auto";
  }
}

/** Keeps the preference and moves a model that runs. */
function watchPreference(): void {
  let first = true;
  effect(() => {
    const preference = devicePreference.value;
    if (first) {
      first = false;
      return;
    }
    try {
      globalThis.localStorage?.setItem(PREFERENCE_KEY, preference);
    } catch {
      // Without storage the choice holds until the page is left.
    }
    supervisor.moveTo(preference);
  });
}
