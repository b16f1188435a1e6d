import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { numberOf } from "../../../src/components/views/neuron/written.ts";
import { recomputed } from "../../../src/engine/attention/steps.ts";
import { encodeState } from "../../../src/lib/urlState.ts";
import { FigureOnPage, hydrated } from "../figure.ts";
import { expect, test, withTheme } from "../site.ts";

const PATH = "attention/what-a-score-is/";
const TITLE = "How “dog” comes to look at “brown”";
const AGREE = 1e-4;

async function figureOn(page: Page, path = PATH): Promise<FigureOnPage> {
  await page.goto(path);
  const figure = new FigureOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

/** Goes over to a model, and runs it. */
async function runModel(figure: FigureOnPage, model: RegExp): Promise<void> {
  await figure.root.getByRole("radio", { name: model }).check({ force: true });
  await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
  await figure.live();
}

/** The figure's data, saved as JSON. */
async function savedData(page: Page, figure: FigureOnPage) {
  const waiting = page.waitForEvent("download");
  await figure.choose("Save as JSON");
  const saved = JSON.parse(readFileSync(await (await waiting).path(), "utf8"));
  const tensor = (name: string) => ({ ...saved.tensors[name], data: Float32Array.from(saved.tensors[name].data) });
  return { saved, tensor };
}

/** Works the chosen row out again from what was saved, and the line of arithmetic from what stands on the page. */
async function expectToMultiplyOut(page: Page, figure: FigureOnPage): Promise<void> {
  const { saved, tensor } = await savedData(page, figure);
  const [rows, keys] = [saved.queries.length, saved.keys.length];
  const only = (name: string) => {
    const { data, shape } = tensor(name);
    const width = shape[1] ?? 0;
    return { data: data.subarray(saved.row.query * width, (saved.row.query + 1) * width), shape: [1, width] };
  };
  const bias = {
    data: Float32Array.from(saved.row.bias as (number | null)[], (value) => value ?? -Infinity),
    shape: [1, keys],
  };
  const { weights, output } = recomputed({
    query: only("query"),
    key: tensor("key"),
    value: tensor("value"),
    scale: saved.scale,
    bias,
    attention: only("attention"),
    output: only("output"),
  });
  expect(rows).toBeGreaterThan(1);
  expect(weights).toBeLessThan(AGREE);
  expect(output).toBeLessThan(AGREE);
  expect(await shownDifference(figure)).toBeLessThan(AGREE);
  await expectToAddUp(figure, saved.scale);
}

/** What the figure says of its agreement with the model: "6.0 × 10⁻⁸". */
async function shownDifference(figure: FigureOnPage): Promise<number> {
  const text = (await figure.root.locator("[data-name='difference']").textContent()) ?? "";
  const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const [, digits = "NaN", exponent = ""] = /^([\d.]+)(?: × 10⁻(\S+))?$/.exec(text) ?? [];
  return Number(digits) * 10 ** -Number(Array.from(exponent, (digit) => raised.indexOf(digit)).join(""));
}

/** The products listed make the dot product, which makes the score. */
async function expectToAddUp(figure: FigureOnPage, scale: number): Promise<void> {
  const all = figure.root.locator(".uh-all-terms");
  if ((await all.getAttribute("open")) === null) await all.locator("summary").click();
  const terms = await all.locator("li").allTextContents();
  const written = async (name: string) =>
    numberOf((await figure.root.locator(`.uh-written [data-name='${name}']`).textContent()) ?? "");
  const [dot, score, weight] = [await written("dot"), await written("score"), await written("weight")];
  const products = terms.map((term) => numberOf((term.split("=")[1] ?? "").replace(/[() ]/g, "")));
  expect(products.reduce((sum, product) => sum + product, 0)).toBeCloseTo(dot, 6);
  const bias = /\+ \(?(−?[\d.]+)\)? \(bias\)/.exec((await figure.root.locator(".uh-written").textContent()) ?? "");
  expect(Math.abs(dot * scale + numberOf(bias?.[1] ?? "0") - score)).toBeLessThan(0.0011);
  const row = figure.root.locator(".uh-numbers[data-kind='weight'] li[data-chosen]");
  expect(weight).toBeCloseTo(numberOf((await row.textContent()) ?? ""), 1);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the stored picture, its numbers and its reading are there", async ({ page }) => {
    await page.goto(PATH);
    const figure = new FigureOnPage(page, TITLE);
    await expect(figure.root.locator(".uh-stage[data-open]")).toHaveCount(6);
    expect(await figure.root.locator(".uh-strips [data-sign]").count()).toBeGreaterThan(50);
    await expect(figure.root.getByRole("list", { name: "Weights" }).getByRole("listitem").nth(2)).toHaveText("0.86");
    await expect(figure.root.getByRole("list", { name: "Scores" }).getByRole("listitem").last()).toHaveText("−∞");
    await expect(figure.reading).toContainText("from “dog” to “brown”");
    expect(await shownDifference(figure)).toBeLessThan(AGREE);
  });
});

