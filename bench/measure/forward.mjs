/**
 * A traced forward pass beside PyTorch's: the site's own worker in Chromium (WASM, one thread) and eager PyTorch with
 * `output_attentions` (one thread), on the same tokens, rounds taken in turns.
 *
 * Ours is the worker's own time for a whole trace: tokens, both stacks, all attention, loss, likeliest tokens and role
 * scores. Theirs is the model's forward alone.
 */
import { join } from "node:path";
import { median } from "../browser.mjs";
import { startPython } from "../setup.mjs";
import { openWorker } from "../worker.mjs";

/** Many: a round takes milliseconds, and what else runs on the machine comes and goes. */
const ROUNDS = 4 * Number(process.env.BENCH_ROUNDS ?? 9);
const GOAL = 1;
const MODEL = "translator-en-fr";
const PREFIX = "Translate to French: ";

/** Texts with their targets, so that both sides run one forward and neither generates. */
const SENTENCES = [
  ["Translate to French: The brown dog ran.", "Le chien brun a couru."],
  ["What is the capital of France?", "The capital is Paris."],
  ["Translate to French: I am tired.", "Je suis fatigué."],
  ["Translate to French: Where is my book?", "Où est mon livre ?"],
  [
    "Translate to French: The two girls are eating a red apple in the garden.",
    "Les deux filles mangent une pomme rouge dans le jardin.",
  ],
  [
    "Translate to French: Tom did not want to go to school because it was raining.",
    "Tom ne voulait pas aller à l'école parce qu'il pleuvait.",
  ],
];
const LONG = [4, 8].map((times) => [
  PREFIX + repeated("The brown dog ran.", times),
  repeated("Le chien brun a couru.", times),
]);

function repeated(sentence, times) {
  return Array(times).fill(sentence).join(" ");
}

export async function measureForward({ browser, python, site }) {
  const page = await (await browser.newContext()).newPage();
  await openWorker(page, site, MODEL);
  const eager = startPython(python, "bench/python/eager.py");
  await eager.ask({ config: join("public/models", MODEL) });
  const [sentences, long] = [SENTENCES, LONG].map((pairs) =>
    pairs.map(([source, target]) => ({ source, target, ours: [], theirs: [] })),
  );
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const pair of [...sentences, ...long]) await oneRound(page, eager, pair);
  }
  eager.stop();
  await page.context().close();
  return [row("sentences", sentences), row("long texts", long)];
}

async function oneRound(page, eager, pair) {
  const run = await page.evaluate(traceOnce, [pair.source, pair.target]);
  const { milliseconds } = await eager.ask({ source: run.source, labels: run.labels });
  pair.tokens = run.source.length + run.labels.length;
  pair.ours.push(run.milliseconds);
  pair.theirs.push(milliseconds);
}

function row(what, pairs) {
  // The first round warms both sides up.
  const medians = pairs.map(({ source, tokens, ours, theirs }) => ({
    source,
    tokens,
    ours: median(ours.slice(1)),
    theirs: median(theirs.slice(1)),
    least: { ours: Math.min(...ours), theirs: Math.min(...theirs) },
  }));
  const sum = (side) => medians.reduce((total, one) => total + one[side], 0) / medians.length;
  return {
    measure: `traced forward, ${pairs.length} ${what}, ${tokenRange(pairs)} tokens`,
    unit: "ms",
    ours: sum("ours"),
    theirs: sum("theirs"),
    value: sum("ours") / sum("theirs"),
    goal: GOAL,
    detail: medians,
  };
}

function tokenRange(pairs) {
  const counts = pairs.map(({ tokens }) => tokens);
  return `${Math.min(...counts)}–${Math.max(...counts)}`;
}

/** Runs in the page. */
async function traceOnce([source, target]) {
  const { ok, value, failure } = await window.api.trace(
    { source, target },
    window.proxy(() => {}),
  );
  if (!ok) throw new Error(failure.message);
  const ids = (tokens) => tokens.map(({ id }) => id);
  return { milliseconds: value.milliseconds, source: ids(value.source.tokens), labels: ids(value.target.written) };
}
