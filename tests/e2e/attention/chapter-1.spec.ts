import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import type { AttentionKind, Role } from "../../../src/engine/model.ts";
import { encodeState } from "../../../src/lib/urlState.ts";
import { decodeTrace, type StoredTrace } from "../../../src/stored/format.ts";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test } from "../site.ts";

const HEADS = "attention/head-view/";
const CROSS = "Which English words does each French word look at?";
const EXERCISES = "attention/exercise-6-1-1/";

const dog = decodeTrace(readStored("brown-dog"));
const capital = decodeTrace(readStored("capital"));

function readStored(id: string): StoredTrace {
  return JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8"));
}

async function figureOn(page: Page, path: string, title: string): Promise<FigureOnPage> {
  await page.goto(path);
  const figure = new FigureOnPage(page, title);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

test.describe("the head view", () => {
  test("an edit makes the picture live and tells the other figures of the page", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
    await expect(figure.target).toHaveValue("Le chien brun a couru.");

    await figure.source.fill("Translate to French: The black cat slept.");

    await figure.isLive();
    await expect(figure.target).toHaveValue(/Le chat noir/);
    await expect(figure.root.getByRole("list", { name: /^Queries/ })).toContainText("noir");
    const other = new FigureOnPage(page, "Which English words does each English word look at?");
    await other.root.scrollIntoViewIfNeeded();
    await expect(other.source).toHaveValue("Translate to French: The black cat slept.");
    await expect(other.root.getByRole("list", { name: /^Keys/ })).toContainText("black");
  });

  test("a target can be typed, and the model's own comes back", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    await figure.root.getByRole("radio", { name: "typed by you" }).check({ force: true });
    await figure.target.fill("Le chat vert.");
    await figure.isLive();
    await expect(figure.root.getByRole("list", { name: /^Queries/ })).toContainText("vert");

    await figure.root.getByRole("radio", { name: "written by the model" }).check({ force: true });

    await expect(figure.target).toHaveValue("Le chien brun a couru.");
    await expect(figure.root.getByRole("list", { name: /^Queries/ })).not.toContainText("vert");
  });

  test("a token is looked at by mouse, held by a click and let go by Escape", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    const chien = figure.root.getByRole("list", { name: /^Queries/ }).getByRole("button", { name: /chien/ });
    const lookedAt = figure.root.getByRole("list", { name: /^Keys/ });

    await chien.hover();
    await expect(lookedAt.getByRole("button", { name: /dog/ })).toContainText(/0\.\d\d|1\.00/);
    await page.mouse.move(0, 0);
    await expect(lookedAt).not.toContainText(/0\.\d\d/);

    await chien.click();
    await page.mouse.move(0, 0);
    await expect(chien).toHaveAttribute("aria-pressed", "true");
    await expect(lookedAt.getByRole("button", { name: /dog/ })).toContainText(/0\.\d\d|1\.00/);
    await page.keyboard.press("Escape");
    await expect(chien).toHaveAttribute("aria-pressed", "false");
  });

  test("heads, kinds, layers and toggles work from the keyboard", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    const reading = await figure.reading.textContent();

    await figure.root.getByRole("radio", { name: "Encoder" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(figure.reading).not.toHaveText(reading ?? "");
    const tile = figure.root.locator(".uh-head-tile, [aria-label^='Head ']").first();
    await tile.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.keyboard.press("s");
    await expect(
      figure.root.locator("[aria-pressed='true'][aria-label^='Head '], [aria-label^='Head '][aria-checked='true']"),
    ).toHaveCount(1);

    const rows = figure.root.getByRole("list", { name: /^Queries/ }).getByRole("button");
    const before = await rows.count();
    await figure.root.getByRole("checkbox", { name: /hide special/ }).focus();
    await page.keyboard.press("Space");
    await expect.poll(() => rows.count()).toBeLessThan(before);
  });

  test("a copied link holds the whole state and downloads nothing", async ({ page, context, baseURL }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(baseURL ?? "").origin });
    const figure = await figureOn(page, HEADS, CROSS);
    await figure.source.fill("Translate to French: The black cat slept.");
    await figure.isLive();
    await expect(figure.target).toHaveValue(/chat/);
    await figure.root.getByRole("radio", { name: "Encoder" }).check({ force: true });
    await figure.choose("Copy link");
    const link = await page.evaluate(() => navigator.clipboard.readText());

    const other = await context.newPage();
    const fetched: string[] = [];
    other.on("request", (request) => {
      if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
    });
    await other.goto(link);
    const copy = new FigureOnPage(other, CROSS);
    await copy.root.scrollIntoViewIfNeeded();
    await copy.hydrated();

    await expect(copy.source).toHaveValue("Translate to French: The black cat slept.");
    await expect(copy.root.getByRole("radio", { name: "Encoder" })).toBeChecked();
    expect(fetched).toEqual([]);
    await copy.run.click();
    await copy.isLive();
    await expect(copy.root.getByRole("list", { name: /^Keys/ })).toContainText("black");
  });

  test("a hostile link in the right format is clamped", async ({ page }) => {
    const hostile = encodeState({
      kind: "__proto__",
      layer: 999,
      heads: [-1, 1e308, null, "x"],
      floor: "NaN",
      source: 7,
    });
    await page.goto(`${HEADS}?cross=${hostile}`);
    const figure = new FigureOnPage(page, CROSS);
    await figure.root.scrollIntoViewIfNeeded();
    await figure.hydrated();

    await expect(figure.reading).toContainText(/Layer \d/);
    await expect(figure.root).toContainText(/link/i);
  });

  test("the picture and its numbers can be saved", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    const saved: Record<string, Buffer> = {};
    for (const kind of ["SVG", "PNG", "CSV", "JSON"]) {
      const waiting = page.waitForEvent("download");
      await figure.choose(`Save as ${kind}`);
      saved[kind] = readFileSync(await (await waiting).path());
    }

    expect(saved.SVG?.toString()).toMatch(/<svg [\s\S]*chien[\s\S]*<\/svg>/);
    expect(saved.PNG?.subarray(1, 4).toString()).toBe("PNG");
    expect(saved.CSV?.toString().split("\n").length).toBeGreaterThan(dog.target.written.length * 3);
    const json = JSON.stringify(JSON.parse(saved.JSON?.toString() ?? ""));
    expect(json).toContain("chien");
  });
});

