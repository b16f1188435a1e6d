import { existsSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "attention/heads-with-jobs/";
const HERE = existsSync("dist/models/smollm2-135m/manifest.json");

/** The figure of scores with the handles that it has besides those of every figure. */
class JobsOnPage extends FigureOnPage {
  readonly measure = this.root.getByLabel("Measure");
  readonly study = this.root.locator(".uh-jobs-study");
  readonly score = this.root.getByRole("button", { name: /^Score \d+/ });
  readonly table = this.root.getByRole("region", { name: "Heads by score" });

  model(name: RegExp) {
    return this.root.getByRole("radio", { name });
  }

  corpus(name: "treebank" | "repeats" | "pairs" | "your own") {
    return this.root.getByRole("radio", { name, exact: true });
  }

  cell(layer: number, head: number) {
    return this.root.locator(".uh-jobs-map").getByRole("button", { name: `Layer ${layer}, head ${head}:` });
  }
}

async function jobsOn(page: Page, search = ""): Promise<JobsOnPage> {
  await page.goto(PAGE + search);
  const figure = new JobsOnPage(page, "Which head does what");
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

/** The figure's state as the address holds it. */
function inAddress(page: Page): unknown {
  const [, body = ""] = new URL(page.url()).searchParams.get("jobs")?.split(".") ?? [];
  return body === "" ? null : JSON.parse(Buffer.from(body, "base64url").toString());
}

function downloads(page: Page): string[] {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm|\/models\//.test(request.url())) fetched.push(request.url());
  });
  return fetched;
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("scores, table and matrix are drawn from what is stored", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new JobsOnPage(page, "Which head does what");
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText("layer 1, head 1 puts 0.91 of its weight there");
    await expect(figure.cell(1, 1)).toHaveAttribute("aria-pressed", "true");
    await expect(figure.table.getByRole("row")).toHaveCount(17);
    await expect(figure.root.locator(".uh-matrix path").first()).toBeAttached();
    await expect(page.getByRole("region", { name: "The second time round" })).toContainText("22.95");
  });
});

test("every model, corpus and measure is shown from what is stored", async ({ page }) => {
  const fetched = downloads(page);
  const figure = await jobsOn(page);
  await figure.model(/MiniLM/).check({ force: true });
  await expect(figure.reading).toContainText("layer 1, head 3 puts 0.999");
  await figure.measure.selectOption("head:det");
  await expect(figure.reading).toContainText("layer 4, head 2 finds the right word in 0.89");
  await expect(figure.reading).toContainText("is right in 0.68: the head beats it");

  await figure.model(/Translator/).check({ force: true });
  await expect(figure.reading).toContainText("the head falls short of it");
  await figure.corpus("pairs").check({ force: true });
  await figure.root.getByRole("radio", { name: "Cross" }).check({ force: true });
  await figure.measure.selectOption("alignment");
  await expect(figure.reading).toContainText("Going straight across");
  await expect(figure.reading).toContainText("It was shown in training where to look");
  await expect(figure.corpus("repeats")).toHaveCount(0);

  await figure.model(/SmolLM2/).check({ force: true });
  await figure.corpus("repeats").check({ force: true });
  await figure.measure.selectOption("induction");
  await expect(figure.reading).toContainText("layer 19, head 7 puts 0.87");
  await expect(figure.root.getByText("SmolLM2 135M Instruct: layer 19, head 7")).toBeVisible();
  await expect(figure.score).toHaveCount(HERE ? 1 : 0);
  expect(fetched).toEqual([]);
});

