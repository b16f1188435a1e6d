import AxeBuilder from "@axe-core/playwright";
import { expect, pages, test, withTheme } from "./site.ts";

for (const path of pages()) {
  for (const theme of ["light", "dark"] as const) {
    test(`/${path} has no accessibility fault in the ${theme} theme`, async ({ page }) => {
      await withTheme(page, theme);
      await page.goto(path);
      await page.waitForLoadState("networkidle");

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
