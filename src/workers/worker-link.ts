/** The only place that starts a worker. */
import { proxy, releaseProxy, wrap } from "comlink";
import type { WorkerApi } from "./api.ts";
import type { WorkerLink } from "./worker-life.ts";

/** Starts the model's worker; `onDeath` is called when it fails to start, throws, or is killed from outside. */
export function startWorker(onDeath: (detail: string) => void): WorkerLink {
  const worker = new Worker(new URL("./model.worker.ts", import.meta.url), { type: "module", name: "model" });
  const remote = wrap<WorkerApi>(worker);
  const watch = new AbortController();
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    onDeath(event.message || "its script could not be fetched");
  });
  worker.addEventListener("messageerror", () => onDeath("a message could not be read"));

  const api: WorkerApi = {
    async hello(lock) {
      const answer = await remote.hello(lock);
      if (answer.ok) void outlive(lock, watch.signal).then((dead) => dead && onDeath("it was killed"));
      return answer;
    },
    load: (model, device, onProgress) => remote.load(model, device, proxy(onProgress)),
    trace: (request, onAlive) => remote.trace(request, proxy(onAlive)),
    inspect: (request) => remote.inspect(request),
    study: (request, onProgress) => remote.study(request, proxy(onProgress)),
    tokenize: (model, text, side) => remote.tokenize(model, text, side),
  };
  return {
    api,
    terminate() {
      watch.abort();
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}

/**
 * Waits until a worker's lock is free, which the browser sees to when the worker dies, whatever killed it; a worker that is
 * killed from outside says nothing itself. Resolves with false where the wait ended otherwise.
 */
async function outlive(lock: string, signal: AbortSignal): Promise<boolean> {
  try {
    await navigator.locks.request(lock, { signal }, () => {});
    return true;
  } catch {
    return false;
  }
}
