/**
 * From an edit to its picture: a hundred edits of the sentence in the first figure of the home page, live, each measured in
 * the page from the input event to the second frame after the last change; and the longest task of the main thread.
 */
import { mainThread, quantile } from "../browser.mjs";

const EDITS = 100;
const GOALS = { p95: 100, task: 50 };

/** Tasks shorter than this are not reported by browsers. */
const REPORTED = 50;

/** Between two edits, milliseconds. */
const PAUSE = 100;

const WORDS = ["dog", "cat", "man", "woman", "girl", "boy", "teacher", "doctor", "bird", "horse"];
const COLOURS = ["brown", "white", "black", "red", "little", "big", "old", "young", "happy", "sad"];

export async function measureEditing({ browser, site }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(site.address);
  const figure = page.locator(".uh-figure").first();
  await figure.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("astro-island:not([ssr]) .uh-figure textarea") !== null);
  await figure.getByRole("button", { name: "Run it live" }).click();
  await figure.locator('[data-shown="live"]').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
  const edits = await makeEdits(page);
  await context.close();
  return rows(edits);
}

async function makeEdits(page) {
  const busy = await mainThread(page);
  await page.evaluate(prepare);
  const times = [];
  const work = [];
  for (const sentence of sentences()) {
    const before = await busy();
    times.push(await page.evaluate((given) => window.editOnce(given), sentence));
    await page.waitForTimeout(PAUSE);
    work.push((await busy()) - before);
  }
  return { times, work, tasks: await page.evaluate(() => window.longTasks) };
}

function sentences() {
  return Array.from({ length: EDITS }, (_, index) => {
    const word = WORDS[index % WORDS.length];
    const colour = COLOURS[Math.floor(index / WORDS.length)];
    return { text: `Translate to French: The ${colour} ${word} ran.`, shows: [colour, word] };
  });
}

function rows({ times, work, tasks }) {
  const longest = Math.max(0, ...tasks);
  return [
    {
      measure: `edit to picture, p50 of ${times.length}`,
      unit: "ms",
      ours: quantile(times, 0.5),
      mainThread: { ours: quantile(work, 0.5) },
    },
    {
      measure: `edit to picture, p95 of ${times.length}`,
      unit: "ms",
      ours: quantile(times, 0.95),
      goal: GOALS.p95,
      mainThread: { ours: quantile(work, 0.95) },
    },
    {
      measure: "longest main-thread task meanwhile",
      unit: "ms",
      ours: longest,
      goal: GOALS.task,
      ...(longest === 0 && { note: `none over ${REPORTED} ms` }),
      detail: tasks,
    },
  ];
}

/** Runs in the page: makes what an edit needs, and starts to note long tasks. */
function prepare() {
  const figure = document.querySelector(".uh-figure");
  const field = figure.querySelector("textarea");
  window.longTasks = [];
  const note = (list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(note).observe({ type: "longtask" });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const pieces = () =>
    Array.from(figure.querySelectorAll(".uh-figure-picture .uh-token"), (token) => token.textContent).join("");

  /** One edit, until the picture shows its words and is painted. */
  window.editOnce = async ({ text, shows }) => {
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    while (!shows.every((word) => pieces().includes(word))) {
      if (performance.now() - start > 10_000) throw new Error(`The picture of “${text}” did not come.`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await frame();
    await frame();
    return performance.now() - start;
  };
}
