import { existsSync, readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "gradients/nudge-an-input/";
const TITLE = "One word moved, and what the output does";
const HERE = existsSync("dist/models/smollm2-135m/manifest.json");

/** The figure with the handles that it has besides those of every figure. */
class NudgeOnPage extends FigureOnPage {
  readonly text = this.root.getByRole("textbox", { name: "Text" });
  readonly word = this.root.getByRole("textbox", { name: "the word" });
  readonly slider = this.root.getByRole("slider", { name: /Moved by/ });
  readonly nudge = this.root.getByRole("button", { name: "Nudge it live" });
  readonly cost = this.root.locator(".uh-nudge-slopes .uh-nudge-note");

  token(name: RegExp) {
    return this.root.getByRole("group", { name: /^The text: choose/ }).getByRole("button", { name });
  }

  option(name: string | RegExp) {
    return this.root.getByRole("radio", { name, exact: true });
  }
}

async function nudgeOn(page: Page, query = ""): Promise<NudgeOnPage> {
  await page.goto(PAGE + query);
  const figure = new NudgeOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("curve and slopes are drawn, marked as stored, and read", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new NudgeOnPage(page, TITLE);
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText("“Mary”, 50 % of the way to “John”");
    await expect(figure.root.locator("svg.uh-drawing")).toHaveCount(2);
    await expect(figure.cost).toContainText("All 15 gradients: 1 run forward and backward.");
  });
});

test("points, tokens, reaches and models are read at once, and nothing is downloaded", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  const figure = await nudgeOn(page);
  await figure.slider.press("End");
  await expect(figure.reading).toContainText("“John” in place of “Mary”: the logit of “Mary” changes by −17.86");
  await figure.option("a hundredth").check({ force: true });
  await expect(figure.reading).toContainText("The line holds here.");
  await figure.option("the whole way").check({ force: true });
  await figure.option("along its gradient").check({ force: true });
  await expect(figure.reading).toContainText("“Mary” moved along its gradient");
  await figure.token(/^“gave”/).click();
  await expect(figure.reading).toContainText("“gave” moved along its gradient");
  await figure.option(/^Translator/).check({ force: true });
  await expect(figure.reading).toContainText("“cat” in place of “dog”");
  await figure.option(/^SmolLM2/).check({ force: true });
  await expect(figure.reading).toContainText("“John” in place of “Mary”");
  await expect(figure.nudge).toHaveCount(HERE ? 1 : 0);
  expect(fetched).toEqual([]);
});

test("a word of the reader’s own runs live, and its curve settles the exercises", async ({ page }) => {
  const figure = await nudgeOn(page);
  const apart = page.locator('[id="2.1-apart"]');
  await apart.scrollIntoViewIfNeeded();
  await hydrated(apart);
  await apart.getByRole("textbox").fill("16.2");
  await apart.getByRole("button", { name: "Check" }).click();
  await expect(apart).toContainText("16.20 logits lie between");

  const turns = page.locator('[id="2.1-turns"]');
  await turns.scrollIntoViewIfNeeded();
  await hydrated(turns);
  await turns.getByRole("button", { name: "Check" }).click();
  await expect(turns).toContainText("This nudge was stored");

  await figure
    .token(/^“John”/)
    .nth(1)
    .click();
  await figure.word.fill("Tom");
  await figure.word.press("Enter");
  await figure.isLive();
  await expect(figure.reading).toContainText("“John”, 50 % of the way to “Tom”");
  await expect(figure.cost).toContainText(/backward \(\d+ ms\)/);
  await turns.getByRole("button", { name: "Check" }).click();
  await expect(turns).toContainText("ended up on the other side");
});

test("the straight line of the gradient is the slope that two runs measure, on the live model", async ({ page }) => {
  const figure = await nudgeOn(page);
  await figure.nudge.click();
  await figure.isLive();
  await figure.slider.press("Home");
  await expect(figure.root.getByText(/measured by two runs at ±1 %/)).toContainText(/(0\.\d %|%,|[+−][\d.]+\.)/);
  const numbers = figure.root.locator(".uh-nudge-numbers dd");
  const read = async (at: number) => Number((await numbers.nth(at).textContent())?.replace("−", "-"));
  expect(Math.abs((await read(3)) / (await read(4)) - 1)).toBeLessThan(0.01);
});

test("a word that the model cannot read as one token is refused in words", async ({ page }) => {
  const figure = await nudgeOn(page);
  await figure.word.fill("supercalifragilistic");
  await figure.word.press("Enter");
  await expect(figure.root).toContainText("is not a single token of this model", { timeout: 45_000 });
  await figure.word.fill("Tom");
  await figure.word.press("Enter");
  await expect(figure.reading).toContainText("“Tom”", { timeout: 45_000 });
});

test("the prediction is judged by the stored slopes", async ({ page }) => {
  await nudgeOn(page);
  const exercise = page.locator('[id="2.1-steepest"]');
  await exercise.scrollIntoViewIfNeeded();
  await hydrated(exercise);
  await exercise.getByRole("radio", { name: /^gave/ }).check({ force: true });
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("A nudge of gave moves the answer");
  await exercise.getByRole("radio", { name: /^Mary/ }).check({ force: true });
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("The name that is copied");
});

test("the keyboard alone moves along the curve and chooses tokens", async ({ page }) => {
  const figure = await nudgeOn(page);
  await figure.slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure.reading).toContainText("55 % of the way");
  await figure.option("along its gradient").check({ force: true });
  await figure.token(/^“Mary”/).focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure.token(/^“and”/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(figure.reading).toContainText("“and” moved along its gradient");
});

test("the curve can be dragged", async ({ page }) => {
  const figure = await nudgeOn(page);
  const plot = figure.root.locator(".uh-nudge-plot");
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error("the plot is not drawn");
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.99, box.y + box.height / 2);
  await page.mouse.up();
  await expect(figure.reading).toContainText("“John” in place of “Mary”");
});

test("a link brings back model, token, way and point, and runs nothing", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(baseURL ?? "").origin });
  const figure = await nudgeOn(page);
  await figure.option(/^Translator/).check({ force: true });
  await figure.option("along its gradient").check({ force: true });
  await figure.token(/^“brown”/).click();
  await figure.slider.press("Home");
  await figure.choose("Copy link");
  const link = await page.evaluate(() => navigator.clipboard.readText());

  await page.goto("about:blank");
  await page.goto(link);
  await figure.hydrated();
  await expect(figure.reading).toContainText("“brown” moved against its gradient by 100 %");
  await expect(figure.chip).toContainText("stored");
});

test("the table and the files hold every point and every token", async ({ page }) => {
  const figure = await nudgeOn(page);
  await figure.choose("Show as a table");
  await expect(figure.root.getByRole("row", { name: /steepest slope of Mary/ })).toBeVisible();
  const saved = async (entry: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent("download"), figure.choose(entry)]);
    return readFileSync(await download.path(), "utf8");
  };
  expect(await saved("Save as CSV")).toContain("steepest slope of drink");
  expect(await saved("Save as SVG")).toContain("Steepest slope of each token");
  expect(JSON.parse(await saved("Save as JSON")).points.length).toBe(41);
});

for (const theme of ["light", "dark"] as const) {
  test(`360 px hold it without a scrollbar, in the ${theme} theme`, async ({ page }) => {
    await withTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    await nudgeOn(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include(".uh-figure").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
