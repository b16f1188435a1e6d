import { compareWithPyTorch } from "./numbers.ts";
import { test } from "./site.ts";

test("the model's numbers on WASM are PyTorch's", async ({ page }) => {
  test.setTimeout(180_000);
  await compareWithPyTorch(page, "wasm");
});
