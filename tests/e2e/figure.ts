import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";

/** A figure by its title, with the handles that a reader has on it. */
export class FigureOnPage {
  readonly root: Locator;
  readonly source: Locator;
  readonly target: Locator;
  readonly run: Locator;
  readonly chip: Locator;
  readonly reading: Locator;
  readonly failure: Locator;

  constructor(page: Page, title: string | RegExp) {
    this.root = page.getByRole("region", { name: title });
    this.source = this.root.getByRole("textbox", { name: /^Source/ });
    this.target = this.root.getByRole("textbox", { name: /^Target/ });
    this.run = this.root.getByRole("button", { name: "Run it live" });
    this.chip = this.root.locator("summary[aria-label^='Source of the picture']");
    this.reading = this.root.locator(".uh-figure-reading");
    this.failure = this.root.locator(".uh-failure");
  }

  /** Loads the model on the figure's text and waits for its picture. */
  async live(): Promise<void> {
    await this.root.scrollIntoViewIfNeeded();
    await this.hydrated();
    await this.run.click();
    await this.isLive();
  }

  async isLive(): Promise<void> {
    await expect(this.chip).toHaveAttribute("aria-label", /live · W/, { timeout: 45_000 });
  }

  hydrated(): Promise<void> {
    return hydrated(this.root);
  }

  /** Opens the corner menu and picks an entry. */
  async choose(entry: string): Promise<void> {
    const menu = this.root.locator("details", { has: this.root.page().locator("summary[aria-label^='Figure menu']") });
    if ((await menu.getAttribute("open")) === null) await menu.locator("summary").click();
    await this.root.getByRole("button", { name: entry }).click();
  }
}

/** Waits until the island that something stands in answers to the reader. */
export async function hydrated(inside: Locator): Promise<void> {
  await expect(inside.locator("xpath=ancestor::astro-island[not(@ssr)][1]")).toHaveCount(1);
}

/** Runs some script in the worker before its own first line: for browsers that lack or break a part of the platform. */
export async function beforeWorker(context: BrowserContext, script: string): Promise<void> {
  await context.route(/model\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

/** Addresses of the model's larger files. */
export const ENCODER = "**/onnx/encoder_model.onnx";
export const DECODER = "**/onnx/decoder_model_merged.onnx";
