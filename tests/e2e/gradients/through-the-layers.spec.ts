import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "gradients/through-the-layers/";
const TITLE = "What the answer hangs on, layer by layer";

class LayersOnPage extends FigureOnPage {
  readonly cost = this.root.locator(".uh-study-cost");
  readonly detail = this.root.locator(".uh-score-detail");

  cell(at: string, map = 0) {
    return this.root.locator(".uh-grid").nth(map).locator(`[data-cell="${at}"]`);
  }

  radio(name: string | RegExp) {
    return this.root.getByRole("radio", { name });
  }
}

async function layersOn(page: Page, search = ""): Promise<LayersOnPage> {
  await page.goto(PAGE + search);
  const figure = new LayersOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the map is drawn, marked as stored, and read", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new LayersOnPage(page, TITLE);
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText("after layer 4 at “to” (100 %)");
    await expect(figure.root.locator("[style]")).toHaveCount(0);
  });
});

test("outputs, measures and models are read at once, and nothing is downloaded", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  const figure = await layersOn(page);
  const rollout = figure.root.getByRole("group", { name: /rollout/ });
  const before = await rollout.textContent();
  await figure.radio(/^John/).check({ force: true });
  await expect(figure.reading).toContainText("The logit of “John” is 5.52");
  await expect(figure.reading).toContainText("Attention × gradient is strongest at “went”");
  expect(await rollout.textContent()).toBe(before);

  await figure.radio("state × gradient").check({ force: true });
  await expect(figure.cell("0/14")).toHaveText("+5.5");
  await figure.radio(/Translator/).check({ force: true });
  await expect(figure.root.locator(".uh-grid")).toHaveCount(2);
  await figure.radio(/MiniLM/).check({ force: true });
  await expect(figure.reading).toContainText("The similarity of the two sentences is 0.61");
  await figure.radio(/SmolLM2/).check({ force: true });
  await expect(figure.root.locator(".uh-grid[data-dense] tbody tr")).toHaveCount(31);
  expect(fetched).toEqual([]);
});

test("the reader’s own text runs live, and its cost is told", async ({ page }) => {
  const figure = await layersOn(page);
  await figure.root.getByRole("textbox", { name: "Text", exact: true }).fill("Once upon a time there was a");
  await figure.isLive();
  await expect(figure.cost).toContainText(/2 runs forward and back, 1 forward only, \d+ ms/);
});

test("cells are walked by keyboard, and a link brings the view back", async ({ page }) => {
  const figure = await layersOn(page);
  await figure.cell("0/0").focus();
  await page.keyboard.press("End");
  await expect(figure.detail).toHaveText("layer 4, “to”: 1.37.");
  await page.keyboard.press("ArrowDown");
  await expect(figure.cell("1/14")).toBeFocused();
  await figure.radio("one scale").check({ force: true });
  await expect(page).toHaveURL(/[?&]layers=1\./);
  const again = await layersOn(page, new URL(page.url()).search);
  await expect(again.radio("one scale")).toBeChecked();
});

test("the exercises are settled by the stored text", async ({ page }) => {
  await layersOn(page);
  const after = page.locator('[id="2.5-after-one"]');
  await after.scrollIntoViewIfNeeded();
  await hydrated(after);
  await after.getByRole("radio", { name: /^Mary,/ }).check({ force: true });
  await after.getByRole("button", { name: "Check" }).click();
  await expect(after).toContainText("looks one token back");
  await after.getByRole("radio", { name: /^and,/ }).check({ force: true });
  await after.getByRole("button", { name: "Check" }).click();
  await expect(after).toContainText("The word after the name");

  const alone = page.locator('[id="2.5-alone"]');
  await alone.scrollIntoViewIfNeeded();
  await hydrated(alone);
  await alone.getByRole("textbox").fill("3");
  await alone.getByRole("button", { name: "Check" }).click();
  await expect(alone).toContainText("Its heads have fetched");
});

for (const theme of ["light", "dark"] as const) {
  test(`is accessible and fits a phone, ${theme}`, async ({ page }) => {
    await withTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    const figure = await layersOn(page);
    await figure.radio(/Translator/).check({ force: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page }).include("#layers").analyze();
    expect(violations).toEqual([]);
  });
}
