import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "gradients/saliency/";
const TITLE = "What each output reacts to";

/** The figure with the handles that it has besides those of every figure. */
class TextOnPage extends FigureOnPage {
  readonly text = this.root.getByRole("group", { name: /^(Why|Similarity)/ });
  readonly cost = this.root.locator(".uh-study-cost");
  readonly method = this.root.getByRole("combobox", { name: "Method" });
  readonly table = this.root.locator(".uh-grid");

  output(name: string) {
    return this.root
      .getByRole("group", { name: "The output that is explained" })
      .getByRole("radio", { name, exact: true });
  }

  model(name: RegExp) {
    return this.root.getByRole("radio", { name });
  }

  token(name: string | RegExp) {
    return this.text.getByRole("button", { name });
  }
}

async function textOn(page: Page, search = ""): Promise<TextOnPage> {
  await page.goto(PAGE + search);
  const figure = new TextOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("text and table are drawn, marked as stored, and read", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new TextOnPage(page, TITLE);
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText("“dog” 3.34 is the strongest");
    await expect(figure.token("“dog” 3.34")).toBeVisible();
    await expect(figure.table.locator("tbody tr")).toHaveCount(7);
    await expect(figure.root.locator("[style]")).toHaveCount(0);
  });
});

test("outputs, methods and models are read at once, and nothing is downloaded", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  const figure = await textOn(page);
  await figure.output("brun").check({ force: true });
  await expect(figure.reading).toContainText("The logit of “brun”");
  await figure.table.getByRole("button", { name: "couru", exact: true }).click();
  await expect(figure.reading).toContainText("“ran” 4.83 is the strongest");
  await figure.method.selectOption({ label: "input × gradient · one run back" });
  await expect(figure.text.getByRole("button", { name: /“Le” [+−]/ })).toBeVisible();

  await figure.model(/Small decoder/).check({ force: true });
  await expect(figure.token(/“Mary” \+0\.6/)).toBeVisible();
  await figure.method.selectOption({ label: "Shapley values · 25 runs a token" });
  await expect(figure.token(/“Mary” \+3.* ± /)).toBeVisible();
  await figure.model(/MiniLM/).check({ force: true });
  await expect(figure.reading).toContainText("The similarity of the two sentences is 0.6");
  await figure.root.getByRole("radio", { name: "second" }).check({ force: true });
  await expect(figure.token(/puppy/)).toBeVisible();
  expect(fetched).toEqual([]);
});

test("the reader’s own sentence runs live, and its cost is told", async ({ page }) => {
  const figure = await textOn(page);
  await figure.source.fill("Translate to French: The white cat is sleeping.");
  await figure.isLive();
  await expect(figure.cost).toContainText(/runs forward and back, [\d.]+ m?s/);
  await expect(figure.output("chat")).toBeVisible();
  await figure.output("chat").check({ force: true });
  await expect(figure.reading).toContainText("The logit of “chat”");

  // A slow method waits for the reader; it can be stopped.
  await figure.method.selectOption({ label: "Shapley values · 25 runs a token" });
  await expect(figure.root.locator(".uh-figure-notice")).toContainText("press Run it live");
  await figure.run.click();
  await expect(figure.token(/“cat” \+.* ± /)).toBeVisible({ timeout: 45_000 });
});

test("a link brings back model, method, output and view", async ({ page }) => {
  const figure = await textOn(page);
  await figure.method.selectOption({ label: "occlusion · one run a token" });
  await figure.output("brun").check({ force: true });
  await figure.root.getByRole("checkbox", { name: "merge into words" }).check();
  await expect(page).toHaveURL(/[?&]text=1\./);
  const again = await textOn(page, new URL(page.url()).search);
  await expect(again.reading).toContainText("The logit of “brun”");
  await expect(again.method).toHaveValue("occlusion");
  await expect(again.root.getByRole("checkbox", { name: "merge into words" })).toBeChecked();
});

test("text and table are walked by keyboard alone", async ({ page }) => {
  const figure = await textOn(page);
  await figure.text.getByRole("button").first().focus();
  await page.keyboard.press("End");
  await expect(figure.token("“Le” 1.44")).toBeFocused();
  await expect(figure.reading).toContainText("“Le” 1.44: number 2 of 12 by size");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(figure.reading).toContainText("“to”");

  await figure.table.locator("[data-cell='0/0']").focus();
  await page.keyboard.press("End");
  await expect(figure.table.locator("[data-cell='0/10']")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(figure.root.locator(".uh-score-detail")).toHaveText("“chien”, “Le”: 1.44.");
  await page.keyboard.press("Enter");
  await expect(figure.output("chien")).toBeChecked();
});

test("the exercises are settled by the stored text", async ({ page }) => {
  await textOn(page);
  const le = page.locator('[id="2.2-le"]');
  await le.scrollIntoViewIfNeeded();
  await hydrated(le);
  await le.getByRole("radio", { name: /^The,/ }).check({ force: true });
  await le.getByRole("button", { name: "Check" }).click();
  await expect(le).toContainText("to another word more");
  await le.getByRole("radio", { name: /^dog,/ }).check({ force: true });
  await le.getByRole("button", { name: "Check" }).click();
  await expect(le).toContainText("decided by the noun");

  const share = page.locator('[id="2.2-share"]');
  await share.scrollIntoViewIfNeeded();
  await hydrated(share);
  await share.getByRole("textbox").fill("42");
  await share.getByRole("button", { name: "Check" }).click();
  await expect(share).toContainText("Nearly half of what");
});

for (const theme of ["light", "dark"] as const) {
  test(`is accessible and fits a phone, ${theme}`, async ({ page }) => {
    await withTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    const figure = await textOn(page);
    await figure.method.selectOption({ label: "input × gradient · one run back" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page }).include("#text").analyze();
    expect(violations).toEqual([]);
  });
}
