import { existsSync } from "node:fs";
import {
  compareGradients,
  compareTextModel,
  compareWithPyTorch,
  GRADIENT_MODELS,
  TEXT_MODELS,
  watchMemory,
} from "./numbers.ts";
import { test } from "./site.ts";

test("the translator's numbers on WASM are PyTorch's", async ({ page }) => {
  test.setTimeout(180_000);
  await compareWithPyTorch(page, "wasm");
});

for (const entry of TEXT_MODELS) {
  test(`the numbers of ${entry.model} on WASM are PyTorch's`, async ({ page }) => {
    test.setTimeout(180_000);
    await compareTextModel(page, "wasm", entry);
  });
}

for (const model of GRADIENT_MODELS) {
  test(`the gradients of ${model} on WASM are PyTorch's`, async ({ page }) => {
    test.setTimeout(180_000);
    await compareGradients(page, "wasm", model);
  });
}

test("200 gradients on WASM leave no memory behind", async ({ page, browser }) => {
  test.skip(!existsSync("/proc/self/status"), "memory is read from Linux");
  test.setTimeout(180_000);
  await watchMemory(page, browser);
});
