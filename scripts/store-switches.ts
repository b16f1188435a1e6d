/**
 * Writes `src/stored/switches/` anew: what every model says with heads switched off. Needed whenever a model changes. What was
 * stored of a model whose files are not here is kept. With names of models, only those:
 * `npm run store:switches -- decoder-small`. Takes a minute, and some fifteen for the real decoder.
 */
import { existsSync, writeFileSync } from "node:fs";
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
  type StoredCurve,
  type StoredSaid,
  type StoredSweep,
  type StoredSwitches,
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
  "smollm2-135m": { fills: ["zero"], prompts: 2, swept: ["objects", "one"] },
};

/** Runs with heads off from which a figure of the pages starts; layer and head counted from 0. */
const STARTS: readonly { readonly model: string; readonly task: string; readonly off: readonly HeadRef[] }[] = [
  { model: "decoder-small", task: "repeats", off: [{ kind: "decoder", layer: 0, head: 0 }] },
];

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
  const stored: StoredSwitches = { version: VERSION, model: id, runs, sweeps, curves };
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
