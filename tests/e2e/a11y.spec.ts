import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, pages, test, withTheme } from "./site.ts";

/** Scrolls through a page, so that every figure and exercise comes alive, and opens what is folded in it. */
async function unfold(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  const islands = page.locator("main astro-island");
  for (const island of await islands.all()) if (await island.isVisible()) await island.scrollIntoViewIfNeeded();
  await expect(page.locator("main astro-island[ssr]:visible")).toHaveCount(0);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details:not(.uh-popover)")) details.setAttribute("open", "");
  });
}

for (const path of pages()) {
  for (const theme of ["light", "dark"] as const) {
    test(`/${path} has no accessibility fault in the ${theme} theme`, async ({ page }) => {
      await withTheme(page, theme);
      await page.goto(path);
      await unfold(page);

      const { violations } = await new AxeBuilder({ page }).analyze();

      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
      ).toEqual([]);
    });
  }

  test(`/${path} fits a phone of 360 px`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 720 });
    await page.goto(path);
    await page.waitForLoadState("networkidle");

    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

    expect(overflow).toBeLessThanOrEqual(0);
  });
}
