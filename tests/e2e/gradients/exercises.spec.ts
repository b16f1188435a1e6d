import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "gradients/exercises/";
const answerOf = (name: string): string => readFileSync(`src/content/cells/${name}.answer.ts`, "utf8").trimEnd();

/** An exercise with the handles that a reader has on it. */
class ExerciseOnPage {
  readonly root: Locator;
  readonly main: Locator;
  readonly verdict: Locator;
  readonly notice: Locator;

  constructor(
    readonly page: Page,
    id: string,
  ) {
    this.root = page.locator(`section[id="${id}"]`);
    this.main = this.root.locator(".uh-ex-main");
    this.verdict = this.root.locator(".uh-ex-verdict");
    this.notice = this.root.locator(".uh-ex-notice");
  }

  async open(): Promise<this> {
    await this.root.scrollIntoViewIfNeeded();
    await hydrated(this.root);
    return this;
  }

  /** Chooses a word; the second of its kind where `nth` is 1. */
  async word(text: string, nth = 0): Promise<void> {
    await this.root
      .getByRole("radio", { name: new RegExp(`^${text}, token`) })
      .nth(nth)
      .check({ force: true });
  }
}

/** A cell of an exercise. */
class CellOnPage extends ExerciseOnPage {
  readonly run = this.root.getByRole("button", { name: "Run", exact: true });
  readonly status = this.root.locator(".uh-cell-status");
  readonly results = this.root.getByRole("region", { name: "What the code shows" });
  readonly fault = this.root.locator(".uh-cell-fault");

  async write(text: string): Promise<void> {
    const edit = this.root.getByRole("button", { name: "Edit" });
    if (await edit.count()) await edit.click();
    await this.root.getByRole("textbox").click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  async runs(text: string): Promise<void> {
    await this.write(text);
    await this.run.click();
    await expect(this.status).toHaveText(/^(Done|Stopped)/, { timeout: 45_000 });
  }
}

/** Opens the page and brings the translator's figure to life, which the exercises after it ask. */
async function translator(page: Page): Promise<FigureOnPage> {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, "One output, by a slope and by a removal");
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test("a bet opens the figure, is settled by the stored run, then by the live one", async ({ page }) => {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, "What speaks for Kate and not Paul, by two methods");
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  await expect(figure.root).toContainText("Predict first");

  const bet = await new ExerciseOnPage(page, "2.7-bet").open();
  await bet.main.click();
  await expect(bet.notice).toBeVisible();
  await bet.word("Kate");
  await bet.main.click();

  await expect(bet.verdict).toContainText("Other than you predicted");
  await expect(bet.verdict).toContainText("The largest score lies on Paul");
  await expect(bet.verdict).toContainText("measured on the stored run");
  await expect(figure.root).not.toContainText("Predict first");
  await expect(figure.reading).toContainText("The lead of “Kate” over “Paul” is 16.");

  await figure.live();
  await bet.word("Paul");
  await bet.main.click();
  await expect(bet.verdict).toContainText("As you predicted");
  await expect(bet.verdict).toContainText("measured on the live model");

  const against = await new ExerciseOnPage(page, "2.7-against").open();
  for (const place of [1, 2, 5]) {
    await against.root.getByRole("checkbox", { name: new RegExp(`token ${place}$`) }).check({ force: true });
  }
  await against.main.click();
  await expect(against.verdict).toHaveAttribute("data-state", "right");
});

test("words are taken away one at a time, each a try, and the tries are kept", async ({ page }) => {
  await page.goto(PAGE);
  await new FigureOnPage(page, /Kate and not Paul/).root.scrollIntoViewIfNeeded();
  const away = await new ExerciseOnPage(page, "2.7-flip").open();
  await expect(away.root.getByRole("radio", { name: /^Kate/ })).toHaveCount(0);

  await away.word("store");
  await away.main.click();
  await expect(away.verdict).toContainText("the model still says the same");
  await away.main.click();
  await expect(away.notice).toContainText("You have tried this word");
  await away.word("to", 1);
  await away.main.click();

  await expect(away.verdict).toHaveAttribute("data-state", "right");
  await expect(away.verdict).toContainText("Your tries: 2");
  await expect(away.verdict).toContainText("number 1");
  await page.reload();
  await away.open();
  await expect(away.root).toContainText("store, to");
  await expect(away.root.getByText("done", { exact: true })).toBeVisible();
});

test("a sentence of one’s own brings two methods apart", async ({ page }) => {
  const figure = await translator(page);
  const exercise = await new ExerciseOnPage(page, "2.7-disagree").open();
  await exercise.main.click();
  await expect(exercise.verdict).toContainText("the sentence that was stored");

  await figure.root
    .getByRole("textbox", { name: "Text" })
    .fill("Translate to French: The teacher gave the book to the girl.");
  await figure.isLive();
  await expect(exercise.root).toContainText("both put “teacher” first");
  await exercise.main.click();
  await expect(exercise.verdict).toContainText("Both put teacher first");
  await figure.root.getByRole("radio", { name: "Le", exact: true }).check({ force: true });
  await expect(exercise.root).toContainText("“teacher” against “The”");
  await exercise.main.click();
  await expect(exercise.verdict).toHaveAttribute("data-state", "right");
});