test.describe("the model view", () => {
  test("every head is a thumbnail, reached by arrows and enlarged by Enter", async ({ page }) => {
    const figure = await figureOn(page, "attention/model-view/", "Every head of the model");
    const thumbnails = figure.root.getByRole("button", { name: /^Layer \d+, head \d+/ });
    await expect(thumbnails).toHaveCount((dog.attention.encoder.shape[0] ?? 0) * (dog.attention.encoder.shape[1] ?? 0));

    await thumbnails.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(figure.reading).toContainText(
      await labelOf(thumbnails.nth((dog.attention.encoder.shape[1] ?? 0) + 1)),
    );

    await figure.root.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    await expect(figure.root.locator(".uh-cell-number")).toContainText(/0\.\d\d|1\.00/);
  });
});

async function labelOf(thumbnail: Locator): Promise<RegExp> {
  const label = (await thumbnail.getAttribute("aria-label")) ?? "";
  const [, layer, head] = /Layer (\d+), head (\d+)/.exec(label) ?? [];
  return new RegExp(`Layer ${layer}, head ${head}`);
}

test.describe("what came back", () => {
  test("every entry has a shape and unfolds to numbers", async ({ page }) => {
    const figure = await figureOn(page, "attention/running-a-model/", "What one run of the model leaves behind");
    const [layers, heads, queries, keys] = dog.attention.cross.shape;
    await expect(figure.root).toContainText("cross_attentions");
    await expect(figure.root).toContainText(new RegExp(`${layers}.*${heads}.*${queries}.*${keys}`));

    await figure.live();
    await figure.root.getByText("cross_attentions").first().click();

    await expect(figure.root.getByRole("table").first()).toContainText(/0\.\d\d/);
    await expect.poll(() => page.url()).toContain("?walk=");
    await page.reload();
    await expect(figure.root.getByRole("table").first()).toBeVisible();
  });
});

