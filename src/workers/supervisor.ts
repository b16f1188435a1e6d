/**
 * Keeps one worker running with the model loaded, and its requests in order. Anything that goes wrong in the worker ends it;
 * a fresh one takes its place from the cache, so that the next request works.
 */
import type { AnyTrace, HeadInside, Token } from "../engine/model.ts";
import type { StudyProgress, StudyRequest, StudyResults } from "../engine/study.ts";
import { type Failure, type FailureCode, failure } from "../lib/failure.ts";
import type {
  Answer,
  DevicePreference,
  InspectRequest,
  Loaded,
  LoadProgress,
  ModelSource,
  OnStudyProgress,
  Refusal,
  TraceRequest,
} from "./api.ts";
import { NewestQueue } from "./queue.ts";
import { INITIAL_STATUS, type ModelStatus } from "./status.ts";
import { Studies, type StudyResult } from "./studies.ts";
import { type Patience, type StartWorker, USUAL_PATIENCE, WorkerLife } from "./worker-life.ts";

/** What a single run gives. */
type Ran = AnyTrace | HeadInside;

/** What a supervisor needs. */
export interface SupervisorOptions {
  readonly model: () => ModelSource;
  readonly start: StartWorker;
  readonly preference: () => DevicePreference;
  readonly onStatus: (status: ModelStatus) => void;
  readonly patience?: Patience;
}

/** Failures after which a worker is as good as before. */
const HARMLESS: ReadonlySet<FailureCode> = new Set([
  "bad-input",
  "cancelled",
  ...(["network", "not-found", "forbidden", "busy", "server", "wrong-file", "damaged", "stalled"] as const),
]);

/** Results that are kept for requests that come back. */
const KEPT = 4;

/** A worker that dies within this time of its restart is not restarted by itself again. Milliseconds. */
const RESTART_PAUSE = 10_000;

/** Keeps a worker running and its requests in order. */
export class Supervisor {
  private readonly options: SupervisorOptions;
  private readonly patience: Patience;
  private readonly queue = new NewestQueue<TraceRequest | InspectRequest, Answer<Ran>>();
  private readonly kept = new Map<string, Answer<Ran>>();
  private readonly studies = new Studies();
  private status: ModelStatus = INITIAL_STATUS;
  private life: WorkerLife | null = null;
  private loading: Promise<Answer<Loaded>> | null = null;
  private loaded: Loaded | null = null;
  /** Raised when a load in flight no longer counts. */
  private generation = 0;
  private working = false;
  private restarted = Number.NEGATIVE_INFINITY;
  /** Why the GPU is not used although it is wanted; set once it failed. */
  private gpuFault: string | null = null;

  constructor(options: SupervisorOptions) {
    this.options = options;
    this.patience = options.patience ?? USUAL_PATIENCE;
  }

  /** Loads the model, or answers what it came to. */
  load(): Promise<Answer<Loaded>> {
    if (this.loaded) return Promise.resolve({ ok: true, value: this.loaded });
    this.loading ??= this.loadAnew(this.generation);
    return this.loading;
  }

  /** Stops a download. */
  cancelLoad(): void {
    if (!this.loading) return;
    this.supersede(CANCELLED);
    this.report(INITIAL_STATUS);
  }

  /** Loads again after a failure. */
  retry(): Promise<Answer<Loaded>> {
    this.gpuFault = null;
    return this.load();
  }

  /** Runs the model; the newest request of a channel wins. */
  trace(request: TraceRequest, channel: string): Promise<Answer<AnyTrace>> {
    return this.ask(request, channel) as Promise<Answer<AnyTrace>>;
  }

  /** Runs the model and gives one head's inside; the newest request of a channel wins. */
  inspect(request: InspectRequest, channel: string): Promise<Answer<HeadInside>> {
    return this.ask(request, channel) as Promise<Answer<HeadInside>>;
  }

  /** Works on many sentences; a newer study of a channel ends the older one. */
  study<K extends StudyRequest["job"]>(
    request: Extract<StudyRequest, { job: K }>,
    channel: string,
    onProgress: (progress: StudyProgress) => void,
  ): Promise<Answer<StudyResults[K]>> {
    const answer = this.studies.start(channel, onProgress, (onStep) => this.runStudy(request, onStep));
    return answer as Promise<Answer<StudyResults[K]>>;
  }

