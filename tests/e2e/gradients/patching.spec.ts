import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "gradients/patching/";

class CheckOnPage extends FigureOnPage {
  readonly cost = this.root.locator(".uh-study-cost");
  readonly field = (label: RegExp) => this.root.getByRole("textbox", { name: label });

  cell(at: string, map = 0) {
    return this.root.locator(".uh-grid").nth(map).locator(`[data-cell="${at}"]`);
  }

  model(name: RegExp) {
    return this.root.getByRole("radio", { name });
  }
}

async function figureOn(page: Page, title: string, search = ""): Promise<CheckOnPage> {
  await page.goto(PAGE + search);
  const figure = new CheckOnPage(page, title);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

const patchingOn = (page: Page, search = "") => figureOn(page, "Which state brings the clean answer back", search);
const gatesOn = (page: Page, search = "") =>
  figureOn(page, "What the slope of each head’s switch foretells, and what happens", search);

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("map and plot are drawn, marked as stored, and read", async ({ page }) => {
    await page.goto(PAGE);
    for (const [title, reading] of [
      ["Which state brings the clean answer back", "at “to” after layers 1 to 4 (81 % to 100 %)"],
      ["What the slope of each head’s switch foretells, and what happens", "Farthest off is head decoder 1.1"],
    ] as const) {
      const figure = new CheckOnPage(page, title);
      await expect(figure.chip).toContainText("stored");
      await expect(figure.reading).toContainText(reading);
      await expect(figure.root.locator("[style]")).toHaveCount(0);
    }
  });
});

test("cells are walked by keyboard, one is kept, and a link brings it back", async ({ page }) => {
  const figure = await patchingOn(page);
  await figure.cell("0/0").focus();
  await page.keyboard.press("End");
  await expect(figure.cell("0/14")).toBeFocused();
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
  await expect(figure.reading).toContainText("“Mary” leads “John” by 10.6: 81 %");
  await page.keyboard.press("Enter");
  await expect(figure.cell("3/14")).toHaveAttribute("data-marked", "true");
  await expect(page).toHaveURL(/[?&]patching=1\./);
  const again = await patchingOn(page, new URL(page.url()).search);
  await expect(again.reading).toContainText("81 %");
});

test("the translator has a map for each stack", async ({ page }) => {
  const figure = await patchingOn(page);
  await figure.model(/Translator/).check({ force: true });
  await expect(figure.root.locator(".uh-grid")).toHaveCount(2);
  await figure.cell("1/1", 1).focus();
  await expect(figure.reading).toContainText("the output of layer 2 at “Le”");
});

test("unequal texts are refused in words, a fitting pair runs live", async ({ page }) => {
  const figure = await patchingOn(page);
  const corrupted = figure.field(/^Corrupted/);
  await corrupted.fill("When Mary and John went to the store, Mary gave to");
  await expect(figure.root).toContainText("the clean one has 15, the corrupted one 13.");
  await corrupted.fill("When Mary and Anna went to the store, John gave a drink to");
  await figure.isLive();
  await expect(figure.cost).toContainText(/\d+ runs forward, [\d.]+ m?s/);
  await expect(figure.reading).toContainText("Most comes back at");
});

test("heads are chosen, the farthest is left out, and another text runs live", async ({ page }) => {
  const figure = await gatesOn(page);
  const head = figure.root.getByRole("combobox", { name: "Head" });
  await head.selectOption({ index: 1 });
  await expect(figure.reading).toContainText("Head decoder 1.1: the slope of its switch foretells +0.58");
  await expect(page).toHaveURL(/[?&]gates=1\./);
  const marks = figure.root.locator(".uh-drawing circle");
  await expect(marks).toHaveCount(16);
  await figure.root.getByRole("checkbox", { name: "draw without the farthest" }).check();
  await expect(marks).toHaveCount(15);
  await figure.model(/Translator/).check({ force: true });
  await expect(figure.reading).toContainText("Over 36 heads");
  await figure.model(/Small decoder/).check({ force: true });
  await figure.field(/^Text/).fill("Once upon a time there was a");
  await figure.isLive();
  await expect(figure.cost).toContainText("1 run forward and back, 16 forward only");
});

test("the exercises are settled by the stored studies", async ({ page }) => {
  await patchingOn(page);
  const where = page.locator('[id="2.6-patch-where"]');
  await where.scrollIntoViewIfNeeded();
  await hydrated(where);
  await where.getByRole("radio", { name: /^drink,/ }).check({ force: true });
  await where.getByRole("button", { name: "Check" }).click();
  await expect(where).toContainText("one layer has run already");
  await where.getByRole("radio", { name: /^to,/ }).last().check({ force: true });
  await where.getByRole("button", { name: "Check" }).click();
  await expect(where).toContainText("One layer was enough");

  const line = page.locator('[id="2.6-patch-line"]');
  await line.scrollIntoViewIfNeeded();
  await hydrated(line);
  await line.getByRole("textbox").fill("17");
  await line.getByRole("button", { name: "Check" }).click();
  await expect(line).toContainText("in truth the answer is gone");
});

for (const theme of ["light", "dark"] as const) {
  test(`is accessible and fits a phone, ${theme}`, async ({ page }) => {
    await withTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    await gatesOn(page);
    const figure = await patchingOn(page);
    await figure.cell("3/14").focus();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page }).include("#patching").include("#gates").analyze();
    expect(violations).toEqual([]);
  });
}
