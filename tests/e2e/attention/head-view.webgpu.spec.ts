import { FigureOnPage } from "../figure.ts";
import { expect, test } from "../site.ts";

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
