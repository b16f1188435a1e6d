import { describe, expect, it } from "vitest";
import { checkers } from "../../../../src/components/exercises/checkers.ts";
import { readProgress } from "../../../../src/components/exercises/progress/validate.ts";
import { shuffled, swapped } from "../../../../src/components/exercises/steps.ts";
import type { Keys } from "../../../../src/components/exercises/types.ts";
import { evidenceOf } from "./trace.ts";

const evidence = evidenceOf();

describe("order", () => {
  const key: Keys["order"] = { steps: ["q", "dot", "mask", "softmax"] };
  const check = (...answer: string[]) => checkers.order.check(answer, key, null);

  it("is right in the one order", () => {
    expect(check("q", "dot", "mask", "softmax")).toMatchObject({ state: "right", why: "right" });
    expect(checkers.order.check(checkers.order.solve(key, null).answer, key, null).state).toBe("right");
  });

  it("is close with two neighbours changed about, and names the step that stands too early", () => {
    expect(check("q", "mask", "dot", "softmax")).toMatchObject({ state: "close", why: "mask", facts: { place: 2 } });
    expect(check("softmax", "q", "dot", "mask")).toMatchObject({
      state: "wrong",
      why: "softmax",
      facts: { inPlace: 0 },
    });
    expect(check("q", "softmax", "mask", "dot")).toMatchObject({ state: "wrong", why: "softmax" });
  });

  it("is unsettled before all steps stand there once", () => {
    expect(checkers.order.check(null, key, null).state).toBe("unsettled");
    expect(check("q", "q", "dot", "mask").state).toBe("unsettled");
    expect(check("q").state).toBe("unsettled");
  });

  it("never explains by the first step, which cannot stand too early", () => {
    const orders = permutations(key.steps).map((order) => check(...order).why);
    expect(new Set(orders)).toEqual(new Set(checkers.order.explanations(key)));
  });
});

