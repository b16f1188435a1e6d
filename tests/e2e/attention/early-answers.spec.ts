import type { Page } from "@playwright/test";
import { hydrated } from "../figure.ts";
import { expect, test } from "../site.ts";

/** Holds back the scripts that islands fetch, as a slow line would. Returns how to let them through. */
async function holdScripts(page: Page): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route(/\/_astro\/.*\.js$/, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

test("what is typed and chosen before an exercise answers is kept, and Enter sends no form", async ({ page }) => {
  const release = await holdScripts(page);
  await page.goto("attention/exercise-6-1-1/", { waitUntil: "commit" });
  const numeric = page.getByRole("region", { name: /Layers of the encoder/ });
  await numeric.scrollIntoViewIfNeeded();
  const field = numeric.getByLabel("Your number");
  await expect(numeric.getByRole("button", { name: "Check" })).toBeDisabled();
  await expect(numeric.getByRole("button", { name: "Hint 1" })).toBeDisabled();
  await field.fill("7");
  await field.press("Enter");

  release();
  await hydrated(numeric);

  await expect(numeric.getByRole("button", { name: "Check" })).toBeEnabled();
  await expect(field).toHaveValue("7");
  await expect(page).toHaveURL(/exercise-6-1-1\/$/);
  await hydrated(page.locator(".uh-figure").first());
  await numeric.getByRole("button", { name: "Check" }).click();
  await expect(numeric.locator(".uh-ex-verdict")).toContainText("Not yet");
});

test("a choice made early is checked like any other", async ({ page }) => {
  const release = await holdScripts(page);
  await page.goto("attention/three-kinds/", { waitUntil: "commit" });
  const choice = page.getByRole("region", { name: /A word in the middle/ });
  await choice.scrollIntoViewIfNeeded();
  const wrong = choice.getByRole("radio", { name: /decoder on its own/ });
  await wrong.check();

  release();
  await hydrated(choice);
  await choice.getByRole("button", { name: "Check" }).click();

  await expect(wrong).toBeChecked();
  await expect(choice).toContainText(/the mask is the same in every layer/i);
});
