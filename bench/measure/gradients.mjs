/**
 * Gradients beside Captum's and PyTorch's, one thread each, rounds taken in turns: a pass forward and backward beside a pass
 * forward, integrated gradients with 32 steps, activation patching of every layer and token; and by how much integrated
 * gradients miss the sum that they should have, by baseline and number of steps, over fifty sentences.
 *
 * Integrated gradients, patching and the gaps are measured in the site's own worker in Chromium (WASM), messages included; the
 * passes in the same engine and runtime in Node, since a page asks for no pass alone. A plain product of two matrices of the size
 * that integrated gradients of MiniLM are made of stands beside them: it says how far WebAssembly's 128-bit arithmetic is from the
 * processor's own before any of our work begins.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ort from "onnxruntime-web/webgpu";
import { openLocal } from "../../scripts/local-model.ts";
import { ElementType, makeNode, makeValue } from "../../src/engine/onnx/graph.ts";
import { writeOnnx } from "../../src/engine/onnx/write.ts";
import { median } from "../browser.mjs";
import { startPython } from "../setup.mjs";
import { openWorker } from "../worker.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const STEPS = 32;
const TREEBANK = "public/data/treebank/dev.conllu";
const SENTENCES = 50;
const PROMPT = "When Mary and John went to the store, John gave a drink to";
const CORRUPTED = "When Mary and John went to the store, Mary gave a drink to";
const PAIR = ["Translate to French: The brown dog ran.", "Le chien brun a couru."];
const ALIKE = ["The brown dog ran.", "A dog was running."];

/** A text of each model with the number that is followed. */
const RUNS = {
  "decoder-small": {
    run: { source: PROMPT, target: null },
    target: (ids) => ({ kind: "token", row: ids.length - 1, id: 1, scale: "logit" }),
  },
  "encoder-minilm": {
    run: { source: ALIKE[0], target: null },
    target: () => ({ kind: "similarity", to: ALIKE[1] }),
  },
  "translator-en-fr": {
    run: { source: PAIR[0], target: PAIR[1] },
    target: () => ({ kind: "token", row: 1, id: 1, scale: "logit" }),
  },
};

export async function measureGradients({ browser, python, site }) {
  const rows = [];
  for (const model of Object.keys(RUNS)) rows.push(await passes(model));
  const eager = startPython(python, "bench/python/gradients.py");
  rows.push(await product(eager));
  for (const model of ["decoder-small", "encoder-minilm"]) {
    await eager.ask({ config: join("public/models", model) });
    const page = await (await browser.newContext()).newPage();
    await openWorker(page, site, model);
    rows.push(await theirPasses(eager, page, model));
    rows.push(await integrated(eager, page, model));
    if (model === "decoder-small") rows.push(await patching(eager, page), ...(await gaps(page, model)));
    await page.context().close();
  }
  eager.stop();
  return rows;
}

/** Forward and backward beside forward, both ours. */
async function passes(id) {
  const model = await openLocal(id);
  const { run, target } = RUNS[id];
  const targets = [target(model.tokenize(run.source))];
  const timed = async (gradients) => {
    const started = performance.now();
    await model.evaluate({ run, points: 1, targets, gradients });
    return performance.now() - started;
  };
  const both = [];
  const forward = [];
  for (let round = 0; round <= 4 * ROUNDS; round += 1) {
    both.push(await timed(["embeddings"]));
    forward.push(await timed([]));
  }
  const [ours, theirs] = [both, forward].map((times) => median(times.slice(1)));
  const measure = `forward and backward to forward alone, ${id}`;
  return { measure, unit: "ms", ours, theirs, value: ours / theirs, goal: 2.1 };
}

/** 32 points × 7 tokens through MiniLM's widest layer. */
const PRODUCT = [224, 384, 1536];

/** One product of matrices, in the runtime and in PyTorch; no goal. */
async function product(eager) {
  const [rows, inner, columns] = PRODUCT;
  const graph = {
    ...{ name: "product", initializers: new Map(), values: [], other: [] },
    nodes: [makeNode("MatMul", ["left", "right"], ["result"])],
    inputs: [
      makeValue("left", ElementType.float, [rows, inner]),
      makeValue("right", ElementType.float, [inner, columns]),
    ],
    outputs: [makeValue("result", ElementType.float, [rows, columns])],
  };
  const bytes = writeOnnx({ irVersion: 8, opsets: new Map([["", 13]]), graph, other: [] });
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const filled = (shape) =>
    new ort.Tensor("float32", Float32Array.from({ length: shape[0] * shape[1] }, Math.random), shape);
  const feeds = { left: filled([rows, inner]), right: filled([inner, columns]) };
  const ours = [];
  const theirs = [];
  for (let round = 0; round <= 4 * ROUNDS; round += 1) {
    const started = performance.now();
    await session.run(feeds);
    ours.push(performance.now() - started);
    theirs.push((await eager.ask({ product: PRODUCT })).milliseconds);
  }
  const [mine, other] = [ours, theirs].map((times) => median(times.slice(1)));
  const measure = `a plain product of matrices, ${PRODUCT.join(" × ")}`;
  return { measure, unit: "ms", ours: mine, theirs: other, value: mine / other };
}