test.describe("live", () => {
  test("a GPT-2 multiplies out, on another head and another sentence too", async ({ page }) => {
    const figure = await figureOn(page);
    await figure.live();
    await expectToMultiplyOut(page, figure);

    await figure.root.getByRole("group", { name: "Layer" }).getByRole("radio").nth(2).check({ force: true });
    await expect(figure.reading).toContainText("Layer 3, head 1");
    await figure.root.getByRole("textbox", { name: /^Text/ }).fill("The cat that chased the dogs was tired.");
    await expect(figure.root.getByRole("group", { name: /^Query/ })).toContainText("cat");
    await figure.root
      .getByRole("group", { name: /^Query/ })
      .getByRole("button")
      .nth(6)
      .click();
    await expectToMultiplyOut(page, figure);
  });

  test("a BERT multiplies out, and looks ahead", async ({ page }) => {
    const figure = await figureOn(page);
    await runModel(figure, /MiniLM/);
    await expect(figure.reading).toContainText("from “dog” to “ran”");
    await expect(figure.root).toContainText("no key is struck out");
    await expectToMultiplyOut(page, figure);
  });

  test("a T5 multiplies out in all three kinds of attention", async ({ page }) => {
    const figure = await figureOn(page);
    await runModel(figure, /Translator/);
    for (const [kind, words] of [
      ["Encoder", "bias for the distance is added; no key"],
      ["Decoder", "bias for the distance is added; later keys"],
      ["Cross", "not scaled; no key"],
    ] as const) {
      await figure.root.getByRole("radio", { name: kind, exact: true }).check({ force: true });
      await expect(figure.root.locator(".uh-neuron-notes")).toContainText(words);
      await expectToMultiplyOut(page, figure);
    }
  });
});

test("choosing a token or a key runs nothing; choosing a head of a small model loads it", async ({ page }) => {
  const figure = await figureOn(page);
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  await figure.root
    .getByRole("group", { name: /^Query/ })
    .getByRole("button", { name: "ran" })
    .click();
  await expect(figure.reading).toContainText("from “ran” to “dog”");
  await figure.root.getByRole("group", { name: /^Keys/ }).getByRole("button", { name: "brown" }).click();
  await expect(figure.root.locator(".uh-written-title")).toContainText("From “ran” to “brown”");
  await figure.root.getByRole("radio", { name: /SmolLM2/ }).check({ force: true });
  await expect(figure.root.locator(".uh-neuron-notes")).toContainText("√64");
  expect(fetched).toEqual([]);

  await figure.root.getByRole("radio", { name: /Small decoder/ }).check({ force: true });
  await figure.root.getByRole("button", { name: "Layer 2, head 3" }).click();
  await figure.isLive();
  await expect(figure.reading).toContainText("Layer 2, head 3");
});

