/**
 * Work on many runs beside PyTorch's: role scores of every head over two hundred sentences, and every head switched off by
 * itself. The site's own worker in Chromium (WASM, one thread) and eager PyTorch (one thread), on the same tokens, rounds taken
 * in turns.
 *
 * Ours is the whole study as the page asks for it: tokens, runs, scores, intervals by bootstrap, and a message to the page
 * after every run. Theirs is the runs and the mean scores.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "../browser.mjs";
import { startPython } from "../setup.mjs";
import { openWorker } from "../worker.mjs";

const ROUNDS = Math.ceil(Number(process.env.BENCH_ROUNDS ?? 9) / 3);
const TREEBANK = "public/data/treebank/dev.conllu";
const SENTENCES = 200;
const PROMPTS = [
  "When Mary and John went to the store, John gave a drink to",
  "When Tom and Anna went to the market, Tom gave a letter to",
  "When Paul and Lucy went to the park, Lucy gave a book to",
  "When Emma and Peter went to the school, Emma gave a ring to",
].map((source) => {
  const [first, second] = source.match(/(?<=^When )\w+|(?<= and )\w+/g);
  const [giver] = source.match(/(?<=, )\w+/g);
  return { source, target: null, answer: giver === first ? second : first, other: giver };
});

export async function measureStudies({ browser, python, site }) {
  const rows = [];
  for (const model of ["decoder-small", "encoder-minilm"]) {
    const page = await (await browser.newContext()).newPage();
    await openWorker(page, site, model);
    const eager = startPython(python, "bench/python/heads.py");
    await eager.ask({ config: join("public/models", model) });
    rows.push(await roleScores(page, eager, model));
    if (model === "decoder-small") rows.push(await sweep(page, eager, model));
    eager.stop();
    await page.context().close();
  }
  return rows;
}

async function roleScores(page, eager, model) {
  const texts = treebankTexts().map((source) => ({ source, target: null }));
  const ids = await page.evaluate(idsOf, texts);
  const request = { job: "heads", corpus: { kind: "texts", texts } };
  const measure = `role scores of all heads, ${model}, ${texts.length} sentences`;
  return turns(measure, page, request, () => eager.ask({ scores: ids }));
}

async function sweep(page, eager, model) {
  const ids = await page.evaluate(idsOf, PROMPTS);
  const request = { job: "sweep", prompts: PROMPTS, fill: "zero" };
  const measure = `every head off by itself, ${model}, ${PROMPTS.length} prompts`;
  return turns(measure, page, request, () => eager.ask({ sweep: ids }));
}

async function turns(measure, page, request, theirTurn) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    ours.push(await page.evaluate(studyOnce, request));
    theirs.push((await theirTurn()).milliseconds);
  }
  // The first round warms both sides up.
  const [mine, other] = [ours, theirs].map((times) => median(times.slice(1)));
  return { measure, unit: "ms", ours: mine, theirs: other, value: mine / other, goal: 1 };
}

function treebankTexts() {
  const texts = readFileSync(TREEBANK, "utf8").matchAll(/^# text = (.*)$/gm);
  return Array.from(texts, ([, text]) => text).slice(0, SENTENCES);
}

/** Runs in the page. */
async function idsOf(texts) {
  const answers = await Promise.all(texts.map(({ source }) => window.api.tokenize(window.model, source, "source")));
  return answers.map(({ value }) => value.map(({ id }) => id));
}

/** Runs in the page. Answers with the milliseconds that a study took. */
async function studyOnce(request) {
  const started = performance.now();
  const { ok, failure } = await window.api.study(
    request,
    window.proxy(async () => true),
  );
  if (!ok) throw new Error(failure.message);
  return performance.now() - started;
}
