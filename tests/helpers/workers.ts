import type { Trace } from "../../src/engine/model.ts";
import type { Answer, DevicePreference, Loaded, LoadProgress, TraceRequest, WorkerApi } from "../../src/workers/api.ts";
import type { WorkerLink } from "../../src/workers/worker-life.ts";

/** What a pretended worker does; each part can be replaced. */
export interface Behaviour {
  hello?: () => Promise<Answer<true>>;
  load?: (device: DevicePreference, onProgress: (progress: LoadProgress) => void) => Promise<Answer<Loaded>>;
  trace?: (request: TraceRequest, onAlive: () => void) => Promise<Answer<Trace>>;
  study?: WorkerApi["study"];
}

/** Never comes. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** After some milliseconds (of the fake clock). */
export const later = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));

/** An answer to a request, recognisable by its text. */
export function traceOf(text: string): Answer<Trace> {
  return { ok: true, value: { source: { text, tokens: [] } } as unknown as Trace };
}

/** A worker that loaded. */
export function loadedOn(device: "wasm" | "webgpu", notices: readonly string[] = []): Answer<Loaded> {
  return { ok: true, value: { info: {} as Loaded["info"], device, notices } };
}

/** One pretended worker. */
export interface FakeWorker extends WorkerLink {
  readonly devices: DevicePreference[];
  readonly traced: string[];
  running: number;
  terminated: boolean;
  /** The worker dies by itself. */
  die(detail: string): void;
}

/** Starts pretended workers: the n-th behaves as the n-th says, the last again and again. */
export class FakeWorkers {
  readonly started: FakeWorker[] = [];
  /** Most runs at one time, over all workers. */
  mostRunning = 0;
  private readonly behaviours: readonly Behaviour[];

  constructor(...behaviours: readonly Behaviour[]) {
    this.behaviours = behaviours;
  }

  readonly start = (onDeath: (detail: string) => void): WorkerLink => {
    const does = this.behaviours[Math.min(this.started.length, this.behaviours.length - 1)] ?? {};
    const api: WorkerApi = {
      hello: async () => (does.hello ? does.hello() : { ok: true, value: true }),
      load: async (_, device, onProgress) => {
        worker.devices.push(device);
        return does.load ? does.load(device, onProgress) : later(5, loadedOn("wasm"));
      },
      trace: async (request, onAlive) => {
        worker.traced.push(request.source);
        worker.running += 1;
        this.mostRunning = Math.max(this.mostRunning, this.running());
        const answer = await (does.trace ? does.trace(request, onAlive) : later(10, traceOf(request.source)));
        worker.running -= 1;
        return answer;
      },
      inspect: () => never(),
      study: async (request, onProgress) => (does.study ? does.study(request, onProgress) : never()),
      tokenize: async () => ({ ok: true, value: [] }),
    };
    const worker: FakeWorker = {
      api,
      devices: [],
      traced: [],
      running: 0,
      terminated: false,
      terminate: () => {
        worker.terminated = true;
      },
      die: onDeath,
    };
    this.started.push(worker);
    return worker;
  };

  /** Workers that were not ended. */
  alive(): number {
    return this.started.filter(({ terminated }) => !terminated).length;
  }

  /** Texts that were run, in order, over all workers. */
  traced(): string[] {
    return this.started.flatMap((worker) => worker.traced);
  }

  private running(): number {
    return this.started.filter(({ terminated }) => !terminated).reduce((sum, { running }) => sum + running, 0);
  }
}
