import { compareWithPyTorch } from "./numbers.ts";
import { test } from "./site.ts";

test("the model's numbers on WebGPU are PyTorch's", async ({ page }) => {
  test.setTimeout(600_000);
  await compareWithPyTorch(page, "webgpu");
});
