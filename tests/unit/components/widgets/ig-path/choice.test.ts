import { describe, expect, it } from "vitest";
import {
  baselineOf,
  type Choice,
  clampSteps,
  readChoice,
  requestOf,
  sameWalk,
} from "../../../../../src/components/widgets/ig-path/choice.ts";

const START: Choice = { from: "pad", text: "", rule: "riemann", steps: 16, bound: 0.01 };
const read = (fields: Record<string, unknown>) => readChoice(new Map(Object.entries(fields)), START);

describe("readChoice", () => {
  it("takes what is allowed", () => {
    const wanted = { from: "text", text: "A cat", rule: "gauss-legendre", steps: "adaptive", bound: 0.05 };
    expect(read(wanted)).toEqual(wanted);
  });

  it("keeps to what it was where a link holds anything else", () => {
    expect(read({ from: "toString", rule: 3, steps: "many", bound: 0.02, text: 7 })).toEqual(START);
    expect(read({ steps: Number.NaN }).steps).toBe(2);
  });

  it("clamps steps and cuts texts", () => {
    expect([0, 3.4, 1e9].map((steps) => read({ steps }).steps)).toEqual([2, 3, 256]);
    expect(read({ text: "x".repeat(5000) }).text).toHaveLength(2000);
    expect(clampSteps(300)).toBe(256);
  });
});

describe("requestOf", () => {
  const run = { source: "A", target: null };
  const target = { kind: "token", row: 0, id: 5, scale: "logit" } as const;

  it("asks for the steps, with a bound only where they adapt", () => {
    expect(requestOf(START, run, target)).toEqual({
      method: "integrated-gradients",
      run,
      targets: [target],
      baseline: { kind: "pad" },
      rule: "riemann",
      steps: 16,
    });
    expect(requestOf({ ...START, steps: "adaptive" }, run, target).bound).toBe(0.01);
  });

  it("begins at a text, or at padding where that is empty", () => {
    expect(baselineOf({ ...START, from: "text", text: " A cat " })).toEqual({ kind: "text", text: "A cat" });
    expect(baselineOf({ ...START, from: "text", text: " " })).toEqual({ kind: "pad" });
  });
});

describe("sameWalk", () => {
  it("minds only what is asked of the model", () => {
    expect(sameWalk(START, { ...START, bound: 0.1, text: "unused" })).toBe(true);
    expect(sameWalk({ ...START, steps: "adaptive" }, { ...START, steps: "adaptive", bound: 0.1 })).toBe(false);
    expect(sameWalk(START, { ...START, from: "zero" })).toBe(false);
  });
});