test("the keyboard alone unfolds the steps, moves over dimensions and holds a key", async ({ page }) => {
  const figure = await figureOn(page);
  const { root } = figure;
  await root.getByRole("button", { name: "From the start" }).focus();
  await page.keyboard.press("Enter");
  await expect(root.locator(".uh-stage[data-open]")).toHaveCount(1);
  await root.getByRole("button", { name: "Next step" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(root.locator(".uh-stage[data-open]")).toHaveCount(3);
  await expect(root.getByRole("list", { name: "Scores" })).toBeHidden();
  await root.getByRole("button", { name: /5 Softmax/ }).focus();
  await page.keyboard.press("Enter");
  await expect(root.getByRole("list", { name: "Weights" })).toBeVisible();

  await root.getByRole("application", { name: /^Products/ }).focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
  await expect(root.locator(".uh-readout")).toContainText(/Dimension 2 .*q .* k of “The” .*q × k/);
  await page.keyboard.press("Enter");
  await expect(root.locator(".uh-written-title")).toContainText("From “dog” to “The”");

  await root
    .getByRole("group", { name: /^Query/ })
    .getByRole("button", { name: "dog" })
    .focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(figure.reading).toContainText("from “ran”");
});

test("a link holds the place; a hostile one is clamped and loads nothing", async ({ page }) => {
  const figure = await figureOn(page);
  await figure.root
    .getByRole("group", { name: /^Query/ })
    .getByRole("button", { name: "brown" })
    .click();
  await expect.poll(() => page.url()).toContain("?neuron=");
  // The address follows a moment later.
  const before = page.url();
  await figure.root.getByRole("button", { name: "From the start" }).click();
  await expect.poll(() => page.url()).not.toBe(before);
  await page.reload();
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  await expect(figure.root.locator(".uh-stage[data-open]")).toHaveCount(1);
  await expect(figure.reading).toContainText("from “brown”");

  const hostile = encodeState({ model: "__proto__", layer: 999, heads: [-1], query: 1e308, key: "x", open: -3 });
  const other = await figureOn(page, `${PATH}?neuron=${hostile}`);
  await expect(other.root.locator(".uh-figure-messages")).toContainText(/still shows|not understood/);
  await expect(other.chip).toHaveAttribute("aria-label", /stored/);
});

test("the picture and its numbers can be saved", async ({ page }) => {
  const figure = await figureOn(page);
  const saved: Record<string, Buffer> = {};
  for (const kind of ["SVG", "PNG", "CSV"]) {
    const waiting = page.waitForEvent("download");
    await figure.choose(`Save as ${kind}`);
    saved[kind] = readFileSync(await (await waiting).path());
  }
  expect(saved.SVG?.toString()).toMatch(/<svg [\s\S]*brown[\s\S]*Mix the values[\s\S]*<\/svg>/);
  expect(saved.PNG?.subarray(1, 4).toString()).toBe("PNG");
  expect(saved.CSV?.toString().trim().split("\n")).toHaveLength(7);
});

test("a score worked out from the dot product is right, the dot product itself is explained", async ({ page }) => {
  const figure = await figureOn(page);
  const item = page.getByRole("region", { name: /From a dot product to a score/ });
  await item.scrollIntoViewIfNeeded();
  await hydrated(item);
  await item.getByRole("textbox").fill("10.51");
  await item.locator("button[type=submit]").click();
  await expect(item).toContainText("the dot product itself");
  await figure.root.getByRole("group", { name: /^Keys/ }).getByRole("button", { name: "The" }).click();
  await item.getByRole("textbox").fill("-0.99");
  await item.locator("button[type=submit]").click();
  await expect(item).toContainText("Right.");
});

for (const theme of ["light", "dark"] as const) {
  test(`no accessibility fault in the ${theme} theme, folded or not, with a mask or a bias`, async ({ page }) => {
    await withTheme(page, theme);
    const figure = await figureOn(page);
    const faults = async () => {
      const { violations } = await new AxeBuilder({ page }).include("#neuron").analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    };
    await figure.root.locator(".uh-all-terms summary").click();
    await figure.choose("Show as a table");
    expect(await faults()).toEqual([]);
    await figure.root.getByRole("button", { name: "From the start" }).click();
    expect(await faults()).toEqual([]);
    await figure.root.getByRole("radio", { name: /Translator/ }).check({ force: true });
    await figure.root.getByRole("radio", { name: "Encoder", exact: true }).check({ force: true });
    await figure.root.getByRole("button", { name: "All steps" }).click();
    expect(await faults()).toEqual([]);
  });
}

test("fits a phone of 360 px with every model and every step", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  const figure = await figureOn(page);
  for (const model of [/MiniLM/, /Translator/, /SmolLM2/, /Small decoder/]) {
    await figure.root.getByRole("radio", { name: model }).check({ force: true });
    await figure.root.locator(".uh-all-terms summary").click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});
