import type { Page } from "@playwright/test";
import { fixtures, largestDifference } from "../helpers/fixtures.ts";
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
      const difference = largestDifference(Float32Array.from(numbers.tensors[name] ?? []), {
        ...tensor,
        indices: undefined,
      });
      expect(difference, `${sentence.name}: ${name}`).toBeLessThan(TOLERANCE);
    }
  }
}
