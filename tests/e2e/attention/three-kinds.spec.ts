import { existsSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PAGE = "attention/three-kinds/";
const TITLE = "What each kind of transformer may look at";
const HERE = existsSync("dist/models/smollm2-135m/manifest.json");

/** The figure with the handles that it has besides those of every figure. */
class KindsOnPage extends FigureOnPage {
  readonly text = this.root.getByRole("textbox", { name: "Text" });
  readonly matrix = this.root.getByRole("application");
  readonly hatched = this.root.locator(".uh-matrix .uh-mask-hatch");

  kind(name: "Encoder only" | "Decoder only" | "Encoder–decoder") {
    return this.root.getByRole("radio", { name, exact: true });
  }

  block(name: RegExp) {
    return this.root.getByRole("button", { name });
  }

  /** Clicks the cell in the middle of which the given shares of width and height meet. */
  async clickAt(across: number, down: number): Promise<void> {
    const box = await this.matrix.boundingBox();
    if (!box) throw new Error("the matrix is not drawn");
    await this.matrix.click({ position: { x: box.width * across, y: box.height * down } });
  }
}

async function kindsOn(page: Page): Promise<KindsOnPage> {
  await page.goto(PAGE);
  const figure = new KindsOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
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

  test("the first kind is drawn, with its blocks and what is missing", async ({ page }) => {
    await page.goto(PAGE);
    const figure = new KindsOnPage(page, TITLE);
    await expect(figure.chip).toContainText("stored");
    await expect(figure.reading).toContainText("all 49 cells are allowed");
    await expect(figure.root.getByText("no decoder")).toBeVisible();
    await expect(figure.root.locator(".uh-matrix path").first()).toBeAttached();
    await expect(page.getByRole("region", { name: "A decoder on its own" })).toContainText("brown");
  });
});

test("the switch goes through all three kinds and downloads nothing", async ({ page }) => {
  const fetched = downloads(page);
  const figure = await kindsOn(page);
  await expect(figure.hatched).toHaveCount(0);
  await expect(figure.block(/^self-attention/)).toHaveAttribute("aria-pressed", "true");
  await expect(figure.root).toContainText("23.7 MB, not loaded yet");

  await figure.kind("Decoder only").check({ force: true });
  await expect(figure.reading).toContainText("21 of 36 cells are allowed");
  await expect(figure.hatched).toHaveCount(1);
  await expect(figure.root.getByText("no encoder")).toBeVisible();
  await expect(figure.root.getByText("no cross-attention")).toBeVisible();

  await figure.kind("Encoder–decoder").check({ force: true });
  await expect(figure.block(/^cross-attention/)).toHaveAttribute("aria-pressed", "true");
  await expect(figure.reading).toContainText("The cross-attention: all 70 cells are allowed");
  await figure.block(/^masked self-attention/).click();
  await expect(figure.reading).toContainText("28 of 49 cells are allowed; the mask forbids 21");
  await figure.block(/^self-attention/).click();
  await expect(figure.reading).toContainText("The encoder’s self-attention: all 100 cells are allowed");
  expect(fetched).toEqual([]);
});

test("a forbidden cell says why, an allowed one its weight", async ({ page }) => {
  const figure = await kindsOn(page);
  await figure.clickAt(0.9, 0.1);
  await expect(figure.reading).toContainText("It looks ahead: in an encoder it may");

  await figure.kind("Decoder only").check({ force: true });
  // Row "dog" of six, column "ran".
  await figure.clickAt(4.5 / 6, 3.5 / 6);
  await page.mouse.move(0, 0);
  await expect(figure.reading).toContainText(
    "“dog” may not look at “ran”: the decoder writes from left to right, and when it reads “dog”, “ran” does not exist yet.",
  );
  await figure.clickAt(2.5 / 6, 3.5 / 6);
  await expect(figure.reading).toContainText(/having read “dog”, the model looks back at “brown” with weight 0\.\d\d/);

  await figure.root.getByRole("checkbox", { name: /filled up/ }).check();
  await figure.clickAt(7.5 / 8, 0.5);
  await expect(figure.reading).toContainText("may not look at “<pad>”: this place only fills up");
});