/** The same ratio in PyTorch, to compare with; no goal. */
async function theirPasses(eager, page, model) {
  const ids = await page.evaluate(idsOf, RUNS[model].run.source);
  const times = { gradient: [], forward: [] };
  for (let round = 0; round <= 4 * ROUNDS; round += 1) {
    for (const kind of Object.keys(times)) times[kind].push((await eager.ask({ [kind]: ids })).milliseconds);
  }
  const [ours, theirs] = [times.gradient, times.forward].map((list) => median(list.slice(1)));
  return { measure: `the same ratio in PyTorch, ${model}`, unit: "ms", ours, theirs, value: ours / theirs };
}

async function integrated(eager, page, model) {
  const { run, target } = RUNS[model];
  const ids = await page.evaluate(idsOf, run.source);
  const request = {
    ...{ job: "attribution", method: "integrated-gradients", run, targets: [target(ids)] },
    ...{ steps: STEPS, baseline: { kind: "pad" }, rule: "gauss-legendre" },
  };
  const measure = `integrated gradients, ${STEPS} steps, ${model}, ${ids.length} tokens`;
  return turns(measure, page, request, () => eager.ask({ integrated: ids, baseline: 0, steps: STEPS }));
}

async function patching(eager, page) {
  const [clean, corrupted] = [await page.evaluate(idsOf, PROMPT), await page.evaluate(idsOf, CORRUPTED)];
  const request = {
    job: "patching",
    clean: { source: PROMPT, target: null },
    corrupted: { source: CORRUPTED, target: null },
    target: { kind: "token", row: clean.length - 1, id: 1, scale: "logit" },
  };
  const measure = `activation patching, every layer and token, decoder-small, ${clean.length} tokens`;
  return turns(measure, page, request, () => eager.ask({ patching: [clean, corrupted] }));
}

async function turns(measure, page, request, theirTurn) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    ours.push((await page.evaluate(studyOnce, request)).milliseconds);
    theirs.push((await theirTurn()).milliseconds);
  }
  // The first round warms both sides up.
  const [mine, other] = [ours, theirs].map((times) => median(times.slice(1)));
  return { measure, unit: "ms", ours: mine, theirs: other, value: mine / other, goal: 1 };
}

/** |gap| as a share of what should be explained: the middle one of fifty sentences, for the likeliest next token. */
async function gaps(page, model) {
  const texts = Array.from(readFileSync(TREEBANK, "utf8").matchAll(/^# text = (.*)$/gm), ([, text]) => text);
  const rows = [];
  for (const kind of ["pad", "mean", "zero"]) {
    for (const steps of [8, 32, 128]) {
      const shares = [];
      for (const source of texts.slice(0, SENTENCES)) shares.push(await gapOf(page, source, { kind }, steps));
      const measure = `gap of integrated gradients, ${model}, baseline ${kind}, ${steps} steps, ${shares.length} sentences`;
      rows.push({ measure, unit: "%", ours: 100 * median(shares) });
    }
  }
  return rows;
}

async function gapOf(page, source, baseline, steps) {
  const { row, id } = await page.evaluate(likeliest, source);
  const request = {
    ...{ job: "attribution", method: "integrated-gradients", baseline, steps, rule: "gauss-legendre" },
    ...{ run: { source, target: null }, targets: [{ kind: "token", row, id, scale: "logit" }] },
  };
  const { value } = await page.evaluate(studyOnce, request);
  const [gap, start, end] = [value.completeness.gap[0], value.completeness.baseline[0], value.values[0]];
  return Math.abs(gap / (end - start));
}

/** Runs in the page. */
async function idsOf(text) {
  const { value } = await window.api.tokenize(window.model, text, "source");
  return value.map(({ id }) => id);
}

/** Runs in the page: the last token's place and the token that the model holds likeliest after it. */
async function likeliest(source) {
  const { ok, value, failure } = await window.api.trace(
    { source, target: null },
    window.proxy(() => {}),
  );
  if (!ok) throw new Error(failure.message);
  return { row: value.predictions.length - 1, id: value.predictions.at(-1)[0].id };
}

/** Runs in the page. Answers with the result and the milliseconds that it took. */
async function studyOnce(request) {
  const started = performance.now();
  const { ok, value, failure } = await window.api.study(
    request,
    window.proxy(async () => true),
  );
  if (!ok) throw new Error(failure.message);
  return { value, milliseconds: performance.now() - started };
}
