/** One worker from start to end: every call to it is answered, whatever becomes of it. */
import { type Failure, failure, toFailure } from "../lib/failure.ts";
import type { Answer, WorkerApi } from "./api.ts";

/** A running worker. */
export interface WorkerLink {
  readonly api: WorkerApi;
  terminate(): void;
}

/** Starts a worker; `onDeath` is called when it dies by itself. May throw where workers are forbidden. */
export type StartWorker = (onDeath: (detail: string) => void) => WorkerLink;

/** How long a worker may be silent, in milliseconds. */
export interface Patience {
  /** From its start to its first word. */
  readonly hello: number;
  /** Between two reports of progress while it loads. */
  readonly load: number;
  /** From a request to the answer. */
  readonly run: number;
}

/** Long enough for a slow phone. */
export const USUAL_PATIENCE: Patience = { hello: 5000, load: 60_000, run: 60_000 };

/** One worker. */
export class WorkerLife {
  /** Resolves when the worker is no more. */
  readonly over: Promise<Failure>;
  private readonly link: WorkerLink | null = null;
  private readonly patience: Patience;
  private greeting: Promise<Answer<true>> | null = null;
  private greeted = false;
  private finish: (failure: Failure) => void = () => {};

  constructor(start: StartWorker, patience: Patience) {
    this.patience = patience;
    this.over = new Promise((resolve) => {
      this.finish = resolve;
    });
    try {
      this.link = start((detail) => this.end(this.greeted ? died(detail) : missing(detail)));
    } catch (error) {
      this.end(missing(String(error)));
    }
  }

  /** Waits for the worker's first word. */
  hello(): Promise<Answer<true>> {
    this.greeting ??= this.greet();
    return this.greeting;
  }

  private async greet(): Promise<Answer<true>> {
    const answer = await this.call((api) => api.hello(lockName()), this.patience.hello, missing("no answer"));
    this.greeted = answer.ok;
    return answer;
  }

  /**
   * Asks the worker something. A worker that says nothing for `silence` milliseconds is ended; `alive` starts the wait anew.
   */
  async call<T>(
    ask: (api: WorkerApi, alive: () => void) => Promise<Answer<T>>,
    silence: number,
    onSilence: Failure = silent(),
  ): Promise<Answer<T>> {
    const { link } = this;
    if (!link) return { ok: false, failure: await this.over };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let answered = false;
    const alive = () => {
      clearTimeout(timer);
      if (!answered) timer = setTimeout(() => this.end(onSilence), silence);
    };
    alive();
    try {
      const answer = ask(link.api, alive).catch((error): Answer<T> => ({ ok: false, failure: toFailure(error) }));
      return await Promise.race([answer, this.over.then((reason): Answer<T> => ({ ok: false, failure: reason }))]);
    } finally {
      answered = true;
      clearTimeout(timer);
    }
  }

  /** Ends the worker; calls in flight are answered with the reason. */
  end(reason: Failure): void {
    this.link?.terminate();
    this.finish(reason);
  }
}

/** A name that no other worker of any tab has. */
function lockName(): string {
  return `underhood-worker-${Date.now()}-${Math.random()}`;
}

function missing(detail: string): Failure {
  if (typeof navigator !== "undefined" && navigator.onLine === false) {
    return failure("network", "There is no connection to the network.", { detail });
  }
  return failure("worker-missing", "The part of the site that runs the model did not start.", {
    action: "reload",
    detail,
  });
}

function died(detail: string): Failure {
  return failure("worker-died", "The part of the site that runs the model stopped. It has been started again.", {
    detail,
  });
}

function silent(): Failure {
  return failure("worker-silent", "The model gave no answer for a long time. It has been started again.");
}
