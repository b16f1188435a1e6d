/**
 * Writes `src/stored/switches/` anew: what every model says with heads switched off. Needed whenever a model changes. What was
 * stored of a model whose files are not here is kept. With names of models, only those:
 * `npm run store:switches -- decoder-small`. Takes a minute, and some fifteen for the real decoder.
 */
import { existsSync, writeFileSync } from "node:fs";
import { repeats } from "../src/engine/attention/repeats.ts";
import { studyOrders } from "../src/engine/attention/studyOrders.ts";
import { sweepHeads } from "../src/engine/attention/sweepHeads.ts";
import type { HeadRef, Model } from "../src/engine/model.ts";
import { shuffles, stepsFor } from "../src/lib/headOrders.ts";
import { HEAD_TASKS, type HeadTask } from "../src/stored/headTasks.ts";
import { rankedHeads } from "../src/stored/ranking.ts";
import { ask, type Fill } from "../src/stored/said.ts";
import {
  encodeCurve,
  encodeSaid,
  encodeSweep,
  headName,
  type StoredCopying,
  type StoredCurve,
  type StoredSaid,
  type StoredSweep,
  type StoredSwitches,
  thousandth,
  VERSION,
} from "../src/stored/switches.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/switches";
const TOOLS = { onProgress: async () => true };

/** How much of a model is stored. */
interface Extent {
  readonly fills: readonly Fill[];
  /** Prompts of a task that are swept over. */
  readonly prompts: number;
  /** Tasks that are swept; all where left out. */
  readonly swept?: readonly string[];
}

const EXTENTS: Readonly<Record<string, Extent>> = {
  "decoder-small": { fills: ["zero", "mean"], prompts: 99 },
  "translator-en-fr": { fills: ["zero", "mean"], prompts: 99 },
  "encoder-minilm": { fills: ["zero", "mean"], prompts: 99 },
  "smollm2-135m": { fills: ["zero"], prompts: 2, swept: ["objects"] },
};

/** Runs with heads off that pages show or speak of; layer and head counted from 0. */
const STARTS: readonly { readonly model: string; readonly task: string; readonly off: readonly HeadRef[] }[] = [
  start("objects", 0, 0),
  start("repeats", 0, 0),
  start("capital", 2, 0),
];

function start(task: string, layer: number, head: number) {
  return { model: "decoder-small", task, off: [{ kind: "decoder", layer, head }] } as const;
}

/** The previous-token head of the small decoder and the head that copies with its help, on sequences that come twice. */
const COPYING = { model: "decoder-small", before: [0, 0], copies: [1, 0], count: 50, length: 25, seed: 5 } as const;

const asked = process.argv.slice(2);
for (const [name, extent] of Object.entries(EXTENTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (existsSync(`public/models/${name}/manifest.json`)) await storeModel(await openLocal(name), extent);
  else console.log(`${name}: its files are not here; what was stored of it is kept`);
}

async function storeModel(model: Model, extent: Extent): Promise<void> {
  const { id, family } = model.info;
  const tasks = HEAD_TASKS.filter((task) => task.family === family);
  const runs: StoredSaid[] = [];
  const sweeps: StoredSweep[] = [];
  const curves: StoredCurve[] = [];
  for (const task of tasks) {
    runs.push(...(await runsOf(model, task)));
    if (extent.swept && !extent.swept.includes(task.id)) continue;
    for (const fill of extent.fills) {
      const found = await studied(model, task, fill, extent.prompts);
      sweeps.push(found.sweep);
      if (fill === "zero") curves.push(found.curve);
    }
    console.log(`${id}, ${task.id}: ${runs.at(-1)?.said.text ?? ""}`);
  }
  const copying = id === COPYING.model ? await copyingOf(model) : null;
  const stored: StoredSwitches = { version: VERSION, model: id, runs, sweeps, curves, copying };
  writeFileSync(`${FOLDER}/${id}.json`, `${JSON.stringify(stored)}\n`);
}

/** The first prompt with all heads on, and with those off from which a figure starts. */
async function runsOf(model: Model, { id, prompts }: HeadTask): Promise<StoredSaid[]> {
  const [prompt] = prompts;
  if (!prompt) return [];
  const run = (request: Parameters<Model["trace"]>[0]) => model.trace(request);
  const whole = await ask(model.info.family, prompt, { off: [], fill: "zero" }, run, null);
  const runs = [encodeSaid(id, [], "zero", whole.said)];
  for (const { off } of STARTS.filter((start) => start.model === model.info.id && start.task === id)) {
    const { said } = await ask(model.info.family, prompt, { off, fill: "zero" }, run, whole);
    runs.push(encodeSaid(id, off, "zero", said));
  }
  return runs;
}

/** How the copying head looks, and how often a token to come is the first choice, with and without the previous-token head. */
async function copyingOf(model: Model): Promise<StoredCopying> {
  const ref = ([layer, head]: readonly [number, number]): HeadRef => ({ kind: "decoder", layer, head });
  const off = ref(COPYING.before);
  const [layer, head] = COPYING.copies;
  const measure = async (heads: readonly HeadRef[]) => {
    let [score, right, tokens] = [0, 0, 0];
    for (const request of repeats(model, COPYING.count, COPYING.length, COPYING.seed)) {
      const { roles, predictions, source } = await model.trace({ ...request, off: heads });
      const values = roles.find(({ role }) => role === "induction")?.values.data;
      score += (values?.[layer * model.info.heads + head] ?? Number.NaN) / COPYING.count;
      for (let at = source.tokens.length - COPYING.length; at < source.tokens.length - 1; at++) {
        tokens += 1;
        if (predictions[at]?.[0]?.id === source.tokens[at + 1]?.id) right += 1;
      }
    }
    return { score: thousandth(score), right: thousandth(right / tokens) };
  };
  const { count, length } = COPYING;
  return {
    off: headName(off),
    head: headName(ref(COPYING.copies)),
    count,
    length,
    on: await measure([]),
    without: await measure([off]),
  };
}

/** What each head does by itself, and what they do one after the other. */
async function studied(model: Model, task: HeadTask, fill: Fill, most: number) {
  const prompts = task.prompts.slice(0, most);
  const sweep = await sweepHeads(model, { prompts, fill }, TOOLS);
  const order = rankedHeads(sweep).map(({ ref }) => ref);
  const steps = fill === "zero" ? stepsFor(order.length) : [];
  const orders = [order, ...shuffles(order, steps.at(-1) ?? 0)];
  const curve = await studyOrders(model, { prompts, fill, orders, steps }, TOOLS);
  return { sweep: encodeSweep(task.id, fill, sweep), curve: encodeCurve(task.id, fill, curve) };
}