/** An exercise by its title, once it answers to the reader. */
async function exercise(page: Page, title: string): Promise<Locator> {
  const item = page.getByRole("region", { name: new RegExp(`\\b${title}\\b`) });
  await item.scrollIntoViewIfNeeded();
  await hydrated(item);
  return item;
}

async function check(item: Locator): Promise<void> {
  await item.locator("button[type=submit]").click();
}

/** A head that plays a role best, or worst, in a stored trace. */
function headBy(
  role: Role,
  kind: AttentionKind,
  trace = dog,
  worst = false,
): { layer: number; head: number; score: number } {
  const scores = trace.roles.find((entry) => entry.role === role && entry.kind === kind);
  if (!scores) throw new Error(`the stored trace has no role ${role}`);
  const values = Array.from(scores.values.data);
  const at = values.indexOf(worst ? Math.min(...values) : Math.max(...values));
  const heads = scores.values.shape[1] ?? 1;
  return { layer: Math.floor(at / heads), head: at % heads, score: values[at] ?? 0 };
}

/** The radio of a head in an exercise's small map. */
function headRadio(item: Locator, { layer, head }: { layer: number; head: number }, heads: number): Locator {
  return item.locator(".uh-ex-heads table input").nth(layer * heads + head);
}

const HEADS_A_LAYER = dog.attention.encoder.shape[1] ?? 0;

