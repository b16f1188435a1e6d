import { existsSync, readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "attention/is-attention-an-explanation/";
const TITLE = "What is looked at, and what is needed";
const HEADS = "Heads that look, and heads that are needed";
const HERE = existsSync("dist/models/smollm2-135m/manifest.json");

/** The figure with the handles that it has besides those of every figure. */
class RemovalOnPage extends FigureOnPage {
  readonly text = this.root.getByRole("textbox", { name: "Text" });
  readonly remove = this.root.getByRole("button", { name: "Remove each token live" });
  readonly cost = this.root.locator(".uh-removal-cost");

  output(name: string) {
    return this.root.getByRole("group", { name: "The output" }).getByRole("radio", { name, exact: true });
  }

  token(name: RegExp) {
    return this.root.getByRole("group", { name: "Take away" }).getByRole("button", { name });
  }

  model(name: RegExp) {
    return this.root.getByRole("radio", { name });
  }
}

async function removalOn(page: Page): Promise<RemovalOnPage> {
  await page.goto(PAGE);
  const figure = new RemovalOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("both figures are drawn, marked as stored, and read", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new RemovalOnPage(page, TITLE);
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText("all heads together look most at “dog” (0.68)");
    await expect(figure.reading).toContainText("For “chien”: ρ = 0.30.");
    await expect(figure.root.locator("svg.uh-drawing")).toHaveCount(2);
    await expect(new FigureOnPage(page, HEADS).reading).toContainText("Over all 12 heads: ρ = 0.55");
  });
});

test("outputs, tokens, heads and models are read at once, and nothing is downloaded", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  const figure = await removalOn(page);
  await figure.output("brun").check({ force: true });
  await expect(figure.reading).toContainText("While “brun” is written");
  await figure.token(/^brown/).click();
  await expect(figure.token(/^brown/)).toHaveAttribute("aria-pressed", "true");
  await page.mouse.move(0, 0);
  await expect(figure.reading).toContainText("“brown” gets");
  await figure.root.getByRole("combobox", { name: "Attention of" }).selectOption("layer 2, head 1");
  await expect(figure.reading).toContainText("from layer 2, head 1");
  await figure.root.getByRole("radio", { name: "top token" }).check({ force: true });
  await expect(figure.reading).toContainText("by lot 12 %");

  await figure.model(/Small decoder/).check({ force: true });
  await expect(figure.reading).toContainText("it would miss “Ruth” most");
  await figure.model(/SmolLM2/).check({ force: true });
  await expect(figure.reading).toContainText("Over 20 texts");
  await expect(figure.remove).toHaveCount(HERE ? 1 : 0);
  expect(fetched).toEqual([]);
});

test("the reader’s own sentence runs live, is drawn in, and settles the exercise", async ({ page }) => {
  const figure = await removalOn(page);
  const exercise = page.locator('[id="1.9-elsewhere"]');
  await exercise.scrollIntoViewIfNeeded();
  await hydrated(exercise);
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("still shows the stored sentence");

  await figure.text.fill("Translate to French: She did not leave.");
  await figure.remove.click();
  await figure.isLive();
  await expect(figure.cost).toContainText("7 runs of the model");
  await expect(figure.root).toContainText("your sentence: ρ =");
  await figure.output("n'").check({ force: true });
  await expect(figure.reading).toContainText("But it would miss “did” most");
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("the heads look most at one word and miss another most");
  await expect(exercise).toContainText("measured on the live model");
});

test("a decoder follows the word that is typed, or its own first choice", async ({ page }) => {
  const figure = await removalOn(page);
  await figure.model(/Small decoder/).check({ force: true });
  await figure.text.fill("Anna lives in Spain. The capital of her country is");
  await figure.root.getByRole("textbox", { name: "Next word" }).fill("");
  await figure.remove.click();
  await figure.isLive();
  await expect(figure.output("Madrid")).toBeChecked();
});