test("heads are scored live, with a count, a stop and the cost", async ({ page }) => {
  const figure = await jobsOn(page);
  await figure.score.click();
  await expect(figure.study).toContainText(/[1-9]\d* of 200 runs/);
  await figure.root.getByRole("button", { name: "Stop" }).click();
  await expect(figure.study).toContainText("Scored beforehand: 200 sentences");
  await figure.score.click();
  await expect(figure.study).toContainText(/Scored live in this browser.*200 runs in \d+\.\d s/, { timeout: 60_000 });
  await figure.isLive();
  await expect(figure.reading).toContainText(
    /layer 1, head 1 puts 0\.91 of its weight there \(95 % interval 0\.9\d to 0\.9\d/,
  );
});

test("a sentence of one's own is scored with every edit", async ({ page }) => {
  const figure = await jobsOn(page);
  await figure.corpus("your own").check({ force: true });
  await expect(figure.reading).toContainText("one sentence, so no interval");
  await figure.root.getByRole("textbox", { name: "Text" }).fill("The young queen sold the golden ring.");
  await expect(figure.study).toContainText("Scored live in this browser: 1 sentence", { timeout: 45_000 });
  await expect(figure.root.locator(".uh-matrix-labels[data-side='row']")).toContainText("queen");
});

test("the keyboard alone goes through the map and sorts the table", async ({ page }) => {
  const figure = await jobsOn(page);
  await figure.cell(1, 1).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(figure.cell(2, 2)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(figure.root.getByText("Small decoder: layer 2, head 2")).toBeVisible();
  await expect(figure.reading).toContainText("The head you chose, layer 2, head 2");

  const head = figure.table.getByRole("columnheader", { name: "Head" });
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(figure.table.getByRole("rowheader").first()).toContainText("1.1");
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(figure.table.getByRole("rowheader").first()).toContainText("4.4");
  await expect(figure.table.getByRole("columnheader", { name: "Score" })).toHaveAttribute("aria-sort", "none");
});

test("a link brings back model, corpus, measure and head", async ({ page }) => {
  const figure = await jobsOn(page);
  await figure.model(/MiniLM/).check({ force: true });
  await figure.corpus("repeats").check({ force: true });
  await expect(figure.reading).toContainText("sequences");
  await figure.measure.selectOption("duplicate");
  await expect(figure.reading).toContainText("layer 3, head 10");
  await figure.cell(2, 5).click();
  await expect.poll(() => inAddress(page)).toMatchObject({ layer: 1, heads: [4], measure: "duplicate" });
  const again = await jobsOn(page, new URL(page.url()).search);
  await expect(again.reading).toContainText("The head you chose, layer 2, head 5");
  await expect(again.reading).toContainText("“same token, earlier”: layer 3, head 10");
  await expect(again.root.locator(".uh-figure-notice")).toHaveCount(0);
});

test("a head opens in the figure of another page", async ({ page }) => {
  const figure = await jobsOn(page);
  await figure.model(/Translator/).check({ force: true });
  await figure.root.getByRole("radio", { name: "Cross" }).check({ force: true });
  await figure.cell(2, 3).click();
  await figure.root.getByRole("link", { name: "Open it in the head view" }).click();
  await expect(page).toHaveURL(/head-view\/\?cross=1\..*#cross$/);
  const other = new FigureOnPage(page, "Which English words does each French word look at?");
  await other.hydrated();
  await expect(other.root.getByRole("button", { name: "Head 3", exact: true, pressed: true })).toBeVisible();
  await expect(other.root.locator(".uh-figure-notice")).toHaveCount(0);
});

test("the exercise measures the head picked on the sequence that is shown", async ({ page }) => {
  const figure = await jobsOn(page);
  await figure.corpus("repeats").check({ force: true });
  await expect(figure.reading).toContainText("sequences");
  const exercise = page.getByRole("region", { name: /The head that looks things up/ });
  await exercise.scrollIntoViewIfNeeded();
  await hydrated(exercise);
  await exercise.getByRole("radio", { name: "layer 1, head 1" }).check({ force: true });
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("What stands out in it is the");
  await exercise.getByRole("radio", { name: "layer 2, head 1" }).check({ force: true });
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(exercise).toContainText("This is called an induction head");
  await expect(figure.root.getByText("Small decoder: layer 2, head 1")).toBeVisible();
});

test("the walk: the stripe stays where it is when the tokens are shuffled", async ({ page }) => {
  await page.goto(PAGE);
  const walk = new FigureOnPage(page, "The second time round");
  await walk.root.scrollIntoViewIfNeeded();
  await walk.hydrated();
  await expect(walk.reading).toContainText("13.4 nats the first time round, 0.00 once the repeat is under way");
  await walk.root.getByRole("radio", { name: "1 · who came before" }).check({ force: true });
  await expect(walk.reading).toContainText("Layer 1, head 1 puts");
  await walk.root.getByRole("radio", { name: "2 · induction" }).check({ force: true });
  await walk.root.getByRole("button", { name: /^Shuffle/ }).click();
  await walk.isLive();
  await expect(walk.reading).toContainText(/Layer 2, head 1 puts (0\.9\d|1\.00) of its weight on the token after/);
});

test("a phone has room for it, in both themes, without faults of access", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const theme of ["light", "dark"] as const) {
    await withTheme(page, theme);
    const figure = await jobsOn(page);
    await figure.model(/MiniLM/).check({ force: true });
    await expect(figure.reading).toContainText("layer 1, head 3");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include("#jobs").include("#walk").analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
});
