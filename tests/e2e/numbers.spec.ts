import { compareTextModel, compareWithPyTorch, TEXT_MODELS } from "./numbers.ts";
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