test.describe("exercise 6.1.1", () => {
  test("counting: a wrong answer is explained, a right one stays after a reload, a reset can be undone", async ({
    page,
  }) => {
    await page.goto(EXERCISES);
    const item = await exercise(page, "Heads in a layer");
    const field = item.getByRole("textbox");
    const all = (dog.attention.encoder.shape[0] ?? 0) * HEADS_A_LAYER;

    await field.fill(String(all));
    await check(item);
    await expect(item).toContainText("Not yet");
    await expect(item).toContainText(`${all} is the whole encoder`);
    await item.getByRole("button", { name: "Hint 1 of 2" }).click();
    await expect(item).toContainText("Hint 1.");

    await field.fill(String(HEADS_A_LAYER));
    await check(item);
    await expect(item).toContainText("Right.");
    await expect(item).toContainText("measured on the stored run");

    await page.reload();
    await exercise(page, "Heads in a layer");
    await expect(item).toContainText("Right.");
    await expect(field).toHaveValue(String(HEADS_A_LAYER));
    await expect(page.getByRole("button", { name: /1 of \d+ exercises/ })).toBeVisible();

    await item.getByRole("button", { name: "Reset" }).click();
    await expect(item).not.toContainText("Right.");
    await item.getByRole("button", { name: "Undo reset" }).click();
    await expect(item).toContainText("Right.");
  });

  test("a message about an unreadable number stands alone", async ({ page }) => {
    await page.goto("attention/exercise-6-1-1/");
    const numeric = page.getByRole("region", { name: /Layers of the encoder/ });
    await numeric.scrollIntoViewIfNeeded();
    await hydrated(numeric);
    const field = numeric.getByLabel("Your number");
    await field.fill("99");
    await field.press("Enter");
    await expect(numeric.locator(".uh-ex-verdict")).toContainText("Not yet");

    await field.fill("abc");
    await field.press("Enter");

    await expect(numeric).toContainText("does not read as a number");
    await expect(numeric.locator(".uh-ex-verdict")).toHaveCount(0);
  });

  test("a head is measured on the live model", async ({ page }) => {
    const figure = await figureOn(page, EXERCISES, "Each line is a weight: thicker, more attention");
    await figure.live();
    const item = await exercise(page, "The same token");

    await headRadio(item, headBy("same", "encoder", dog, true), HEADS_A_LAYER).check({ force: true });
    await check(item);
    await expect(item).toContainText(/Not yet|Nearly/);
    await expect(item).toContainText("measured on the live model");

    const best = headBy("same", "encoder");
    await headRadio(item, best, HEADS_A_LAYER).check({ force: true });
    await check(item);
    await expect(item).toContainText("Right.");
    await expect(item).toContainText(best.score.toFixed(2));
  });

  test("one head is shown alone in the figure", async ({ page }) => {
    const figure = await figureOn(page, EXERCISES, "Each line is a weight: thicker, more attention");
    const item = await exercise(page, "One head alone");
    await check(item);
    await expect(item).toContainText("Not yet");

    await figure.root.getByRole("radio", { name: "Cross" }).check({ force: true });
    await figure.root.getByRole("group", { name: "Layer" }).getByRole("radio").last().check({ force: true });
    await figure.root.getByRole("button", { name: /^Head/ }).nth(2).dblclick();
    await check(item);

    await expect(item).toContainText("Right.");
  });

  test("a prediction opens the figure and is set beside the numbers", async ({ page }) => {
    await page.goto(EXERCISES);
    const item = await exercise(page, "Predict");
    const figure = new FigureOnPage(page, "From the answer back to the question");
    await expect(figure.root.getByRole("list", { name: /^Queries/ })).toHaveCount(0);

    await item.getByRole("radio", { name: "Cross-attention" }).check({ force: true });
    const sides = item.locator(".uh-ex-tokens");
    await sides.first().getByRole("radio", { name: "Paris" }).check({ force: true });
    await sides.last().getByRole("radio", { name: "France" }).check({ force: true });
    await check(item);

    await expect(figure.root.getByRole("list", { name: /^Queries/ })).toBeVisible();
    await expect(item).toContainText(/predicted/);
    await expect(item.locator(".uh-ex-verdict")).toContainText(/\d\.\d\d/);
  });

  test("the cells of the mask are marked from the keyboard", async ({ page }) => {
    await page.goto(EXERCISES);
    const item = await exercise(page, "Cells that must be zero");
    const cells = item.getByRole("gridcell");
    const size = capital.target.read.length;
    await expect(cells).toHaveCount(size * size);

    await cells.nth(size).focus();
    await page.keyboard.press("Space");
    await check(item);
    await expect(item).toContainText("Not yet");

    await cells.nth(size).focus();
    await page.keyboard.press("Space");
    for (let row = 0; row < size - 1; row += 1) {
      await cells.nth(row * size + row + 1).focus();
      await page.keyboard.press("Shift+Space");
    }
    await check(item);
    await expect(item).toContainText("Right.");
    await expect(item).toContainText(String((size * (size - 1)) / 2));
  });

  test("a choice that is wrong has its own explanation", async ({ page }) => {
    await page.goto(EXERCISES);
    const item = await exercise(page, "Why they are zero");
    const said = new Set<string>();
    const options = item.getByRole("radio");
    for (let option = 0; option < (await options.count()); option += 1) {
      await options.nth(option).check({ force: true });
      await check(item);
      said.add((await item.locator(".uh-ex-verdict p").first().textContent()) ?? "");
    }
    expect(said.size).toBe(await options.count());
    expect([...said].filter((text) => text.includes("Right."))).toHaveLength(1);
  });

  test("progress that is not ours is refused", async ({ page }) => {
    await page.goto(EXERCISES);
    await page.getByRole("button", { name: /\d+ of \d+ exercises/ }).click();
    const list = page.getByRole("dialog", { name: "Exercises" });
    for (const text of ["no JSON", "[]", '{"__proto__":{"entries":{}}}', '{"format":99,"course":"other"}']) {
      await list.getByLabel("File of exported progress").setInputFiles({
        name: "progress.json",
        mimeType: "application/json",
        buffer: Buffer.from(text),
      });
      await expect(list.getByRole("status").last()).toContainText("Not imported.");
    }
  });
});

