import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../scripts/server.mjs";
import { FigureOnPage } from "./figure.ts";
import { expect, pages, test, watch } from "./site.ts";

const PORT = 4498;

test.describe("a site at the root of a host", () => {
  test.describe.configure({ mode: "serial" });
  let server: Server;

  test.beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), "site-"));
    const env = { ...process.env, UNDERHOOD_SITE: "https://course.example", UNDERHOOD_BASE: "/" };
    execFileSync("npx", ["--no-install", "astro", "build", "--outDir", directory], { env, stdio: "ignore" });
    server = await serve({ directory, base: "/", port: PORT });
  });

  test.afterAll(() => {
    server.close();
  });

  test("every link answers, and the model runs", async ({ browser }) => {
    test.setTimeout(120_000);
    const home = `http://localhost:${PORT}/`;
    const page = await browser.newPage();
    const misdeeds = await watch(page, new URL(home).origin);
    const seen = new Set<string>([home]);
    for (const url of seen) {
      const response = await page.goto(url);
      expect(response?.status(), url).toBe(200);
      const links = await page.evaluate(() =>
        [...document.querySelectorAll("a")].map((link) => link.href.split("#")[0] ?? ""),
      );
      for (const link of links) if (link.startsWith(home)) seen.add(link);
    }
    expect(seen.size).toBeGreaterThanOrEqual(pages().length);

    await page.goto(home);
    await new FigureOnPage(page, "Where does each French word look?").live();
    expect(misdeeds).toEqual({ errors: [], foreign: [] });
  });
});
