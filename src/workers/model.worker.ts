/**
 * The worker's first script. It is small, so that it answers at once; what runs the model is fetched with the first call that
 * needs it.
 */
import { expose, releaseProxy, transfer } from "comlink";
import type { AnyTrace, HeadInside } from "../engine/model.ts";
import { FailureError, failure, toFailure } from "../lib/failure.ts";
import type { Answer, WorkerApi } from "./api.ts";
import type { Service } from "./worker/service.ts";

const api: WorkerApi = {
  async hello(lock) {
    await holdForLife(lock);
    return { ok: true, value: true };
  },
  async load(model, device, onProgress) {
    const answer = await answered((service) => service.load(model, device, onProgress));
    letGo(onProgress);
    return answer;
  },
  async trace(request, onAlive) {
    const answer = await answered((service) => service.trace(request, onAlive));
    letGo(onAlive);
    return answer.ok ? transfer(answer, buffersOf(answer.value)) : answer;
  },
  async inspect({ head, ...request }) {
    const answer = await answered((service) => service.inspect(request, head));
    return answer.ok ? transfer(answer, insideBuffers(answer.value)) : answer;
  },
  async study(request, onProgress) {
    const answer = await answered((service) => service.study(request, onProgress));
    letGo(onProgress);
    return answer;
  },
  tokenize: (model, text, side) => answered((service) => service.tokenize(model, text, side)),
};

expose(api);

let service: Promise<Service> | undefined;

/** Turns what is thrown into an answer. */
async function answered<T>(work: (service: Service) => Promise<T>): Promise<Answer<T>> {
  let running: Service | undefined;
  try {
    service ??= startService();
    running = await service;
    return { ok: true, value: await work(running) };
  } catch (error) {
    return { ok: false, failure: toFailure(error), device: running?.device };
  }
}

async function startService(): Promise<Service> {
  try {
    const { Service } = await import("./worker/service.ts");
    return new Service();
  } catch (error) {
    const words = "A part of the site could not be fetched; there may be a newer version of the site.";
    throw new FailureError(failure("worker-missing", words, { action: "reload", detail: String(error) }), error);
  }
}

/** Closes the channel to a function of the page; from here it is a proxy. */
function letGo(callback: object): void {
  (callback as { [releaseProxy]?: () => void })[releaseProxy]?.();
}

/** Takes a lock that nobody else has and never lets go: the page sees the worker's death by it. */
function holdForLife(name: string): Promise<void> {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve();
    const held = navigator.locks.request(name, () => {
      resolve();
      return new Promise<never>(() => {});
    });
    held.catch(() => resolve());
  });
}

/** Memory that moves to the page with a trace instead of being copied. */
function buffersOf(trace: AnyTrace): ArrayBuffer[] {
  const { attention, hidden, logits, tokenLoss, roles } = trace;
  const arrays = [
    ...Object.values(attention).map(({ data }) => data),
    ...(hidden ? Object.values(hidden).map(({ data }) => data) : []),
    ...(logits ? [logits.data] : []),
    ...roles.map(({ values }) => values.data),
    tokenLoss,
  ];
  return distinct(arrays);
}

/** The same for a head's inside. */
function insideBuffers({ query, key, value, bias, attention, output }: HeadInside): ArrayBuffer[] {
  return distinct([query, key, value, bias, attention, output].map(({ data }) => data));
}

function distinct(arrays: readonly Float32Array[]): ArrayBuffer[] {
  return Array.from(new Set(arrays.map(({ buffer }) => buffer))).filter((buffer) => buffer instanceof ArrayBuffer);
}