test("the heads are switched off live on the reader’s sentence", async ({ page }) => {
  await removalOn(page);
  const heads = new FigureOnPage(page, HEADS);
  await heads.root.scrollIntoViewIfNeeded();
  await heads.hydrated();
  await heads.root.getByRole("textbox", { name: "Text" }).fill("Translate to French: The girl is singing.");
  await heads.root.getByRole("button", { name: "Switch off each head live" }).click();
  await expect(heads.root).toContainText(/\d+ of 37 runs/, { timeout: 45_000 });
  await heads.isLive();
  await expect(heads.root).toContainText("your sentence");
  await expect(heads.reading).toContainText("nats a token");
  await expect(heads.reading).not.toContainText("ρ");
});

test("runs can be stopped, and the picture stays", async ({ page }) => {
  const figure = await removalOn(page);
  await figure.text.fill(`Translate to French: ${"The black cat and the white dog slept. ".repeat(6)}`);
  await figure.remove.click();
  await expect(figure.cost).toContainText(/\d+ of \d+ runs/, { timeout: 45_000 });
  await figure.cost.getByRole("button", { name: "Stop" }).click();
  await expect(figure.chip).toContainText("stored");
  await expect(figure.reading).toContainText("“dog”");
  await expect(figure.remove).toBeVisible();
});

test("the prediction is judged by the stored falls, whatever the figure shows", async ({ page }) => {
  await removalOn(page);
  const exercise = page.locator('[id="1.9-chien"]');
  await hydrated(exercise);
  await expect(exercise.getByRole("radio")).toHaveCount(4);
  await exercise.getByRole("radio", { name: /^brown/ }).check({ force: true });
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("Without brown hardly anything happens");
  await exercise.getByRole("radio", { name: /^dog/ }).check({ force: true });
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("all but impossible");
});

test("the keyboard alone reaches outputs, tokens and heads", async ({ page }) => {
  const figure = await removalOn(page);
  await figure.output("chien").focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure.output("brun")).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(figure.token(/^brown/)).toBeFocused();
  await expect(figure.reading).toContainText("“brown” gets");
  await page.keyboard.press("Enter");
  await expect(figure.token(/^brown/)).toHaveAttribute("aria-pressed", "true");

  const heads = new FigureOnPage(page, HEADS);
  await heads.root.scrollIntoViewIfNeeded();
  await heads.hydrated();
  await heads.root.getByRole("combobox", { name: "Head" }).selectOption("layer 1, head 1");
  await expect(heads.reading).toContainText("Layer 1, head 1 puts");
});

test("a link brings back model, head and text, and runs nothing", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(baseURL ?? "").origin });
  const figure = await removalOn(page);
  await figure.root.getByRole("combobox", { name: "Attention of" }).selectOption("layer 3, head 2");
  await figure.text.fill("Translate to French: Birds sing here.");
  await figure.choose("Copy link");
  const link = await page.evaluate(() => navigator.clipboard.readText());

  await page.goto("about:blank");
  await page.goto(link);
  await figure.hydrated();
  await expect(figure.text).toHaveValue("Translate to French: Birds sing here.");
  await expect(figure.reading).toContainText("layer 3, head 2");
  await expect(figure.chip).toContainText("stored");
});

test("the table and the files hold every dot and every head", async ({ page }) => {
  const figure = await removalOn(page);
  await figure.choose("Show as a table");
  await expect(figure.root.getByRole("row", { name: /“chien” without “dog”/ })).toBeVisible();
  const saved = async (entry: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent("download"), figure.choose(entry)]);
    return readFileSync(await download.path(), "utf8");
  };
  expect(await saved("Save as CSV")).toContain("mean of all heads");
  expect(await saved("Save as SVG")).toContain("layer 2, head 1");
  expect(JSON.parse(await saved("Save as JSON")).text.length).toBe(6);
});

for (const theme of ["light", "dark"] as const) {
  test(`360 px hold it without a scrollbar, in the ${theme} theme`, async ({ page }) => {
    await withTheme(page, theme);
    await page.setViewportSize({ width: 360, height: 740 });
    await removalOn(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include(".uh-figure").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
