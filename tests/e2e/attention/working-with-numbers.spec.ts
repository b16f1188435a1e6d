import { readFileSync } from "node:fs";
import { encodeState } from "../../../src/lib/urlState.ts";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test } from "../site.ts";

const PAGE = "attention/working-with-numbers/";
const SPREAD = "Few heads look at one token close by";
const ANSWER = readFileSync("src/content/cells/aligns-best.answer.ts", "utf8").trimEnd();

test("every plot is drawn before any script runs", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? "" });
  const page = await context.newPage();
  await page.goto(PAGE);
  for (const id of ["spread", "special", "alike", "map", "alignment", "relations"]) {
    await expect(page.locator(`#${id} svg.uh-plot:visible`)).toHaveCount(1);
    await expect(page.locator(`#${id} .uh-figure-reading`)).toContainText(/heads?\b.* sentences/);
    await expect(page.locator(`#${id} .uh-chip-text`)).toHaveText("stored");
  }
  await expect(page.locator('#spread svg[data-size="wide"] circle')).toHaveCount(72);
  await context.close();
});

test("a dot is read, chosen, and leads to its matrix", async ({ page }) => {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, SPREAD);
  await figure.hydrated();
  // Layer 3, head 10.
  const dot = figure.root.locator('svg[data-size="wide"] circle[data-at="33"]');
  await dot.hover();
  await expect(figure.reading).toHaveText(/^Layer 3, head 10: entropy 0\.45/);
  await dot.click();
  await page.mouse.move(0, 0);
  await expect(figure.reading).toHaveText(/^Layer 3, head 10/);
  await figure.root.getByRole("button", { name: "Show the matrix of layer 3, head 10" }).click();
  const matrix = page.locator("#matrix");
  await expect(matrix).toBeInViewport();
  await expect(matrix.locator(".uh-modelview-name")).toHaveText("Layer 3, head 10");
  await expect(matrix.locator(".uh-mark")).toHaveText("From the plot: layer 3, head 10.");
});

test("a plot is walked through with the keyboard alone, and its state is in the address", async ({ page }) => {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, SPREAD);
  await figure.hydrated();
  await figure.root.getByRole("application").focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure.reading).toHaveText(/^Layer 1, head 1:/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(figure.reading).toHaveText(/^Layer 2, head 2:/);
  await expect(page).toHaveURL(/spread=1\./);

  await page.reload();
  await figure.hydrated();
  await expect(figure.reading).toHaveText(/^Layer 2, head 2:/);
  await expect(figure.root.locator('svg[data-size="wide"] circle[data-chosen]')).toHaveAttribute("data-at", "13");

  await figure.root.getByRole("application").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#matrix .uh-modelview-name")).toHaveText("Layer 2, head 2");
  await figure.root.getByRole("application").focus();
  await page.keyboard.press("Escape");
  await expect(figure.reading).toHaveText(/^72 heads/);
});

test("pairs of heads are read off the triangle, on a wide screen and on a phone", async ({ page }) => {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, /^Every head against every other/);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await figure.root.scrollIntoViewIfNeeded();
    await figure.hydrated();
    const drawing = figure.root.locator("svg.uh-plot:visible");
    const box = await drawing.boundingBox();
    if (!box) throw new Error("nothing is drawn");
    // Near the lower left corner: the last layer against the first.
    await drawing.click({ position: { x: box.width * 0.12, y: box.height * 0.9 } });
    await expect(figure.reading).toHaveText(/^Layer 6, head \d+ and layer 1, head \d+: distance 0\.\d\d/);
    await expect(drawing.locator(".uh-plot-here")).toHaveCount(1);
  }
});

test("a model is run over the corpus, with progress, cancelled, and run again", async ({ page }) => {
  test.slow();
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, SPREAD);
  await figure.hydrated();
  await figure.root.getByRole("radio", { name: /Small decoder/ }).check();
  await expect(figure.reading).toHaveText(/^16 heads over 200 sentences/);
  await expect(figure.root.locator("svg.uh-plot:visible circle")).toHaveCount(16);
  await figure.run.click();
  await expect(figure.chip).toHaveAttribute("aria-label", /sentence [1-9]\d* of 200/, { timeout: 45_000 });
  await figure.root.getByRole("button", { name: "Cancel" }).click();
  await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
  await figure.run.click();
  await figure.isLive();
  await expect(figure.reading).toHaveText(/^16 heads over 200 sentences\. Lowest entropy: layer 2, head 2/);
  await expect(figure.root).toContainText(/Computed here: 200 runs of the model/);
});

test("a link that was tampered with says so", async ({ page }) => {
  await page.goto(`${PAGE}?relations=${encodeState({ model: "<script>", part: "head", at: 1 })}`);
  const figure = new FigureOnPage(page, /^The best head for each relation/);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  await expect(figure.root).toContainText(/not understood/);
});

test("the numbers are shown as a table, and saved", async ({ page }) => {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, "Two heads beat pointing at the same place");
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  await figure.choose("Show as a table");
  await expect(figure.root.getByRole("row").nth(1)).toContainText("21"); // layer 2, head 1
  for (const [entry, name] of [
    ["Save as SVG", "alignment.svg"],
    ["Save as PNG", "alignment.png"],
    ["Save as CSV", "alignment.csv"],
    ["Save as JSON", "alignment.json"],
  ] as const) {
    const download = page.waitForEvent("download");
    await figure.choose(entry);
    expect((await download).suggestedFilename()).toBe(name);
  }
});

test("a measure is called in a code cell", async ({ page }) => {
  await page.goto(PAGE);
  const cell = page.locator("#cell-spread");
  await cell.scrollIntoViewIfNeeded();
  await hydrated(cell);
  await cell.getByRole("button", { name: "Run", exact: true }).click();
  const results = cell.getByRole("region", { name: "What the code shows" });
  await expect(results).toContainText("entropy of each row:");
  await expect(results).toContainText("mean entropy: layers down, heads across, from 0");
});

test("the exercise in code accepts its own solution, and not the start", async ({ page }) => {
  await page.goto(PAGE);
  await page.locator("#cross").scrollIntoViewIfNeeded();
  const exercise = page.locator('section[id="1.8-aligns-best"]');
  await exercise.scrollIntoViewIfNeeded();
  await hydrated(exercise);
  const verdict = exercise.locator(".uh-ex-verdict");
  await exercise.getByRole("button", { name: /^Check/ }).click();
  await expect(verdict).toContainText(/differs|it gives|numbers of hits/, { timeout: 30_000 });
  const field = exercise.getByRole("textbox");
  await field.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(ANSWER);
  await exercise.getByRole("button", { name: /^Check/ }).click();
  await expect(verdict).toContainText("your scores are those of the page", { timeout: 30_000 });
});
