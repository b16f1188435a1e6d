/**
 * Script bytes that each page fetches before anything is touched, gzip: opened, then scrolled through once, so that every
 * figure has come to life.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const GOAL_KILOBYTES = 60;

export async function measureScripts({ browser, site }) {
  const pages = [];
  for (const path of sitemap(site.directory)) pages.push({ path, bytes: await scriptBytes(browser, site, path) });
  const largest = pages.reduce((most, page) => (page.bytes > most.bytes ? page : most));
  return [
    {
      measure: `scripts before interaction, largest page (${largest.path})`,
      unit: "kB gzip",
      ours: largest.bytes / 1000,
      goal: GOAL_KILOBYTES,
      detail: pages,
    },
  ];
}

/** Paths of all pages, below the base. */
function sitemap(directory) {
  const text = readFileSync(join(directory, "sitemap-0.xml"), "utf8");
  return Array.from(text.matchAll(/<loc>([^<]+)<\/loc>/g), ([, address]) => new URL(address).pathname);
}

async function scriptBytes(browser, site, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  await page.goto(`http://localhost:${site.port}${path}`, { waitUntil: "networkidle" });
  await page.evaluate(scrollThrough);
  await page.waitForLoadState("networkidle");
  const inline = await page.locator("script:not([src]):not([type])").allTextContents();
  const scripts = [...(await Promise.all(bodies)), ...inline.map((text) => Buffer.from(text))];
  await context.close();
  return scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
}

/** Runs in the page. */
async function scrollThrough() {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo({ top: y, behavior: "instant" });
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
}
