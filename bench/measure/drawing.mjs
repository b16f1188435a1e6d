/**
 * Drawing time of the model view and the head view beside BertViz's: the same tensors, the same browser, rounds taken in
 * turns. From the data being there to pixels painted.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { mainThread, median } from "../browser.mjs";
import { CACHE, must } from "../setup.mjs";
import { nested, syntheticTrace } from "../synthetic.ts";

const LENGTHS = [16, 64];
const ALONE = 512;
const VIEWS = ["model", "head"];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const GOAL = 0.1;
const HOST = "http://bench.test";
const BUILT = join(CACHE, "page");
const STAND_IN = join(process.cwd(), "bench/page/client.ts");
const PAINTED = "bench/page/painted.js";

export async function measureDrawing({ browser, python, vendor }) {
  await buildPage();
  for (const length of LENGTHS) writeBertViz(python, length);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.route(/.*/, (route) => answer(route, vendor));
  const ours = await open(context, `${HOST}/ours/index.html`);
  const rows = [];
  for (const length of LENGTHS) {
    for (const view of VIEWS) rows.push(...(await compare(context, ours, view, length)));
  }
  for (const view of VIEWS) rows.push(...(await alone(ours, view)));
  await context.close();
  return rows;
}

/** Three ways of drawing the same view, a round of each in turn. */
async function compare(context, ours, view, length) {
  const theirs = await open(context, `${HOST}/bertviz/${view}-${length}.html`);
  await theirs.page.waitForFunction(() => window.draw !== undefined);
  const rounds = { theirs: [], fresh: [], again: [], idle: [] };
  // One round more than is counted: the first compiles and caches on both sides.
  for (let round = 0; round <= ROUNDS; round += 1) {
    rounds.idle.push(await timed(theirs, (page) => page.evaluate(() => window.painted(() => {}))));
    rounds.theirs.push(await timed(theirs, drawTheirs));
    await drawOurs(ours, view, length, round, rounds);
  }
  await theirs.page.close();
  return rowsOf(view, length, rounds);
}

async function alone(ours, view) {
  const rounds = { fresh: [], again: [] };
  for (let round = 0; round <= ROUNDS; round += 1) await drawOurs(ours, view, ALONE, round, rounds);
  return rowsOf(view, ALONE, rounds);
}

async function drawOurs(side, view, length, round, rounds) {
  const drawNew = (page) => page.evaluate(([which, size]) => window.drawNew(which, size), [view, length]);
  const drawAgain = (page) => page.evaluate(([size, turn]) => window.drawAgain(size, turn), [length, round]);
  rounds.fresh.push(await timed(side, drawNew));
  await side.page.evaluate(([size, turn]) => window.prepareAgain(size, turn), [length, round]);
  rounds.again.push(await timed(side, drawAgain));
}

function drawTheirs(page) {
  return page.evaluate(() => {
    window.refresh();
    return window.painted(window.draw);
  });
}

/** Milliseconds until painted, and milliseconds that the main thread computed; the second hardly depends on other load. */
async function timed({ page, busy }, draw) {
  await page.bringToFront();
  const before = await busy();
  const painted = await draw(page);
  return { painted, work: (await busy()) - before };
}

function rowsOf(view, length, { theirs, fresh, again, idle }) {
  const counted = (rounds, what) => median(rounds.slice(1).map((round) => round[what]));
  // What the measuring itself costs the main thread is taken off both sides.
  const work = (rounds) => counted(rounds, "work") - (idle ? counted(idle, "work") : 0);
  const row = (how, rounds) => ({
    measure: `${view} view, ${length} tokens, ${how}`,
    unit: "ms",
    ours: counted(rounds, "painted"),
    ...(theirs && {
      theirs: counted(theirs, "painted"),
      value: counted(rounds, "painted") / counted(theirs, "painted"),
      goal: GOAL,
    }),
    mainThread: { ours: work(rounds), ...(theirs && { theirs: work(theirs), value: work(rounds) / work(theirs) }) },
  });
  return [row("new data drawn", again), row("whole figure drawn", fresh)];
}

