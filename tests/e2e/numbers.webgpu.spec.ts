import { compareGradients, compareTextModel, compareWithPyTorch, GRADIENT_MODELS, TEXT_MODELS } from "./numbers.ts";
import { test } from "./site.ts";

test("the translator's numbers on WebGPU are PyTorch's", async ({ page }) => {
  test.setTimeout(600_000);
  await compareWithPyTorch(page, "webgpu");
});

for (const entry of TEXT_MODELS) {
  test(`the numbers of ${entry.model} on WebGPU are PyTorch's`, async ({ page }) => {
    test.setTimeout(600_000);
    await compareTextModel(page, "webgpu", entry);
  });
}

for (const model of GRADIENT_MODELS) {
  test(`the gradients of ${model} on WebGPU are PyTorch's`, async ({ page }) => {
    test.setTimeout(600_000);
    await compareGradients(page, "webgpu", model);
  });
}
