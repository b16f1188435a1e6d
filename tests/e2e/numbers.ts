import type { Page } from "@playwright/test";
import { fixtures, textFixtures } from "../helpers/fixtures.ts";
import { expect } from "./site.ts";
import { runInWorker, startWorker } from "./worker.ts";

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
