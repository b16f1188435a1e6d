import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test } from "../site.ts";

const PAGE = "gradients/why-a-and-not-b/";
const TITLE = "What speaks for one word, and what for one word against another";

/** The figure with both of its texts. */
class ContrastOnPage extends FigureOnPage {
  readonly plain = this.root.getByRole("group", { name: /^Why “[^”]+”$/ });
  readonly against = this.root.getByRole("group", { name: /and not/ });
  readonly not = this.root.getByRole("group", { name: "… and not" });
}

async function contrastOn(page: Page): Promise<ContrastOnPage> {
  await page.goto(PAGE);
  const figure = new ContrastOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test("both texts are shown, on one scale, in three measures", async ({ page }) => {
  const figure = await contrastOn(page);
  await expect(figure.plain.getByRole("button", { name: "“John” +1.03" })).toBeVisible();
  const against = figure.root.getByRole("group", { name: "Why “Mary” and not “John”" });
  await expect(against.getByRole("button", { name: "“John” −0.55" })).toBeVisible();
  await figure.root.getByRole("radio", { name: "log-probability" }).check({ force: true });
  // The difference is the same in both.
  await expect(against.getByRole("button", { name: "“John” −0.55" })).toBeVisible();
  await figure.root.getByRole("radio", { name: "probability", exact: true }).check({ force: true });
  await expect(figure.reading).toContainText("(probability)");
});

test("a word that is typed is set against the output, live", async ({ page }) => {
  const figure = await contrastOn(page);
  await figure.root.getByRole("combobox", { name: "Method" }).selectOption({ label: "occlusion · one run a token" });
  await figure.not.getByRole("textbox", { name: "or type a word" }).fill("Anna");
  await page.keyboard.press("Enter");
  await figure.isLive();
  await expect(figure.root.getByRole("group", { name: "Why “Mary” and not “Anna”" })).toBeVisible();
  await expect(figure.not.getByRole("radio", { name: "Anna" })).toBeChecked();

  await figure.not.getByRole("textbox", { name: "or type a word" }).fill("Mary");
  await page.keyboard.press("Enter");
  await expect(figure.failure).toContainText("begin with the same token");
});

test("the exercise on gender is settled by the stored text", async ({ page }) => {
  await contrastOn(page);
  const gender = page.locator('[id="2.4-gender"]');
  await gender.scrollIntoViewIfNeeded();
  await hydrated(gender);
  await gender.getByRole("radio", { name: /^brown,/ }).check({ force: true });
  await gender.getByRole("button", { name: "Check" }).click();
  await expect(gender).toContainText("The gender comes from French words");
});

test("is accessible and fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await contrastOn(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const { violations } = await new AxeBuilder({ page }).include("#contrast").analyze();
  expect(violations).toEqual([]);
});
