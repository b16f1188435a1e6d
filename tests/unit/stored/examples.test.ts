import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import type { Tensor, Trace } from "../../../src/engine/model.ts";
import type { Translator } from "../../../src/engine/runtime/translator.ts";
import { EXAMPLES } from "../../../src/stored/examples.ts";
import { decodeTrace, encodeHidden, encodeTrace } from "../../../src/stored/format.ts";

const TOLERANCE = 1e-3;
const LARGEST = 40_000;
const AGAIN = "stored results are older than the model: run npm run store";

const text = (name: string) => readFileSync(`src/stored/${name}.json`, "utf8");
const stored = (name: string) => JSON.parse(text(name));

let translator: Translator;
beforeAll(async () => {
  translator = await openLocal("translator-en-fr");
}, 120_000);

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

function expectSame(old: Trace, now: Trace): void {
  expect(old.source, AGAIN).toEqual(now.source);
  expect(old.target, AGAIN).toEqual(now.target);
  for (const kind of ["encoder", "decoder", "cross"] as const) {
    expect(difference(old.attention[kind], now.attention[kind]), AGAIN).toBeLessThan(TOLERANCE);
    expect(zeros(old.attention[kind]), "a tiny weight is not a masked one").toEqual(zeros(now.attention[kind]));
  }
  expect(old.roles.map(({ role, kind }) => [role, kind])).toEqual(now.roles.map(({ role, kind }) => [role, kind]));
  now.roles.forEach(({ values }, i) => {
    const before = old.roles[i]?.values;
    expect(before && difference(before, values), AGAIN).toBeLessThan(TOLERANCE);
  });
  const losses = (trace: Trace): Tensor => ({ data: trace.tokenLoss, shape: [trace.tokenLoss.length] });
  expect(difference(losses(old), losses(now)), AGAIN).toBeLessThan(TOLERANCE);
  expect(old.logitsShape).toEqual(now.logitsShape);
}

describe("stored results", () => {
  it.each(EXAMPLES)("of $id are what the model gives", async (example) => {
    const now = await translator.trace({ ...example, include: ["hidden"] });
    const hidden = example.hidden ? stored(`${example.id}.hidden`) : undefined;
    const old = decodeTrace(stored(example.id), hidden);
    expectSame(old, now);
    expect(text(example.id).length).toBeLessThan(LARGEST);
    if (!old.hidden || !now.hidden) return expect(example.hidden ?? false).toBe(false);
    expect(difference(old.hidden.encoder, now.hidden.encoder), AGAIN).toBeLessThan(TOLERANCE);
    expect(difference(old.hidden.decoder, now.hidden.decoder), AGAIN).toBeLessThan(TOLERANCE);
  });

  it("of the model itself are what its files say", () => {
    expect(stored("translator-en-fr").info, AGAIN).toEqual(translator.info);
  });

  it("come back from the format as they went in", async () => {
    const [example] = EXAMPLES;
    if (!example) throw new Error("there is no example");
    const trace = await translator.trace({ ...example, include: ["hidden"] });
    const hidden = encodeHidden(example.id, trace);
    const back = decodeTrace(
      JSON.parse(JSON.stringify(encodeTrace(example.id, trace))),
      hidden ? JSON.parse(JSON.stringify(hidden)) : undefined,
    );
    expectSame(back, trace);
    // One step of the fixed point.
    expect(difference(back.attention.cross, trace.attention.cross)).toBeLessThan(1.6e-5);
    expect(back.milliseconds).toBe(0);
  });

  it("of another format are refused", () => {
    expect(() => decodeTrace({ ...stored("capital"), version: 0 })).toThrow("format 0");
  });
});
