/**
 * The models as the page sees them: a few signals and functions each. Nothing here throws; failures come back as data.
 *
 * Importing this file costs nothing: a model's worker starts with its first `load`, `trace`, `inspect`, `study` or `tokenize`.
 */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, HeadInside, HeadRef, ModelInfo, Token } from "../engine/model.ts";
import type { StudyProgress, StudyRequest, StudyResults } from "../engine/study.ts";
import { failure } from "../lib/failure.ts";
import { aboutModel } from "../stored/models.ts";
import type { Answer, DevicePreference, Loaded, Refusal, TraceRequest } from "./api.ts";
import { INITIAL_STATUS, type ModelStatus } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

export type { ModelPhase, ModelStatus } from "./status.ts";

/** One model with a worker of its own. */
export interface ModelClient {
  readonly id: string;
  /** Whether figures show stored results, the model is being loaded, live, or has failed. */
  readonly modelStatus: ReadonlySignal<ModelStatus>;
  /** Where the reader wants models to run; one for all of them. */
  readonly devicePreference: Signal<DevicePreference>;
  /** What is known of the model before anything is downloaded. */
  readonly modelInfo: ModelInfo;
  /** Bytes of the model's files, known before the download. */
  readonly modelBytes: number;
  /** Bytes of the runtime that runs it, uncompressed: the most that this browser may fetch. */
  readonly runtimeBytes: number;
  /** Loads the model; a second call shares the first one's answer. */
  load(): Promise<Answer<Loaded>>;
  /** Stops a download; the page is back at stored results. */
  cancelLoad(): void;
  /** Forgets the last failure and loads again. */
  retry(): Promise<Answer<Loaded>>;
  /**
   * Runs the model on a text, loading it first where needed. The newest request of a channel wins: an older one is answered
   * with the failure `superseded`, which callers ignore.
   *
   * @param channel who asks: the figure's id, so that figures do not cancel each other's requests
   */
  trace(request: TraceRequest, channel: string): Promise<Answer<AnyTrace>>;
  /** Runs the model on a text and gives one head's inside; shares its channels with `trace`. */
  inspect(request: TraceRequest, head: HeadRef, channel: string): Promise<Answer<HeadInside>>;
  /**
   * Works on many sentences; single runs go in between. A newer study of a channel ends the older one.
   *
   * @param onProgress hears how many runs are done
   */
  study<K extends StudyRequest["job"]>(
    request: Extract<StudyRequest, { job: K }>,
    channel: string,
    onProgress: (progress: StudyProgress) => void,
  ): Promise<Answer<StudyResults[K]>>;
  /** Ends a channel's study, which is answered with the failure `cancelled`. */
  cancelStudy(channel: string): void;
  /** Tokens of a text, to count them while the reader types; fetches the tokenizer alone, not the weights. */
  tokenize(text: string, side: "source" | "target"): Promise<Answer<readonly Token[]>>;
}

const PREFERENCE_KEY = "underhood.device";

/** Where the reader wants models to run; kept in the browser. Setting it moves running models there. */
export const devicePreference: Signal<DevicePreference> = signal(savedPreference());

const clients = new Map<string, ReturnType<typeof makeClient>>();

watchPreference();

/** The client of a built-in model, one for the whole page; throws RangeError for a name that is not in the list. */
export function clientOf(id: string): ModelClient {
  const known = clients.get(id) ?? makeClient(id);
  clients.set(id, known);
  return known.client;
}

function makeClient(id: string) {
  const about = aboutModel(id);
  const status = signal<ModelStatus>(INITIAL_STATUS);
  let supervisor: Supervisor | null = null;
  let starting: Promise<Answer<Supervisor>> | null = null;

  /** What runs the model is fetched with the first call that needs it. */
  const start = async (): Promise<Answer<Supervisor>> => {
    try {
      supervisor = await superviseModel(id, status);
      return { ok: true, value: supervisor };
    } catch (error) {
      starting = null;
      const refusal = partMissing(error);
      status.value = { ...INITIAL_STATUS, phase: "failed", failure: refusal.failure };
      return refusal;
    }
  };
  const ask = async <T>(work: (supervisor: Supervisor) => Promise<Answer<T>>): Promise<Answer<T>> => {
    if (supervisor) return work(supervisor);
    starting ??= start();
    const started = await starting;
    return started.ok ? work(started.value) : started;
  };

  const client: ModelClient = {
    id,
    modelStatus: status,
    devicePreference,
    modelInfo: about.info,
    modelBytes: about.info.bytes,
    runtimeBytes: about.runtimeBytes,
    load: () => ask((running) => running.load()),
    cancelLoad: () => supervisor?.cancelLoad(),
    retry: () => ask((running) => running.retry()),
    trace: (request, channel) => ask((running) => running.trace(request, channel)),
    inspect: (request, head, channel) => ask((running) => running.inspect({ ...request, head }, channel)),
    study: (request, channel, onProgress) => ask((running) => running.study(atHome(request), channel, onProgress)),
    cancelStudy: (channel) => supervisor?.cancelStudy(channel),
    tokenize: (text, side) => ask((running) => running.tokenize(text, side)),
  };
  return { client, moveTo: (preference: DevicePreference) => supervisor?.moveTo(preference) };
}

async function superviseModel(id: string, status: Signal<ModelStatus>): Promise<Supervisor> {
  const [{ Supervisor }, { startWorker }] = await Promise.all([import("./supervisor.ts"), import("./worker-link.ts")]);
  return new Supervisor({
    model: () => ({ id, folder: new URL(`${import.meta.env.BASE_URL}models/${id}/`, location.origin).href }),
    start: startWorker,
    preference: () => devicePreference.peek(),
    onStatus: (next) => {
      status.value = next;
    },
  });
}

function partMissing(error: unknown): Refusal {
  const words = "A part of the site could not be fetched; there may be a newer version of the site.";
  return { ok: false, failure: failure("worker-missing", words, { action: "reload", detail: String(error) }) };
}

/** A treebank's path below the site's base as an absolute address. */
function atHome<R extends StudyRequest>(request: R): R {
  if (request.job !== "heads" || request.corpus.kind !== "treebank") return request;
  const address = new URL(`${import.meta.env.BASE_URL}${request.corpus.address}`, location.origin).href;
  return { ...request, corpus: { ...request.corpus, address } };
}

function savedPreference(): DevicePreference {
  try {
    const saved = globalThis.localStorage?.getItem(PREFERENCE_KEY);
    return saved === "wasm" || saved === "webgpu" ? saved : "auto";
  } catch {
    return "auto";
  }
}

/** Keeps the preference and moves the models that run. */
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
    for (const { moveTo } of clients.values()) moveTo(preference);
  });
}
