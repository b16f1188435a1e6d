import type { Locator, Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test } from "../site.ts";

const PATH = "attention/switching-heads-off/";
const OBJECTS = "Which heads does “Mary” need?";
const COPYING = "Without the previous-token head, nothing is copied";
const HOPS = "Which heads lead from Jack to Tokyo?";
const FEWEST = "How many heads hold up “Paris”?";

/** Loading and a run on a slow machine. */
const PATIENCE = { timeout: 60_000 };

async function figureOn(page: Page, title: string): Promise<FigureOnPage> {
  await page.goto(PATH);
  const figure = new FigureOnPage(page, title);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

async function exerciseOn(page: Page, title: RegExp): Promise<Locator> {
  const exercise = page.getByRole("region", { name: title });
  await exercise.scrollIntoViewIfNeeded();
  await hydrated(exercise);
  return exercise;
}

function switchOf(figure: FigureOnPage, name: RegExp): Locator {
  return figure.root.getByRole("switch", { name });
}

test.describe("switching heads off", () => {
  test("changes what the model says, live, and back", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
    await expect(figure.reading).toContainText("“Mary” probability >0.999, its first choice");

    await switchOf(figure, /^layer 1, head 1$/).click();
    await figure.isLive();
    await expect(figure.reading).toContainText(/Layer 1, head 1 off .*“Mary” still stands before “John”/, PATIENCE);
    await expect(figure.root.locator(".uh-switch-count")).toHaveText("1 off");
    await expect(figure.root.getByText(/^\d+ ms$/)).toBeVisible();

    await figure.root.getByRole("button", { name: "Undo" }).click();
    await expect(figure.reading).toContainText("All heads are on", PATIENCE);
  });

  test("works from the keyboard: arrows move, Space switches, a layer goes at once", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    await switchOf(figure, /^layer 1, head 1$/).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect(switchOf(figure, /^layer 2, head 2$/)).toBeFocused();
    await page.keyboard.press("Space");
    await expect(switchOf(figure, /^layer 2, head 2$/)).toHaveAttribute("aria-checked", "false");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(figure.root.locator(".uh-switch-count")).toHaveText("4 off");
    await expect(figure.reading).toContainText("4 heads off", PATIENCE);
  });

  test("starts with a head off where the text speaks of it", async ({ page }) => {
    const figure = await figureOn(page, COPYING);
    await expect(switchOf(figure, /^layer 1, head 1$/)).toHaveAttribute("aria-checked", "false");
    await expect(figure.reading).toContainText("The probability of “table” goes from 0.99 to <0.0001");
    await figure.root.getByRole("button", { name: "All on" }).click();
    await expect(figure.reading).toContainText("All heads are on: the model gives “table”", PATIENCE);
  });

  test("ranks all heads, sorts them, and the slider follows", async ({ page }) => {
    const figure = await figureOn(page, HOPS);
    const rows = figure.root.locator(".uh-rank-table tbody tr");
    await expect(rows.first()).toContainText("layer 1, head 1");
    await figure.root.getByRole("button", { name: "Rank all heads" }).click();
    await expect(figure.root.getByRole("button", { name: "Rank again" })).toBeVisible(PATIENCE);
    await expect(rows.first()).toContainText(/−9\.\d/);
    await figure.root.getByRole("button", { name: "Head", exact: true }).click();
    await expect(rows.nth(1)).toContainText("layer 1, head 2");

    await figure.root.getByRole("slider").fill("2");
    await expect(figure.root.locator(".uh-switch-count")).toHaveText("2 off");
    await expect(figure.reading).toContainText("Layer 1, head 1 and layer 3, head 1 off", PATIENCE);
    await figure.root.getByRole("button", { name: "Draw the curve" }).click();
    await expect(figure.root.getByRole("img", { name: /half of it is gone after 1 head/ })).toBeVisible(PATIENCE);
  });

  test("a sweep can be stopped", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    await figure.root.getByRole("radio", { name: /^MiniLM/ }).check({ force: true });
    await figure.root.getByRole("button", { name: "Rank all heads" }).click();
    await expect(figure.root.getByText(/\d+ of \d+ runs/)).toBeVisible(PATIENCE);
    await figure.root.getByRole("button", { name: "Cancel" }).click();
    await expect(figure.root.getByRole("button", { name: "Rank all heads" })).toBeEnabled();
    await expect(figure.failure).toHaveCount(0);
  });

  test("of the translator changes the translation", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    await figure.root.getByRole("radio", { name: /^Translator/ }).check({ force: true });
    await expect(figure.reading).toContainText("Le chien brun a couru.");
    await figure.root.getByRole("button", { name: "Switch all heads of the cross-attention" }).click();
    await expect(figure.reading).toContainText("it now writes", PATIENCE);
  });

  test("of a text of one’s own says whose words are followed, and how", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    const text = figure.root.getByRole("textbox", { name: "Text" });
    const answer = figure.root.getByRole("textbox", { name: "Answer" });
    await text.fill("Hello there");
    await expect(figure.root.getByText("“Mary” and “John” are still the two words of the task.")).toBeVisible();
    await figure.root.getByRole("button", { name: "Follow “to” and “and”" }).click(PATIENCE);
    await expect(answer).toHaveValue("to");
    await expect(text).toBeFocused();
    await expect(figure.reading).toContainText(
      "the model gives “to” probability 0.08; its first choice is “.”",
      PATIENCE,
    );
    await expect(figure.root.getByText("4 of 96 tokens")).toBeVisible();
    await answer.fill("qzxv");
    await expect(answer).toHaveAccessibleDescription("measured by its first token “␣”");
  });

  test("of a text over the limit says what is not read, and why nothing is written", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    await figure.root.getByRole("textbox", { name: "Text" }).fill("dog ".repeat(400).trim());
    await expect(figure.root.getByText("The last 305 tokens are not read: the model takes 96.")).toBeVisible(PATIENCE);
    await expect(figure.root.locator(".uh-says-text")).toContainText("the text already fills the model’s room of 96");
  });

  test("is in the link, and a link runs nothing by itself", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    await switchOf(figure, /^layer 3, head 1$/).click();
    await figure.isLive();
    await expect(page).toHaveURL(/objects=1\./);
    await page.reload();
    await figure.root.scrollIntoViewIfNeeded();
    await figure.hydrated();
    await expect(switchOf(figure, /^layer 3, head 1$/)).toHaveAttribute("aria-checked", "false");
    await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
    await expect(figure.root.getByText(/Run it live to see yours/)).toBeVisible();
    await expect(figure.reading).toContainText("The link has 1 head off: run it live to see");
    await figure.live();
    await expect(figure.reading).toContainText("Layer 3, head 1 off", PATIENCE);
  });
});