test("decoder and encoder run live on one sentence, each when it is asked to", async ({ page }) => {
  const figure = await kindsOn(page);
  await figure.kind("Decoder only").check({ force: true });
  await figure.text.fill("The cat saw a small bird.");
  await figure.isLive();
  await expect(figure.reading).toContainText(/\d\d of \d\d cells are allowed/);
  await expect(figure.root.getByText("loaded", { exact: true })).toBeVisible();

  await figure.kind("Encoder only").check({ force: true });
  await expect(figure.text).toHaveValue("The cat saw a small bird.");
  await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
  await expect(figure.root).toContainText("run it live to see this text");
  await figure.run.click();
  await figure.isLive();
  await expect(figure.reading).toContainText("all 81 cells are allowed");

  // What has run once follows every edit.
  await figure.text.fill("Birds sing.");
  await expect(figure.reading).toContainText("all 25 cells are allowed");
  await figure.kind("Decoder only").check({ force: true });
  await expect(figure.text).toHaveValue("Birds sing.");
  await expect(figure.root.locator(".uh-matrix-labels[data-side='row']")).toContainText("ird");
});

test("a model that this copy lacks shows its stored run and says how to get it", async ({ page }) => {
  const fetched = downloads(page);
  const figure = await kindsOn(page);
  await figure.kind("Decoder only").check({ force: true });
  await figure.root.getByRole("radio", { name: /SmolLM2/ }).check({ force: true });
  await expect(figure.reading).toContainText("15 of 25 cells are allowed");
  await expect(figure.root.getByText("npm run models:smollm2")).toHaveCount(HERE ? 0 : 1);
  await expect(figure.run).toHaveCount(HERE ? 1 : 0);
  expect(fetched).toEqual([]);
});

test("the keyboard alone reaches kinds, blocks and cells", async ({ page }) => {
  const figure = await kindsOn(page);
  await figure.kind("Encoder only").focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure.kind("Decoder only")).toBeChecked();
  await page.keyboard.press("ArrowRight");
  await figure.block(/^masked self-attention/).focus();
  await page.keyboard.press("Enter");
  await expect(figure.block(/^masked self-attention/)).toHaveAttribute("aria-pressed", "true");

  await figure.matrix.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(figure.reading).toContainText("“<pad>” may not look at “Le”");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(figure.reading).toContainText("“<pad>” may not look at “Le”");
  await figure.matrix.focus();
  await page.keyboard.press("Escape");
  await expect(figure.reading).toContainText("28 of 49 cells are allowed");
});

test("a link brings back model, head and padding", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(baseURL ?? "").origin });
  const figure = await kindsOn(page);
  await figure.kind("Decoder only").check({ force: true });
  await figure.root.getByRole("group", { name: "Layer" }).getByRole("radio", { name: "3" }).check({ force: true });
  await figure.root.getByRole("checkbox", { name: /filled up/ }).check();
  await figure.choose("Copy link");
  const link = await page.evaluate(() => navigator.clipboard.readText());

  await page.goto("about:blank");
  await page.goto(link);
  await figure.hydrated();
  await expect(figure.kind("Decoder only")).toBeChecked();
  await expect(figure.root).toContainText("Small decoder: layer 3, head 1");
  await expect(figure.root.getByRole("checkbox", { name: /filled up/ })).toBeChecked();
});

test("the exercise counts the open cells of whatever text the figure shows", async ({ page }) => {
  await page.goto(PAGE);
  const figure = new KindsOnPage(page, "A decoder on its own");
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  const exercise = page.locator('[id="1.1-count"]');
  await exercise.scrollIntoViewIfNeeded();
  await hydrated(exercise);
  const answer = async (value: number) => {
    await exercise.getByRole("textbox").fill(String(value));
    await exercise.getByRole("button", { name: "Check" }).click();
  };
  await answer(36);
  await expect(exercise).toContainText("36 is the whole grid");
  await answer(21);
  await expect(exercise).toContainText("1 + 2 + … + n");

  await figure.text.fill("The dog ran.");
  await figure.isLive();
  await answer(15);
  await expect(exercise).toContainText("15: one in the first row");
});

for (const theme of ["light", "dark"] as const) {
  test(`each kind is free of accessibility faults in the ${theme} theme`, async ({ page }) => {
    await withTheme(page, theme);
    const figure = await kindsOn(page);
    for (const kind of ["Encoder only", "Decoder only", "Encoder–decoder"] as const) {
      await figure.kind(kind).check({ force: true });
      const { violations } = await new AxeBuilder({ page }).include("#kinds").analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
      ).toEqual([]);
    }
  });
}

test("each kind fits a phone of 360 px", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  const figure = await kindsOn(page);
  for (const kind of ["Encoder only", "Decoder only", "Encoder–decoder"] as const) {
    await figure.kind(kind).check({ force: true });
    await expect(figure.matrix).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});
