import { readFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { fixtures, textFixtures } from "../helpers/fixtures.ts";
import { gradientFixtures } from "../helpers/gradients.ts";
import { expect } from "./site.ts";
import { gradientInWorker, runInWorker, startWorker } from "./worker.ts";

/** How far the browser's numbers may be from PyTorch's. */
const TOLERANCE = 1e-3;

/** Runs every fixture sentence through the built site's worker and compares all that comes back with PyTorch. */
export async function compareWithPyTorch(page: Page, device: "wasm" | "webgpu"): Promise<void> {
  expect(await startWorker(page, device)).toBe(device);
  for (const sentence of fixtures.sentences) {
    const wanted = Object.fromEntries(
      Object.entries(sentence.tensors).map(([name, tensor]) => [name, tensor.indices ?? null]),
    );
    const numbers = await runInWorker(page, { source: sentence.text, target: sentence.target }, wanted);

    expect(numbers.written, `${sentence.name}: tokens`).toEqual(sentence.labels.ids);
    expect(Math.abs(numbers.loss - sentence.loss), `${sentence.name}: loss`).toBeLessThan(TOLERANCE);
    for (const [name, tensor] of Object.entries(sentence.tensors)) {
      const difference = fixtures.difference(Float32Array.from(numbers.tensors[name] ?? []), {
        ...tensor,
        indices: undefined,
      });
      expect(difference, `${sentence.name}: ${name}`).toBeLessThan(TOLERANCE);
    }
  }
}

/** The models with one stack that come with the site. */
export const TEXT_MODELS = [
  { model: "decoder-small", kind: "decoder" },
  { model: "encoder-minilm", kind: "encoder" },
] as const;

/** The same for a model with one stack. */
export async function compareTextModel(
  page: Page,
  device: "wasm" | "webgpu",
  { model, kind }: (typeof TEXT_MODELS)[number],
): Promise<void> {
  const { sentences, difference } = textFixtures(model);
  expect(await startWorker(page, device, model)).toBe(device);
  for (const { name, text, tensors } of sentences) {
    const parts = Object.entries(tensors).filter(([part]) => part in PARTS);
    const wanted = Object.fromEntries(
      parts.map(([part, tensor]) => [PARTS[part]?.(kind) ?? part, tensor.indices ?? null]),
    );
    const numbers = await runInWorker(page, { source: text, target: null }, wanted);
    expect(parts.length, name).toBeGreaterThan(1);
    for (const [part, tensor] of parts) {
      const found = Float32Array.from(numbers.tensors[PARTS[part]?.(kind) ?? part] ?? []);
      expect(difference(found, { ...tensor, indices: undefined }), `${name}: ${part}`).toBeLessThan(TOLERANCE);
    }
  }
}

/** What a worker's answer calls a tensor of the fixtures. */
const PARTS: Readonly<Record<string, (kind: string) => string>> = {
  attention: (kind) => `${kind}Attention`,
  hidden: (kind) => `${kind}Hidden`,
  logits: () => "logits",
};

/** The models that come with the site. */
export const GRADIENT_MODELS = ["translator-en-fr", "decoder-small", "encoder-minilm"] as const;

/** How far gradients may be from PyTorch's, in parts of the largest number of each. */
const GRADIENT_TOLERANCE = 1e-4;

/** Follows every number of the fixtures back to the embeddings in the built site's worker and compares with PyTorch. */
export async function compareGradients(
  page: Page,
  device: "wasm" | "webgpu",
  model: (typeof GRADIENT_MODELS)[number],
): Promise<void> {
  const { run, cases, differences } = gradientFixtures(model);
  expect(await startWorker(page, device, model)).toBe(device);
  for (const entry of cases) {
    const { value, gradients } = await gradientInWorker(page, run, entry.target);
    expect(Math.abs(value - entry.value), `${entry.name}: value`).toBeLessThan(TOLERANCE);
    const { embeddings = {} } = entry.gradients;
    const found = Object.fromEntries(
      Object.entries(gradients).map(([stack, { data, shape }]) => [
        stack,
        { data: Float32Array.from(data), shape: [1, ...shape] },
      ]),
    );
    const all = differences({ embeddings: found }, { ...entry, gradients: { embeddings } });
    expect(all.length).toBe(model === "translator-en-fr" ? 2 : 1);
    for (const { name, off } of all) expect(off, `${entry.name}: ${name}`).toBeLessThan(GRADIENT_TOLERANCE);
  }
}

/** How much the pages' processes may grow over 200 gradients, once they have run warm. Bytes. */
const MAY_GROW = 60e6;

/** Takes many gradients of two lengths in the built site's worker and looks at what that leaves behind. */
export async function watchMemory(page: Page, browser: Browser): Promise<void> {
  const { run, cases } = gradientFixtures("decoder-small");
  const target = cases[0]?.target;
  if (!target) throw new Error("no case");
  await startWorker(page, "wasm", "decoder-small");
  const many = async (times: number) => {
    for (const source of [run.source, `${run.source} Mary and to John`]) {
      await gradientInWorker(page, { ...run, source }, target, times / 2);
    }
    return residentBytes(browser);
  };
  const before = await many(60);
  expect((await many(200)) - before).toBeLessThan(MAY_GROW);
}

/** Memory of all processes that run pages, as Linux counts it. */
async function residentBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer");
  const kilobytes = pages.map(({ id }) =>
    Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]),
  );
  return kilobytes.reduce((sum, value) => sum + value, 0) * 1024;
}