describe("steps", () => {
  it("start in another order than the right one, the same each time", () => {
    for (const id of ["a", "b", "6.1.1-x", "zz"]) {
      const order = shuffled(["1", "2", "3"], id);
      expect(order).not.toEqual(["1", "2", "3"]);
      expect([...order].sort()).toEqual(["1", "2", "3"]);
      expect(shuffled(["1", "2", "3"], id)).toEqual(order);
    }
  });

  it("change places, not over the edge", () => {
    expect(swapped(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(swapped(["a", "b", "c"], 2, 3)).toEqual(["a", "b", "c"]);
  });
});

describe("several", () => {
  const key: Keys["several"] = { right: ["a", "c"], choices: ["a", "b", "c", "d"] };
  const check = (...answer: string[]) => checkers.several.check(answer, key, null);

  it("needs all and no other", () => {
    expect(check("c", "a")).toMatchObject({ state: "right" });
    expect(check("a")).toMatchObject({ state: "close", why: "missing", facts: { missing: 1, all: 2 } });
    expect(check("a", "b", "c")).toMatchObject({ state: "close", why: "b" });
    expect(check("a", "b")).toMatchObject({ state: "wrong", why: "b" });
    expect(check("b", "d")).toMatchObject({ state: "wrong", why: "b", facts: { extra: 2 } });
  });

  it("is unsettled with nothing chosen", () => {
    expect(check().state).toBe("unsettled");
    expect(check("no-choice-of-this-exercise").state).toBe("unsettled");
  });
});

describe("tokens", () => {
  const pieces: Keys["tokens"] = { side: "source", rule: { are: "pieces" } };
  const looked: Keys["tokens"] = { side: "source", rule: { part: "cross", from: "chien", above: 0.3 } };
  const at = (...places: number[]) => ({ places, tokens: 4 });

  it("are meant by what they are", () => {
    expect(checkers.tokens.check(at(1, 2), pieces, evidence)).toMatchObject({ state: "right" });
    expect(checkers.tokens.check(at(1), pieces, evidence)).toMatchObject({ state: "close", why: "missing" });
    expect(checkers.tokens.check(at(0, 1, 2), pieces, evidence)).toMatchObject({
      why: "extra",
      facts: { token: "The" },
    });
    const special: Keys["tokens"] = { side: "written", rule: { are: "special" } };
    expect(checkers.tokens.solve(special, evidence).answer).toEqual({ places: [2], tokens: 3 });
  });

  it("are meant by the weight that lies on them", () => {
    expect(checkers.tokens.check(at(1, 2), looked, evidence).state).toBe("right");
    expect(checkers.tokens.solve(looked, evidence).answer).toEqual(at(1, 2));
  });

  it("are meant by a number that the figure publishes of each", () => {
    const falls = { ...evidence, numbers: { "fall.chien.1": 0.2, "fall.chien.2": 8.4, "fall.Le.0": 9 } };
    const most: Keys["tokens"] = { side: "source", rule: { most: "fall.chien" } };
    expect(checkers.tokens.check(at(2), most, falls).state).toBe("right");
    expect(checkers.tokens.check(at(1), most, falls)).toMatchObject({ state: "wrong", why: "extra" });
    expect(checkers.tokens.check(at(2), most, evidence).why).toBe("other-text");
    expect(checkers.tokens.solve(most, falls).answer).toEqual(at(2));
  });

  it("cannot be settled on another text, or on one that has none", () => {
    expect(checkers.tokens.check({ places: [1], tokens: 9 }, pieces, evidence).why).toBe("other-size");
    const other: Keys["tokens"] = { side: "source", rule: { part: "cross", from: "Paris", above: 0.3 } };
    expect(checkers.tokens.check(at(1), other, evidence).why).toBe("other-text");
    expect(checkers.tokens.check(at(), pieces, evidence).why).toBe("no-answer");
    expect(checkers.tokens.check(at(1), pieces, null).why).toBe("no-figure");
  });
});

describe("a text of one's own", () => {
  const key: Keys["reach"] = { value: "shown.misses", least: 1 };
  const showing = (misses: number, live: boolean) => ({ ...evidence, live, numbers: { misses } });

  it("is settled by a live run alone", () => {
    expect(checkers.reach.check(1, key, showing(1, true))).toMatchObject({ state: "right", facts: { value: 1 } });
    expect(checkers.reach.check(0, key, showing(0, true))).toMatchObject({ state: "wrong", why: "short" });
    expect(checkers.reach.check(1, key, showing(1, false))).toMatchObject({ state: "wrong", why: "stored" });
  });

  it("cannot be settled by a figure that counts no such thing, or by none", () => {
    expect(checkers.reach.check(1, key, { ...evidence, live: true }).why).toBe("other-text");
    expect(checkers.reach.check(1, key, null).why).toBe("no-figure");
    expect(checkers.reach.check(null, key, showing(1, true)).why).toBe("no-answer");
  });

  it("has no one solution: only what is found is shown", () => {
    expect(checkers.reach.solve(key, showing(2, true))).toEqual({ answer: 2, facts: { value: 2 } });
    expect(checkers.reach.solve(key, showing(2, false)).answer).toBeNull();
  });
});

describe("answers of these kinds", () => {
  const record = (kind: string, answer: unknown) =>
    JSON.stringify({
      format: "underhood-progress",
      version: 1,
      course: "",
      exercises: {
        x: {
          ...{ kind, answer, version: "a", verdict: null, tries: 0, hints: 0 },
          ...{ solutionSeen: false, done: false, changed: false, at: 0 },
        },
      },
    });

  it.each([
    ["order", ["a", "b"]],
    ["several", ["a"]],
    ["tokens", { places: [1, 2], tokens: 4 }],
    ["reach", 2],
    ["code", "if (a <b) print('<img>')\n"],
  ])("are read back: %s", (kind, answer) => {
    const reading = readProgress(record(kind, answer), null);
    expect(reading.ok && reading.progress.exercises.x?.answer).toEqual(answer);
  });

  it.each([
    ["order", "a"],
    ["order", ["<b>"]],
    ["several", [1]],
    ["reach", "2"],
    ["tokens", { places: [-1], tokens: 4 }],
    ["tokens", { places: "12", tokens: 4 }],
    ["code", { text: "1" }],
    ["code", "x".repeat(20_001)],
    ["code", "a\u0000b"],
  ])("are refused in another shape: %s %j", (kind, answer) => {
    expect(readProgress(record(kind, answer), null).ok).toBe(false);
  });
});

function permutations(items: readonly string[]): string[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
