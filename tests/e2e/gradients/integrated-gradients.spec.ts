import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "gradients/integrated-gradients/";
const TITLE = /^Most of the climb/;

/** The figure with the handles that it has besides those of every figure. */
class PathOnPage extends FigureOnPage {
  readonly text = this.root.getByRole("textbox", { name: "Text", exact: true });
  readonly walk = this.root.getByRole("button", { name: "Walk it live" });
  readonly cost = this.root.locator(".uh-study-cost");
  readonly notice = this.root.locator(".uh-figure-messages");
  readonly slider = this.root.getByRole("slider", { name: /^Place on the way/ });

  pick(label: string, option: string) {
    return this.root.getByRole("combobox", { name: label }).selectOption(option);
  }

  model(name: RegExp) {
    return this.root.getByRole("radio", { name });
  }
}

async function pathOn(page: Page): Promise<PathOnPage> {
  await page.goto(PAGE);
  const figure = new PathOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the way, the gap and both texts are drawn, marked as stored, and read", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new PathOnPage(page, TITLE);
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText(
      "From the padding token to the text, the logit of “Mary” goes from 1.34 to 20.78",
    );
    await expect(figure.root.locator("svg.uh-drawing")).toHaveCount(2);
    await expect(figure.root.getByRole("group", { name: "Integrated gradients by token" })).toContainText("Mary");
  });
});

test("baselines and models are gone through at once, and nothing is downloaded", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  const figure = await pathOn(page);
  await figure.pick("Compared with", "zeros");
  await expect(figure.reading).toContainText("From the zeros to the text");
  await figure.model(/Translator/).check({ force: true });
  await expect(figure.reading).toContainText("a gap of 99 %. These scores do not explain that change");
  await figure.model(/MiniLM/).check({ force: true });
  await expect(figure.reading).toContainText("similarity to “A puppy was running.”");
  await figure.model(/Small decoder/).check({ force: true });
  await figure.pick("Steps", "64");
  await expect(figure.reading).toContainText("64 steps add up to");
  await figure.pick("Steps", "128");
  await expect(figure.notice).toContainText("press Walk it live");
  expect(fetched).toEqual([]);
});

test("a walk is made live, follows the steps from then on, and can take as many as it needs", async ({ page }) => {
  const figure = await pathOn(page);
  await figure.pick("Steps", "16");
  await figure.walk.click();
  await figure.isLive();
  await expect(figure.reading).toContainText("16 steps add up to");
  await expect(figure.cost).toContainText(/16 runs forward and back, 2 forward only, [\d.]+ m?s/);
  await figure.pick("Steps", "4");
  await expect(figure.reading).toContainText("4 steps add up to", { timeout: 45_000 });
  await figure.pick("Steps", "as many as it takes");
  await figure.walk.click();
  await expect(figure.cost).toContainText("120 runs forward and back", { timeout: 45_000 });
});

test("the translator walks from the reader’s own text to its own, and the output is chosen", async ({ page }) => {
  const figure = await pathOn(page);
  await figure.model(/Translator/).check({ force: true });
  await figure.text.fill("Translate to French: The white cat is sleeping.");
  await figure.pick("Compared with", "another text");
  await figure.root
    .getByRole("textbox", { name: "Text to compare with" })
    .fill("Translate to French: The black cat is sleeping.");
  await figure.root.getByRole("textbox", { name: "Text to compare with" }).press("Enter");
  await figure.walk.click();
  await figure.isLive();
  await expect(figure.reading).toContainText("From the other text to the text");
  await figure.root.getByRole("radio", { name: "blanc" }).check({ force: true });
  await expect(figure.reading).toContainText("logit of “blanc”", { timeout: 45_000 });
});

test("a walk can be stopped, and the picture stays", async ({ page }) => {
  const figure = await pathOn(page);
  await figure.model(/MiniLM/).check({ force: true });
  await figure.pick("Steps", "256");
  await figure.walk.click();
  await expect(figure.cost).toContainText(/\d+ of 258 runs/, { timeout: 45_000 });
  await figure.cost.getByRole("button", { name: "Stop" }).click();
  await expect(figure.notice).toContainText("Stopped.");
  await expect(figure.chip).toContainText("stored");
  await expect(figure.reading).toContainText("32 steps");
});

test("the keyboard alone goes along the way and through the text", async ({ page }) => {
  const figure = await pathOn(page);
  await figure.slider.focus();
  await page.keyboard.press("Home");
  await expect(figure.reading).toContainText("At α = 0.02 the slope is");
  await page.keyboard.press("ArrowRight");
  await expect(figure.slider).toHaveAttribute("aria-valuetext", "α = 0.05, step 2 of 32");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(figure.root.locator(".uh-scored :focus")).toContainText("When");
});

test("a link brings back model, baseline, steps and place, and runs nothing", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(baseURL ?? "").origin });
  const figure = await pathOn(page);
  await figure.model(/Translator/).check({ force: true });
  await figure.pick("Compared with", "mean of all embeddings");
  await figure.slider.press("End");
  await figure.choose("Copy link");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto("about:blank");
  await page.goto(link);
  await figure.hydrated();
  await expect(figure.reading).toContainText("From the mean embedding to the text, the logit of “chien”");
  await expect(figure.reading).toContainText("At α = 0.98");
  await expect(figure.chip).toContainText("stored");
});

test("the table and the files hold every step", async ({ page }) => {
  const figure = await pathOn(page);
  await figure.choose("Show as a table");
  await expect(figure.root.getByRole("table").getByRole("row")).toHaveCount(34);
  const saved = async (entry: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent("download"), figure.choose(entry)]);
    return readFileSync(await download.path(), "utf8");
  };
  expect((await saved("Save as CSV")).trim().split("\n")).toHaveLength(34);
  expect(await saved("Save as SVG")).toContain("mean embedding");
  expect(JSON.parse(await saved("Save as JSON")).walk.steps).toHaveLength(32);
});

test("the number of steps is read off the plot, and a live text settles what they miss", async ({ page }) => {
  const figure = await pathOn(page);
  const fewest = page.locator('[id="2.3-fewest"]');
  await fewest.scrollIntoViewIfNeeded();
  await hydrated(fewest);
  await fewest.getByRole("textbox").fill("64");
  await fewest.getByRole("button", { name: "Check" }).click();
  await expect(fewest).toContainText("That is where Gauss–Legendre gets there");
  await fewest.getByRole("textbox").fill("32");
  await fewest.getByRole("button", { name: "Check" }).click();
  await expect(fewest).toContainText("32 steps.");

  await figure.text.fill("After Alice and Peter came to the museum, Peter gave a ticket to");
  await figure.root.getByRole("radio", { name: "Gauss–Legendre" }).check({ force: true });
  await figure.walk.click();
  await figure.isLive();
  const missed = page.locator('[id="2.3-missed"]');
  await missed.scrollIntoViewIfNeeded();
  await hydrated(missed);
  await missed.getByRole("button", { name: "Check" }).click();
  await expect(missed).toContainText("A gap of 66.9");
  await expect(missed).toContainText("measured on the live model");
});

for (const theme of ["light", "dark"] as const) {
  test(`360 px hold it without a scrollbar, in the ${theme} theme`, async ({ page }) => {
    await withTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    await pathOn(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include(".uh-figure").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
