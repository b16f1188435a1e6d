/**
 * What a first visit costs: bytes and time until the first live picture, with an empty cache at 2.5 MB/s. The reader edits
 * the text as soon as the figure can be edited.
 */
import { median } from "../browser.mjs";
import { throttled } from "../throttle.mjs";

const SPEED = 2.5e6;
const ROUNDS = 3;
const GOAL_MEGABYTES = 16;

export async function measureLoading({ browser, site }) {
  const visits = [];
  for (let round = 0; round < ROUNDS; round += 1) visits.push(await visit(browser, site));
  return [
    {
      measure: "first live picture, bytes",
      unit: "MB",
      ours: median(visits.map(({ bytes }) => bytes)) / 1e6,
      goal: GOAL_MEGABYTES,
    },
    { measure: "first live picture at 2.5 MB/s", unit: "s", ours: median(visits.map(({ time }) => time)) / 1000 },
    { measure: "stored picture at 2.5 MB/s", unit: "s", ours: median(visits.map(({ stored }) => stored)) / 1000 },
  ];
}

async function visit(browser, site) {
  const line = await throttled(site.port, SPEED);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(`http://localhost:${line.port}${site.base}`, { waitUntil: "commit" });
  const figure = page.locator(".uh-figure").first();
  await figure.waitFor();
  const stored = performance.now() - start;
  await page.waitForFunction(() => document.querySelector("astro-island:not([ssr]) .uh-figure textarea") !== null);
  const field = figure.locator("textarea").first();
  await field.fill((await field.inputValue()).replace("brown", "white"));
  await figure.locator('[data-shown="live"]').waitFor({ timeout: 120_000 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const time = performance.now() - start;
  await context.close();
  line.close();
  return { bytes: line.bytes(), time, stored };
}
