import type { Page } from "@playwright/test";
import { FigureOnPage } from "../figure.ts";
import { expect, test } from "../site.ts";

/** A source and a target that each fill the model's limit. */
const WORDS = 600;
const SOURCE = `Translate to French: ${"dog cat ".repeat(WORDS / 2)}`;
const TARGET = "chien chat ".repeat(WORDS / 2);

async function withLongText(page: Page, path: string, title: string): Promise<FigureOnPage> {
  await page.goto(path);
  const figure = new FigureOnPage(page, title);
  await figure.live();
  await figure.root.getByRole("radio", { name: "typed by you" }).check({ force: true });
  await figure.source.fill(SOURCE);
  await figure.target.fill(TARGET);
  await expect(figure.root).toContainText(/tokens are not read: the model takes 512/, { timeout: 60_000 });
  await expect(figure.reading).toContainText(/chien|chat|dog|cat|loss/, { timeout: 60_000 });
  return figure;
}

/** Whether something was painted on a canvas. */
function isPainted(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
  return pixels.some((value) => value > 0);
}

test.describe("512 tokens", () => {
  test.setTimeout(180_000);

  test("the head view draws what is in view, and scrolls", async ({ page }) => {
    const figure = await withLongText(
      page,
      "attention/head-view/",
      "Which English words does each French word look at?",
    );
    for (const kind of ["Cross", "Encoder", "Decoder"]) {
      await figure.root.getByRole("radio", { name: kind }).check({ force: true });
      const tokens = figure.root.getByRole("list", { name: /^Queries/ }).getByRole("button");
      await expect.poll(() => tokens.count()).toBeGreaterThan(10);
      expect(await tokens.count()).toBeLessThan(200);
    }
    const box = figure.root.getByRole("region", { name: "Tokens and lines, scrolls" });
    await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(figure.root.getByRole("list", { name: /^Queries/ })).toContainText(/chien|chat/);
    const canvas = figure.root.locator("canvas.uh-lines-canvas");
    if (await canvas.count()) await expect.poll(() => canvas.evaluate(isPainted)).toBe(true);
  });

  test("the model view draws every head", async ({ page }) => {
    const figure = await withLongText(page, "attention/model-view/", "Every head of the model");
    const canvases = figure.root.locator("button canvas");
    await expect.poll(() => canvases.count()).toBeGreaterThan(8);
    await expect.poll(() => canvases.last().evaluate(isPainted)).toBe(true);
  });

  test("what came back unfolds to a window of numbers", async ({ page }) => {
    const figure = await withLongText(page, "attention/running-a-model/", "What one run of the model leaves behind");
    await figure.root.getByText("output.cross_attentions").first().click();
    await expect(figure.root.getByRole("table").first()).toContainText(/\d\.\d/);
    await expect(figure.root).toContainText("512");
  });
});
