/** The browser of the bench, and numbers made of many rounds. */
import { chromium } from "playwright-core";
import { ensureChromium } from "../scripts/browser.mjs";

/** Keeps Chromium from looking anything up by itself. */
const QUIET = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Frames as soon as they are ready and not 60 a second, so that a drawing of 3 ms does not look like one of 17. */
const UNPACED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

export function launch({ unpaced = false } = {}) {
  return chromium.launch({ executablePath: ensureChromium(), args: unpaced ? [...QUIET, ...UNPACED] : QUIET });
}

/** The value below which a share of the values lie. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values) => quantile(values, 0.5);

/**
 * Counts the milliseconds that a page's main thread computes; unlike the clock, they hardly depend on what else runs.
 *
 * @returns {Promise<() => Promise<number>>} a function that answers with the count so far
 */
export async function mainThread(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
}
