import { describe, expect, it } from "vitest";
import { FIRST, readIgQuestion, sameEnd, sameWay } from "../../../../../src/components/widgets/ig-path/igQuestion.ts";

const read = (fields: Record<string, unknown>) => readIgQuestion(new Map(Object.entries(fields)), FIRST);

describe("readIgQuestion", () => {
  it("takes what is allowed", () => {
    const wanted = {
      baseline: { kind: "text", text: "A cat" },
      rule: "gauss-legendre",
      steps: "adaptive",
      bound: 0.05,
    };
    expect(read(wanted)).toEqual({ ...FIRST, ...wanted });
  });

  it("keeps to what it was where a link holds anything else", () => {
    expect(read({ baseline: { kind: "toString" }, rule: 3, steps: "many", bound: 0.02, method: "rollout" })).toEqual(
      FIRST,
    );
  });

  it("gives a question whose JSON is that of the same one asked by hand", () => {
    const base = { ...FIRST, source: "A cat" };
    const link = new Map<string, unknown>(Object.entries({ ...base, baseline: { kind: "mean" }, steps: 8 }));
    const asked = { ...base, baseline: { kind: "mean" } as const, steps: 8 };
    expect(JSON.stringify(readIgQuestion(link, base))).toBe(JSON.stringify(asked));
  });

  it("clamps steps to both limits", () => {
    expect([1, 3, 1e9].map((steps) => read({ steps }).steps)).toEqual([2, 3, 256]);
  });
});

describe("sameWay", () => {
  it("minds where a walk begins and ends, not its steps", () => {
    expect(sameWay(FIRST, { ...FIRST, steps: 4, rule: "gauss-legendre", bound: 0.1 })).toBe(true);
    expect(sameWay(FIRST, { ...FIRST, baseline: { kind: "zero" } })).toBe(false);
    expect(sameWay(FIRST, { ...FIRST, source: "A cat" })).toBe(false);
  });
});

describe("sameEnd", () => {
  it("does not mind where a walk begins", () => {
    expect(sameEnd(FIRST, { ...FIRST, baseline: { kind: "zero" } })).toBe(true);
    expect(sameEnd(FIRST, { ...FIRST, place: 2 })).toBe(false);
  });
});
