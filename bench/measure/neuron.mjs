/**
 * The neuron view, live on the small decoder: from a click on another query token, for which nothing runs, and from one on
 * another head, for which the model runs once, to the second frame after the last change.
 */
import { mainThread, quantile } from "../browser.mjs";

const CLICKS = 60;
const GOALS = { query: 50, head: 100 };

/** Between two clicks, milliseconds. */
const PAUSE = 60;

const BUTTONS = { query: "#neuron .uh-queries-row button", head: "#neuron .uh-thumb" };

export async function measureNeuron({ browser, site }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${site.address}attention/what-a-score-is/`);
  const figure = page.locator("#neuron");
  await figure.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("astro-island:not([ssr]) #neuron") !== null);
  await figure.getByRole("button", { name: "Run it live" }).click();
  await figure.locator('[data-shown="live"]').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
  await page.evaluate(prepare);
  const rows = [];
  for (const what of ["query", "head"]) rows.push(await clicked(page, what));
  await context.close();
  return rows;
}

async function clicked(page, what) {
  const busy = await mainThread(page);
  const times = [];
  const work = [];
  for (let turn = 0; turn <= CLICKS; turn += 1) {
    const before = await busy();
    times.push(await page.evaluate(([given, at]) => window.clickOnce(given, at), [BUTTONS[what], turn]));
    await page.waitForTimeout(PAUSE);
    work.push((await busy()) - before);
  }
  // The first click compiles.
  return {
    measure: `neuron view, another ${what}, p95 of ${CLICKS}`,
    unit: "ms",
    ours: quantile(times.slice(1), 0.95),
    goal: GOALS[what],
    mainThread: { ours: quantile(work.slice(1), 0.5) },
  };
}

/** Runs in the page: makes what a click needs. */
function prepare() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const reading = () => document.querySelector("#neuron .uh-figure-reading").textContent;

  /** One click on a button that is not the one chosen, until the reading speaks of another and is painted. */
  window.clickOnce = async (buttons, turn) => {
    const all = [...document.querySelectorAll(buttons)].filter((button) => button.ariaPressed !== "true");
    const before = reading();
    const start = performance.now();
    all[turn % all.length].click();
    while (reading() === before) {
      if (performance.now() - start > 10_000) throw new Error(`Nothing came of a click on ${buttons}.`);
      await new Promise((resolve) => setTimeout(resolve));
    }
    await frame();
    await frame();
    return performance.now() - start;
  };
}