test.describe("exercises on a run, on all heads and on one", () => {
  test("the costliest token of a typed target is found", async ({ page }) => {
    const figure = await figureOn(page, "attention/running-a-model/", "What one run of the model leaves behind");
    const rows = await exercise(page, "Rows of the logits");
    await rows.getByRole("textbox").fill(String(dog.source.tokens.length));
    await check(rows);
    await expect(rows).toContainText("is the number of source tokens");
    await rows.getByRole("textbox").fill(String(dog.target.written.length));
    await check(rows);
    await expect(rows).toContainText("Right.");

    await figure.root.getByRole("radio", { name: "typed by you" }).check({ force: true });
    await figure.target.fill("Le chat brun a couru.");
    await figure.isLive();
    const item = await exercise(page, "The largest surprise");
    await expect(item.getByRole("radio")).toHaveCount(7);
    await item.getByRole("radio").first().check({ force: true });
    await check(item);
    await expect(item).toContainText("another token has a larger");
    await item.getByRole("radio", { name: /^chat/ }).check({ force: true });
    await check(item);
    await expect(item).toContainText("Right.");
    await expect(item).toContainText("measured on the live model");
  });

  test("steps are put in order from the keyboard", async ({ page }) => {
    await page.goto("attention/running-a-model/");
    const item = await exercise(page, "From two texts to a loss");
    await item.getByRole("button", { name: "Show me" }).focus();
    await page.keyboard.press("Enter");
    await expect(item).toContainText("Cut, encode, decode, scores, probabilities, loss.");
    await check(item);
    await expect(item).toContainText("Right.");
  });

  test("a head of the decoder is picked in the grid of all heads", async ({ page }) => {
    const figure = await figureOn(page, "attention/model-view/", "Every head of the model");
    const count = await exercise(page, "Every head there is");
    await count.getByRole("textbox").fill(String((dog.attention.encoder.shape[0] ?? 0) * HEADS_A_LAYER));
    await check(count);
    await expect(count).toContainText("what the grid shows at one time");

    const item = await exercise(page, "One step to the side");
    await headRadio(item, headBy("previous", "decoder", dog, true), HEADS_A_LAYER).check({ force: true });
    await check(item);
    await expect(item).toContainText(/Not yet|Nearly/);
    const best = headBy("previous", "decoder");
    await headRadio(item, best, HEADS_A_LAYER).check({ force: true });
    await check(item);
    await expect(item).toContainText("Right.");
    await expect(item).toContainText(best.score.toFixed(2));
    await expect(figure.root.getByRole("radio", { name: "Decoder" })).toBeChecked();
  });

  test("a sentence of the reader's own crosses twice", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    const item = await exercise(page, "Cross twice");
    await check(item);
    await expect(item).toContainText("still shows the stored sentence");
    await figure.source.fill("Translate to French: The little cat slept.");
    await figure.isLive();
    await expect(figure.target).toHaveValue(/petit chat/);
    await check(item);
    await expect(item).toContainText("fewer than two times");
    await figure.source.fill("Translate to French: The black cat saw the white dog.");
    await expect(figure.target).toHaveValue(/blanc/);
    await expect(item).toContainText("your sentence, with 2");
    await check(item);
    await expect(item).toContainText("Right.");
  });

  test("what a head spends aside is measured on the head shown alone", async ({ page }) => {
    const figure = await figureOn(page, HEADS, CROSS);
    await figure.root.getByRole("group", { name: "Layer" }).getByRole("radio").first().check({ force: true });
    await figure.root.getByRole("button", { name: /^Head/ }).last().dblclick();
    await expect(figure.reading).toContainText(`Layer 1, head ${HEADS_A_LAYER}`);
    const item = await exercise(page, "What the sentence does not get");
    const { data, shape } = dog.attention.cross;
    const [, , queries = 0, keys = 0] = shape;
    const chien = dog.target.written.findIndex(({ text }) => text.trim() === "chien");
    const row = (HEADS_A_LAYER - 1) * queries + chien;
    const share = dog.source.tokens.reduce(
      (sum, { special, instruction }, key) => sum + (special || instruction ? (data[row * keys + key] ?? 0) : 0),
      0,
    );
    await item.getByRole("textbox").fill("0.9");
    await check(item);
    await expect(item).toContainText("It is less than that");
    await item.getByRole("textbox").fill(share.toFixed(2));
    await check(item);
    await expect(item).toContainText("Right.");
  });
});