async function open(context, address) {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`${address}: ${error.message}`));
  const busy = await mainThread(page);
  await page.goto(address);
  return { page, busy };
}

/** Builds the page that holds the site's own figures. */
async function buildPage() {
  await build({
    root: "bench/page",
    configFile: false,
    base: "/ours/",
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    worker: { format: "es" },
    plugins: [
      { name: "stand-in", enforce: "pre", resolveId: (id) => (id.endsWith("/workers/client.ts") ? STAND_IN : null) },
    ],
    build: { outDir: join(process.cwd(), BUILT), emptyOutDir: true, target: "es2022" },
  });
}

/** Lets BertViz write its pages for a made-up run. */
function writeBertViz(python, length) {
  const { attention, source, target } = syntheticTrace(length);
  const data = join(CACHE, `attention-${length}.json`);
  const pieces = (tokens) => tokens.map(({ text }) => text);
  const kinds = Object.entries(attention).map(([kind, tensor]) => [kind, nested(tensor)]);
  const given = { source: pieces(source.tokens), target: pieces(target.read), ...Object.fromEntries(kinds) };
  writeFileSync(data, JSON.stringify(given));
  const pages = VIEWS.map((view) => bertVizFile(view, length));
  must(python, ["bench/python/bertviz_html.py", data, ...pages]);
  for (const page of pages) writeFileSync(page, prepared(readFileSync(page, "utf8")));
}

function bertVizFile(view, length) {
  return join(CACHE, `bertviz-${view}-${length}.html`);
}

/**
 * BertViz's page, made to draw when it is told to: its libraries are loaded and its data is parsed before the clock
 * starts, so that drawing alone is timed; `refresh` puts its elements back as they came, without the listeners of the
 * drawing before.
 */
function prepared(html) {
  const data = /const params = (\{.*\}); \/\/ HACK/.exec(html)?.[1];
  if (!data) throw new Error("BertViz's page is not built as expected: its parameters were not found.");
  const hold = `<script>window.givenParams = ${data.replaceAll("</", "<\\/")};
    { const real = window.requirejs; window.requirejs = (names, body) => real(names, (...libraries) => {
      const root = document.querySelector("[id^=bertviz]"), bare = root.outerHTML;
      window.refresh = () => { document.querySelector("[id^=bertviz]").outerHTML = bare; };
      window.draw = () => body(...libraries); }); }</script>`;
  const [loader, rest] = html.split("</script>", 2);
  const body = html
    .slice(`${loader}</script>`.length)
    .replace(`const params = ${data};`, "const params = window.givenParams;");
  if (rest === undefined) throw new Error("BertViz's page is not built as expected: its loader was not found.");
  return `<!doctype html><meta charset="utf-8"><body><script src="${HOST}/painted.js"></script>${loader}</script>${hold}${body}`;
}

/** Answers every request of the bench's pages from files; nothing goes out. */
async function answer(route, vendor) {
  const { hostname, pathname, href } = new URL(route.request().url());
  const file = hostname === "bench.test" ? localFile(pathname) : vendor(href);
  if (!file) return route.abort();
  if (pathname !== "/ours/index.html") return route.fulfill({ path: file });
  const html = readFileSync(file, "utf8").replace("<head>", `<head><script src="${HOST}/painted.js"></script>`);
  return route.fulfill({ body: html, contentType: "text/html" });
}

function localFile(pathname) {
  if (pathname === "/painted.js") return PAINTED;
  const page = /^\/bertviz\/(\w+)-(\d+)\.html$/.exec(pathname);
  if (page) return bertVizFile(page[1], page[2]);
  return pathname.startsWith("/ours/") ? join(BUILT, pathname.slice("/ours/".length)) : undefined;
}
