import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import { studyOrders } from "../../../src/engine/attention/studyOrders.ts";
import { sweepHeads } from "../../../src/engine/attention/sweepHeads.ts";
import type { HeadRef, Model } from "../../../src/engine/model.ts";
import { shuffles, stepsFor } from "../../../src/lib/headOrders.ts";
import { HEAD_TASKS } from "../../../src/stored/headTasks.ts";
import { rankedHeads } from "../../../src/stored/ranking.ts";
import { ask } from "../../../src/stored/said.ts";
import decoder from "../../../src/stored/switches/decoder-small.json";
import encoder from "../../../src/stored/switches/encoder-minilm.json";
import smollm2 from "../../../src/stored/switches/smollm2-135m.json";
import translator from "../../../src/stored/switches/translator-en-fr.json";
import {
  headName,
  type StoredSwitches,
  storedCurve,
  storedSaid,
  storedSweep,
  VERSION,
} from "../../../src/stored/switches.ts";

const TOOLS = { onProgress: async () => true };
const ALL: readonly StoredSwitches[] = [decoder, encoder, smollm2, translator];

function heads(names: readonly string[]): HeadRef[] {
  return names.map((name) => {
    const [kind, layer, head] = name.split(".");
    return { kind: kind as HeadRef["kind"], layer: Number(layer), head: Number(head) };
  });
}

describe("stored switches", () => {
  it("are of this format, with the first prompt of every task", () => {
    for (const stored of ALL) expect(stored.version).toBe(VERSION);
    const runs = ALL.flatMap(({ runs }) => runs.map(({ task }) => task));
    for (const { id } of HEAD_TASKS) expect(runs).toContain(id);
  });

  // The real decoder takes too long here; its numbers are made by the same program.
  it.each([decoder, translator, encoder])(
    "are what $model says (else: npm run store:switches)",
    async (stored) => {
      const model = await openLocal(stored.model);
      for (const { task, off, fill, said } of stored.runs) {
        const prompt = HEAD_TASKS.find(({ id }) => id === task)?.prompts[0];
        if (!prompt) throw new Error(`${task} is no task`);
        const run = (request: Parameters<Model["trace"]>[0]) => model.trace(request);
        const whole = await ask(model.info.family, prompt, { off: [], fill: "zero" }, run, null);
        const now = await ask(model.info.family, prompt, { off: heads(off), fill: fill as "zero" }, run, whole);
        expect(now.said.metric).toBeCloseTo(said.metric, 2);
        expect([now.said.text, now.said.stands]).toEqual([said.text, said.stands]);
        expect([now.said.length, now.said.cut]).toEqual([said.length, said.cut]);
        expect(now.said.words.map(({ token }) => token)).toEqual(said.words.map(({ token }) => token));
        expect(storedSaid(stored, task, off, "zero")).toEqual(said);
      }
    },
    60_000,
  );
});

describe("a stored ranking", () => {
  const task = HEAD_TASKS.find(({ id }) => id === "capital");
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 60_000);

  it("is the sweep over the task’s prompts, the most needed head first", async () => {
    const stored = storedSweep(decoder, "capital", "mean");
    const sweep = await sweepHeads(model, { prompts: task?.prompts ?? [], fill: "mean" }, TOOLS);
    expect(stored?.prompts).toBe(task?.prompts.length);
    for (const [at, value] of (sweep.effects[0]?.mean.data ?? []).entries()) {
      expect(stored?.effects[0]?.mean.data[at]).toBeCloseTo(value, 2);
    }
    const ranked = stored ? rankedHeads(stored) : [];
    expect(ranked.map(({ effect }) => effect)).toEqual(ranked.map(({ effect }) => effect).sort((a, b) => a - b));
    expect(headName(ranked[0]?.ref ?? { kind: "cross", layer: 9, head: 9 })).toMatch(/^decoder\.\d\.\d$/);
  }, 60_000);

  it("has the curve of its order", async () => {
    const sweep = storedSweep(decoder, "capital", "zero");
    const order = sweep ? rankedHeads(sweep).map(({ ref }) => ref) : [];
    const steps = stepsFor(order.length);
    const orders = [order, ...shuffles(order, order.length, 1)];
    const curve = await studyOrders(model, { prompts: task?.prompts ?? [], fill: "zero", orders, steps }, TOOLS);
    const stored = storedCurve(decoder, "capital", "zero");
    expect(stored?.steps).toEqual(steps);
    for (const [step, share] of (curve.values[0] ?? []).entries()) {
      expect(stored?.values[0]?.[step]).toBeCloseTo(share, 2);
    }
  }, 60_000);

  it("of a task that was not swept is none", () => {
    expect(storedSweep(smollm2, "capital", "zero")).toBeNull();
    expect(storedCurve(smollm2, "capital", "zero")).toBeNull();
  });
});