  /** Ends a channel's study. */
  cancelStudy(channel: string): void {
    this.studies.cancel(channel);
  }

  private ask(request: TraceRequest | InspectRequest, channel: string): Promise<Answer<Ran>> {
    const kept = this.kept.get(JSON.stringify(request));
    if (kept) {
      this.queue.leave(channel);
      return Promise.resolve(kept);
    }
    const answer = this.queue.add(request, channel);
    void this.work();
    return answer;
  }

  /** Tokens of a text; starts a worker, but loads no weights. */
  async tokenize(text: string, side: "source" | "target"): Promise<Answer<readonly Token[]>> {
    const life = await this.living();
    if (!life.ok) return life;
    const ask = life.value.call((api) => api.tokenize(this.options.model(), text, side), this.patience.run);
    const answer = await ask;
    if (!answer.ok && !HARMLESS.has(answer.failure.code)) this.replace(life.value, answer.failure);
    return answer;
  }

  /** Runs the model on another device from now on, if it runs at all. */
  moveTo(preference: DevicePreference): void {
    this.gpuFault = null;
    if (this.status.phase === "stored" || (this.loaded && this.loaded.device === preference)) return;
    this.supersede(MOVED);
    void this.load();
  }

  // ── requests

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    while (this.queue.length > 0) {
      // A load that failed is not repeated for every edit; the reader asks for it.
      const { failure: failed } = this.status;
      const loaded: Answer<Loaded> = failed ? { ok: false, failure: failed } : await this.load();
      const job = loaded.ok ? this.queue.next() : null;
      if (!loaded.ok) this.queue.refuseAll(loaded);
      if (!job) continue;
      const answer = await this.run(job.request);
      if (answer.ok) this.keep(job.key, answer);
      this.queue.finish(answer);
    }
    this.working = false;
  }

  private async run(request: TraceRequest | InspectRequest): Promise<Answer<Ran>> {
    for (let lost = 0; ; ) {
      const loaded = await this.load();
      if (!loaded.ok) return loaded;
      const { life } = this;
      if (!life) continue;
      const answer = await life.call<Ran>(
        (api, alive) => ("head" in request ? api.inspect(request) : api.trace(request, alive)),
        this.patience.run,
      );
      if (answer.ok || HARMLESS.has(answer.failure.code)) return answer;
      // Moved to another device meanwhile: run there.
      if (answer.failure === MOVED) continue;
      if (answer.failure.code === "device-lost" && lost < 2) {
        lost += 1;
        if (lost === 2) this.gpuFault = GPU_LOST;
        this.drop(answer.failure);
        continue;
      }
      this.replace(life, answer.failure);
      return answer;
    }
  }

  private async runStudy(request: StudyRequest, onStep: OnStudyProgress): Promise<Answer<StudyResult>> {
    const loaded = await this.load();
    const { life } = this;
    if (!loaded.ok || !life) return loaded.ok ? { ok: false, failure: CANCELLED } : loaded;
    const answer = await life.call<StudyResult>((api, alive) => {
      return api.study(request, (progress) => {
        alive();
        return onStep(progress);
      });
    }, this.patience.run);
    if (answer.ok || HARMLESS.has(answer.failure.code)) return answer;
    // Moved to another device meanwhile: begin again there.
    if (answer.failure === MOVED) return this.runStudy(request, onStep);
    this.replace(life, answer.failure);
    return answer;
  }

  private keep(key: string, answer: Answer<Ran>): void {
    this.kept.set(key, answer);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  // ── the worker

  private async loadAnew(generation: number): Promise<Answer<Loaded>> {
    const preference = this.gpuFault === null ? this.options.preference() : "wasm";
    this.report({ ...INITIAL_STATUS, phase: "loading" });
    const answer = await this.loadOn(preference);
    if (generation !== this.generation) return answer.ok || answer.failure === MOVED ? this.load() : answer;
    if (answer.ok) {
      const notices = [...(this.gpuFault === null ? [] : [this.gpuFault]), ...answer.value.notices];
      const { device, info } = answer.value;
      this.loaded = { device, info, notices };
      this.loading = null;
      this.report({ ...INITIAL_STATUS, phase: "live", device, notices, info });
      return { ok: true, value: this.loaded };
    }
    this.drop(answer.failure);
    const fault = gpuFaultOf(answer, preference);
    if (fault !== null) {
      this.gpuFault = fault;
      return this.loadAnew(generation);
    }
    this.loading = null;
    this.report({ ...INITIAL_STATUS, phase: "failed", failure: answer.failure });
    return answer;
  }

  private async loadOn(preference: DevicePreference): Promise<Answer<Loaded>> {
    const life = await this.living();
    if (!life.ok) return life;
    return life.value.call((api, alive) => {
      const onProgress = (progress: LoadProgress) => {
        alive();
        if (this.life === life.value && !this.loaded) this.report({ ...this.status, progress });
      };
      return api.load(this.options.model(), preference, onProgress);
    }, this.patience.load);
  }

  /** A worker that has said hello: the one that runs, or a fresh one. */
  private async living(): Promise<Answer<WorkerLife>> {
    const life = this.life ?? this.startLife();
    const greeting = await life.hello();
    return greeting.ok ? { ok: true, value: life } : greeting;
  }

  private startLife(): WorkerLife {
    const life = new WorkerLife(this.options.start, this.patience);
    this.life = life;
    void life.over.then((reason) => this.buried(life, reason));
    return life;
  }

  /** A worker is over. Where nobody ended it on purpose, a loaded model is loaded again. */
  private buried(life: WorkerLife, reason: Failure): void {
    if (this.life !== life) return;
    const wasLive = this.loaded !== null;
    this.forget();
    if (wasLive) this.restart(reason);
  }

  /** Ends a worker that can't be trusted any more and starts another where the model was loaded. */
  private replace(life: WorkerLife, reason: Failure): void {
    if (this.life === life) {
      const wasLive = this.loaded !== null;
      this.drop(reason);
      if (wasLive) this.restart(reason);
    }
  }

  private restart(reason: Failure): void {
    const now = Date.now();
    const soon = now - this.restarted < RESTART_PAUSE;
    this.restarted = now;
    if (soon) this.report({ ...INITIAL_STATUS, phase: "failed", failure: reason });
    else void this.load();
  }

  private drop(reason: Failure): void {
    const { life } = this;
    this.forget();
    life?.end(reason);
  }

  /** Ends the worker and whatever load is in flight, which then reports nothing any more. */
  private supersede(reason: Failure): void {
    this.generation += 1;
    this.loading = null;
    this.drop(reason);
  }

  private forget(): void {
    this.life = null;
    this.loaded = null;
    this.kept.clear();
  }

  private report(status: ModelStatus): void {
    this.status = status;
    this.options.onStatus(status);
  }
}

const CANCELLED = failure("cancelled", "The download was cancelled.");
const MOVED = failure("superseded", "The model is being moved to another device.", { action: "none" });

const GPU_LOST = "The graphics card stopped working for this page; the model runs on the processor.";
const GPU_WRONG = "The graphics card computed wrong numbers in a self-test; the model runs on the processor.";
const GPU_FAILED = "The model could not be started on the graphics card; it runs on the processor.";

/** Failures that another device may not have. */
const GPU_FAULTS: ReadonlySet<FailureCode> = new Set(["device-lost", "runtime", "out-of-memory", "unknown"]);
const SUDDEN_ENDS: ReadonlySet<FailureCode> = new Set(["worker-died", "worker-silent"]);

/** The notice for a load that failed because of the GPU, or null where the GPU is not to blame. */
function gpuFaultOf({ failure: { code }, device }: Refusal, preference: DevicePreference): string | null {
  if (device === "webgpu" && code === "self-test") return GPU_WRONG;
  if (device === "webgpu" && GPU_FAULTS.has(code)) return GPU_FAILED;
  return preference !== "wasm" && SUDDEN_ENDS.has(code) ? GPU_FAILED : null;
}
