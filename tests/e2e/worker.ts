import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Remote } from "comlink";
import type { GradientStudy } from "../../src/engine/attribute.ts";
import type { Target } from "../../src/engine/gradient.ts";
import type { AnyTrace } from "../../src/engine/model.ts";
import type { Answer, OnStudyProgress, TraceRequest, WorkerApi } from "../../src/workers/api.ts";

/** Entries of a trace that a test asks for: all of them, or those at flat indices. */
export type Wanted = Readonly<Record<string, readonly number[] | null>>;

/** What a run left behind: the wanted entries by the names of the fixtures. */
export interface Numbers {
  readonly loss: number;
  readonly written: readonly number[];
  readonly tensors: Readonly<Record<string, readonly number[]>>;
}

const COMLINK = "comlink.mjs";

/** Starts the built site's own worker, without the page's client, and loads the model in it. Answers where it runs. */
export async function startWorker(page: Page, device: "wasm" | "webgpu", model = "translator-en-fr"): Promise<string> {
  const script = readdirSync("dist/_astro").find((name) => /^model\.worker.*\.js$/.test(name));
  const comlink = readFileSync("node_modules/comlink/dist/esm/comlink.mjs", "utf8");
  await page.route(`**/${COMLINK}`, (route) => route.fulfill({ contentType: "text/javascript", body: comlink }));
  await page.goto("credits/");
  return page.evaluate(
    async ({ workerUrl, comlinkUrl, model, device }) => {
      const base = new URL("../", location.href);
      const { wrap, proxy } = await import(new URL(comlinkUrl, base).href);
      const api = wrap(new Worker(new URL(workerUrl, base), { type: "module" }));
      const source = { id: model, folder: new URL(`models/${model}/`, base).href };
      const answer = await api.load(
        source,
        device,
        proxy(() => {}),
      );
      if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
      Object.assign(window, { api, alive: proxy(() => {}), onProgress: proxy(() => true) });
      return answer.value.device;
    },
    { workerUrl: `_astro/${script}`, comlinkUrl: COMLINK, model, device },
  );
}

/** Runs the model in the started worker and brings the wanted entries back. */
export function runInWorker(page: Page, request: TraceRequest, wanted: Wanted): Promise<Numbers> {
  return page.evaluate(
    async ({ request, wanted }) => {
      const { api, alive } = window as unknown as { api: Remote<WorkerApi>; alive: () => void };
      const answer: Answer<AnyTrace> = await api.trace({ ...request, include: ["hidden", "logits"] }, alive);
      if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
      const { attention, hidden, logits, loss, target } = answer.value;
      const tensors: Record<string, Float32Array | undefined> = {
        encoderAttention: attention.encoder?.data,
        decoderAttention: attention.decoder?.data,
        crossAttention: attention.cross?.data,
        encoderHidden: hidden?.encoder?.data,
        decoderHidden: hidden?.decoder?.data,
        logits: logits?.data,
      };
      const entries = Object.entries(wanted).map(([name, indices]) => {
        const data = tensors[name] ?? new Float32Array();
        return [name, indices ? indices.map((at) => data[at] ?? Number.NaN) : Array.from(data)];
      });
      const written = target?.written.map(({ id }) => id) ?? [];
      return { loss, written, tensors: Object.fromEntries(entries) };
    },
    { request, wanted },
  );
}

/** A followed number with its gradient by stack, `[token, width]`. */
export interface BrowserGradient {
  readonly value: number;
  readonly gradients: Readonly<Record<string, { readonly data: readonly number[]; readonly shape: readonly number[] }>>;
}

/** Takes the gradient of a number by the embeddings in the started worker, as often as is asked; brings the last one back. */
export function gradientInWorker(
  page: Page,
  request: { readonly source: string; readonly target: string | null },
  target: Target,
  times = 1,
): Promise<BrowserGradient> {
  return page.evaluate(
    async ({ request, target, times }) => {
      const { api, onProgress } = window as unknown as { api: Remote<WorkerApi>; onProgress: OnStudyProgress };
      let answer: Answer<unknown> | undefined;
      for (let time = 0; time < times; time += 1) {
        answer = await api.study({ job: "gradient", run: request, target }, onProgress);
        if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
      }
      if (!answer?.ok) throw new Error("no answer");
      const { value, gradients } = answer.value as GradientStudy;
      const entries = Object.entries(gradients).map(([stack, { data, shape }]) => [stack, { data: [...data], shape }]);
      return { value, gradients: Object.fromEntries(entries) };
    },
    { request, target, times },
  );
}
