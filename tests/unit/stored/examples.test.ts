import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import type { AnyTrace, AttentionKind, Model, Tensor } from "../../../src/engine/model.ts";
import { BUILT_IN } from "../../../src/engine/runtime/models.ts";
import { EXAMPLES, type Example } from "../../../src/stored/examples.ts";
import {
  decodeTrace,
  encodeHidden,
  encodeTrace,
  type StoredHidden,
  type StoredRun,
} from "../../../src/stored/format.ts";
import { aboutModel } from "../../../src/stored/models.ts";

const TOLERANCE = 1e-3;
const LARGEST = 40_000;
const AGAIN = "stored results are older than the model: run npm run store";
const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

const text = (name: string) => readFileSync(`src/stored/${name}.json`, "utf8");
const storedRun = (name: string): StoredRun => JSON.parse(text(name));
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The largest difference of two tensors, as a share of the largest number where that is above 1. */
function difference(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const scale = b.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? Number.NaN))), 0) / scale;
}

/** Where a tensor is exactly 0. */
function zeros({ data }: Tensor): number[] {
  return Array.from(data.keys()).filter((i) => data[i] === 0);
}

function expectSame(old: AnyTrace, now: AnyTrace): void {
  expect(old.source, AGAIN).toEqual(now.source);
  expect(old.target, AGAIN).toEqual(now.target);
  expect(Object.keys(old.attention).sort()).toEqual(Object.keys(now.attention).sort());
  for (const kind of KINDS) {
    const [before, after] = [old.attention[kind], now.attention[kind]];
    if (!before || !after) continue;
    expect(difference(before, after), AGAIN).toBeLessThan(TOLERANCE);
    expect(zeros(before), "a tiny weight is not a masked one").toEqual(zeros(after));
  }
  expect(old.roles.map(({ role, kind }) => [role, kind])).toEqual(now.roles.map(({ role, kind }) => [role, kind]));
  now.roles.forEach(({ values }, i) => {
    const before = old.roles[i]?.values;
    expect(before && difference(before, values), AGAIN).toBeLessThan(TOLERANCE);
  });
  const losses = (trace: AnyTrace): Tensor => ({ data: trace.tokenLoss, shape: [trace.tokenLoss.length] });
  expect(difference(losses(old), losses(now)), AGAIN).toBeLessThan(TOLERANCE);
  const best = (trace: AnyTrace) => trace.predictions.map((row) => row.map(({ id }) => id));
  expect(best(old), AGAIN).toEqual(best(now));
}

// A model that is built on demand may not be here; what is stored of it was made where it was.
const here = (model: string) => existsSync(`public/models/${model}/manifest.json`);

describe.each(Object.keys(BUILT_IN))("stored results of %s", (name) => {
  const examples = EXAMPLES.filter(({ model }) => model === name);
  const run = ({ source, target, ids, alignment, hidden }: Example) => {
    const include = hidden ? (["hidden"] as const) : [];
    return model.trace({ source, target, include, ...(ids && { ids }), ...(alignment && { alignment }) });
  };
  let model: Model;
  beforeAll(async () => {
    if (here(name)) model = await openLocal(name);
  }, 120_000);

  it("are there, and small", () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { id } of examples) {
      expect(text(id).length).toBeLessThan(LARGEST);
      expect(decodeTrace(storedRun(id)).model).toBe(name);
    }
    expect(aboutModel(name).info.id).toBe(name);
  });

  it.skipIf(!here(name)).each(examples)("of $id are what the model gives", async (example) => {
    const now = await run(example);
    const hidden: StoredHidden | undefined = example.hidden ? JSON.parse(text(`${example.id}.hidden`)) : undefined;
    const old = decodeTrace(storedRun(example.id), hidden);
    expectSame(old, now);
    if (!hidden || old.target === null || now.target === null) return;
    for (const stack of ["encoder", "decoder"] as const) {
      const [before, after] = [old.hidden?.[stack], now.hidden?.[stack]];
      expect(before && after && difference(before, after), AGAIN).toBeLessThan(TOLERANCE);
    }
  });

  it.skipIf(!here(name))("of the model itself are what its files say", () => {
    expect(aboutModel(name).info, AGAIN).toEqual(model.info);
  });

  it.skipIf(!here(name))("come back from the format as they went in", async () => {
    const [example] = examples;
    if (!example) throw new Error("there is no example");
    const trace = await run(example);
    const hidden = trace.target === null ? null : encodeHidden(example.id, trace);
    const back = decodeTrace(copied(encodeTrace(example.id, trace)), hidden ? copied(hidden) : undefined);
    expectSame(back, trace);
    for (const kind of KINDS) {
      const [before, after] = [back.attention[kind], trace.attention[kind]];
      // One step of the fixed point.
      if (before && after) expect(difference(before, after)).toBeLessThan(1.6e-5);
    }
    expect(back.milliseconds).toBe(0);
  });
});

describe("the stored format", () => {
  it("refuses another version", () => {
    expect(() => decodeTrace({ ...storedRun("capital"), version: 0 })).toThrow("format 0");
  });

  it("keeps the only kind of attention of a model with one stack", () => {
    const trace = decodeTrace(storedRun("brown-dog-decoder"));
    expect(trace).toMatchObject({ kind: "decoder", target: null });
    expect(Object.keys(trace.attention)).toEqual(["decoder"]);
  });
});