test("steps are walked by the live model", async ({ page }) => {
  await translator(page);
  const exercise = await new ExerciseOnPage(page, "2.7-steps").open();
  const steps = exercise.root.getByRole("textbox", { name: "Steps" });
  await steps.fill("8");
  await exercise.main.click();
  await expect(exercise.verdict).toContainText("With 8 steps the gap is", { timeout: 45_000 });
  await expect(exercise.verdict).toHaveAttribute("data-state", "wrong");
  await steps.fill("64");
  await exercise.main.click();
  await expect(exercise.verdict).toHaveAttribute("data-state", "right");
  await expect(exercise.verdict).toContainText("measured on the live model");
  await steps.fill("300");
  await exercise.main.click();
  await expect(exercise.notice).toHaveText("Write a whole number from 1 to 256.");
});

test("a function of gradient and embedding is judged before the model is there", async ({ page }) => {
  await translator(page);
  const cell = await new CellOnPage(page, "2.7-product").open();
  await cell.run.click();
  await expect(cell.results.getByRole("rowheader", { name: "dog" })).toBeVisible();
  await cell.main.click();
  await expect(cell.verdict).toContainText("the length of the gradient, saliency");
  await cell.write(answerOf("input-x-gradient"));
  await cell.main.click();
  await expect(cell.verdict).toContainText("On 3 sentences");
  await expect(cell.verdict).toContainText("measured on the stored run");
});

test("code asks the live model, and its gap is the engine’s", async ({ page }) => {
  await translator(page);
  const cell = await new CellOnPage(page, "2.7-gap").open();
  await cell.runs('const s = await attribute("saliency");\nprint(s.source.length, s.target.length);\ns.source');
  await expect(cell.results).toContainText("10 7");
  await expect(cell.results).toContainText("6 dog");

  await cell.main.click();
  await expect(cell.verdict).toHaveAttribute("data-state", "wrong");
  await cell.write(answerOf("completeness"));
  await cell.main.click();
  await expect(cell.verdict).toContainText("On 3 sentences", { timeout: 45_000 });
  await expect(cell.verdict).toContainText("measured on the live model");

  // What cannot be asked has the line that asked; what comes after it works.
  await cell.runs('print(1);\nawait attribute("magic")');
  await expect(cell.fault).toContainText("Line 2: Error: no method is named magic: saliency");
  await cell.runs('print(1);\nfor (;;) attribute("saliency");');
  await expect(cell.fault).toContainText("Line 2: Error: attribute can be called 24 times in a run");
  await cell.runs('attribute("saliency");\nfor (;;);');
  await expect(cell.status).toContainText("it came to no end within two seconds");
  await cell.runs("await new Promise(() => {})");
  await expect(cell.status).toContainText("it came to no end within two seconds");
  await cell.runs("1 + 1");
  await expect(cell.results).toContainText("2");
});

test("a question can be stopped, and the next one is answered", async ({ page }) => {
  await translator(page);
  const cell = await new CellOnPage(page, "2.7-gap").open();
  await cell.runs('await attribute("saliency");');
  await cell.write('await attribute("shapley", { samples: 200 });');
  await cell.run.click();
  await page.waitForTimeout(500);
  await cell.root.getByRole("button", { name: "Stop" }).click();
  await expect(cell.status).toHaveText(/^Stopped\. Your text is kept/);
  await cell.runs('(await attribute("occlusion", { target: "brun" })).value > 5');
  await expect(cell.results).toContainText("true");
});

/** Ways to pass without computing anything, or to get hold of the port by way of a question. */
const FORGERIES: readonly { readonly name: string; readonly text: string }[] = [
  { name: "a verdict given back by a promise", text: "async function gap() { return { state: 'right' }; }" },
  {
    name: "a caller looked for in the stack of an answer",
    text: `let found = [];
Error.prepareStackTrace = (_, calls) => { found = calls.map((call) => [call.getFunction(), call.getThis()]); return ""; };
async function gap(attribute) {
  const then = Promise.prototype.then;
  Promise.prototype.then = function (...given) { found.push(this, ...given); return then.apply(this, given); };
  await attribute("saliency");
  try { null.x; } catch (error) { error.stack; }
  print(found.flat().filter((item) => item && typeof item.postMessage === "function").length, "handles");
  return NaN;
}`,
  },
  {
    name: "events and ports that might be left",
    text: `async function gap(attribute) {
  const names = ["MessagePort", "onmessage", "addEventListener", "event", "dispatchEvent", "postMessage"];
  await attribute("saliency");
  print(names.filter((name) => name in globalThis).length, "handles");
  return Infinity;
}`,
  },
];

for (const { name, text } of FORGERIES) {
  test(`no verdict can be forged: ${name}`, async ({ page }) => {
    await translator(page);
    const cell = await new CellOnPage(page, "2.7-gap").open();
    await cell.write(`${text}\nawait gap(attribute)`);
    await cell.main.click();
    await expect(cell.verdict).toHaveAttribute("data-state", "wrong", { timeout: 45_000 });
    if (text.includes("handles")) await expect(cell.results).toContainText("0 handles");
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`fits a phone and has no accessibility fault, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await withTheme(page, theme);
    await page.goto(PAGE);
    const bet = await new ExerciseOnPage(page, "2.7-bet").open();
    await new FigureOnPage(page, /Kate and not Paul/).root.scrollIntoViewIfNeeded();
    await bet.open();
    await bet.word("went");
    await bet.main.click();
    await expect(bet.verdict).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include("main").analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ).toEqual([]);
  });
}
