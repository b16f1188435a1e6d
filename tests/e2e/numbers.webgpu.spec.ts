import { FigureOnPage } from "./figure.ts";
import { compareWithPyTorch } from "./numbers.ts";
import { expect, test } from "./site.ts";

test("the model's numbers on WebGPU are PyTorch's", async ({ page }) => {
  test.setTimeout(600_000);
  await compareWithPyTorch(page, "webgpu");
});

test("a figure runs on WebGPU where the reader asks for it", async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript(() => localStorage.setItem("underhood.device", "webgpu"));
  await page.goto("attention/head-view/");
  const figure = new FigureOnPage(page, "Which English words does each French word look at?");

  await figure.live();
  await figure.source.fill("Translate to French: The black cat slept.");

  await expect(figure.target).toHaveValue(/chat/, { timeout: 60_000 });
  await expect(figure.chip).toHaveAttribute("aria-label", /live · WebGPU/);
});