test.describe("its exercises", () => {
  test("the fewest heads are counted on the figure’s own run", async ({ page }) => {
    const figure = await figureOn(page, FEWEST);
    const exercise = await exerciseOn(page, /Flip the answer/);
    await exercise.getByRole("button", { name: "Check" }).click();
    await expect(exercise).toContainText("Nothing is off in the figure’s run yet");

    await switchOf(figure, /^layer 1, head 1$/).click();
    await expect(exercise.getByText("Decoder, layer 1, head 1")).toBeVisible(PATIENCE);
    await exercise.getByRole("button", { name: "Check" }).click();
    await expect(exercise).toContainText("Paris is still the first choice");

    await switchOf(figure, /^layer 2, head 4$/).click();
    await expect(exercise.getByText("Decoder, layer 2, head 4")).toBeVisible(PATIENCE);
    await exercise.getByRole("button", { name: "Check" }).click();
    await expect(exercise).toContainText("2 heads off, and the model says");
    await expect(exercise).toContainText("measured on the live model · 2 tries");
  });

  test("a bet on the strongest head waits for the ranking", async ({ page }) => {
    const figure = await figureOn(page, OBJECTS);
    const exercise = await exerciseOn(page, /The head that is missed most/);
    await switchOf(figure, /^layer 2, head 2$/).click();
    await expect(exercise.getByText("Decoder, layer 2, head 2")).toBeVisible(PATIENCE);
    await exercise.getByRole("button", { name: "Check" }).click();
    await expect(exercise).toContainText("Now rank all heads");
    await figure.root.getByRole("button", { name: "Rank all heads" }).click();
    await expect(figure.root.getByRole("button", { name: "Rank again" })).toBeVisible(PATIENCE);
    await exercise.getByRole("button", { name: "Check" }).click();
    await expect(exercise).toContainText("is number 2 of 16");
    await expect(figure.root.locator(".uh-mark")).toContainText("first in the ranking");
  });
});
