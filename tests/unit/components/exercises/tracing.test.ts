import { describe, expect, it } from "vitest";
import { checkers } from "../../../../src/components/exercises/checkers.ts";
import type { Evidence, Traced } from "../../../../src/components/exercises/evidence.ts";
import { storedRun } from "../../../helpers/runCode.ts";

const trace = storedRun("brown-dog");
const tokens = trace.source.tokens.length;
const [brown, dog, ran] = ["brown", "dog", "ran"].map((word) =>
  trace.source.tokens.findIndex(({ text }) => text === word),
);
if (brown === undefined || dog === undefined || ran === undefined) throw new Error("the stored run is another one");

const evidence = (traced?: Traced, more: Partial<Evidence> = {}): Evidence => ({
  figure: "f",
  trace,
  live: true,
  focus: null,
  ...(traced && { traced }),
  ...more,
});
const at = (...places: number[]) => ({ places, tokens });

describe("a bet", () => {
  const key = { side: "source", request: { method: "input-x-gradient" } } as const;
  // The largest of all lies on the instruction, which is not offered and does not count.
  const scores = { 0: 99, [brown]: -3, [dog]: 2, [ran]: 1 };

  it.each([
    [brown, "right", "first", 1],
    [dog, "close", "close", 2],
    [ran, "close", "close", 3],
  ])("on place %i is %s", (place, state, why, rank) => {
    const verdict = checkers.bet.check(at(place), key, evidence({ scores }));
    expect(verdict).toMatchObject({ state, why, facts: { rank, words: 4, top: "brown", topNumber: -3 } });
    expect(checkers.bet.ends).toContain(state);
  });

  it("far off is told so", () => {
    const the = dog - 2;
    expect(checkers.bet.check(at(the), key, evidence({ scores }))).toMatchObject({ state: "wrong", why: "far" });
  });

  it("waits for an answer, a figure, a model and the same text", () => {
    expect(checkers.bet.check(null, key, evidence({ scores })).why).toBe("no-answer");
    expect(checkers.bet.check(at(dog), key, null).why).toBe("no-figure");
    expect(checkers.bet.check(at(dog), key, evidence()).why).toBe("not-asked");
    expect(checkers.bet.check({ places: [dog], tokens: 3 }, key, evidence({ scores })).why).toBe("other-size");
    expect(checkers.bet.solve(key, evidence({ scores })).answer).toEqual(at(brown));
    expect(checkers.bet.solve(key, evidence()).answer).toBeNull();
  });
});

describe("two methods that disagree", () => {
  const key = { below: 0.5 };
  const said = (rho: number, first: string, second: string, live = true) =>
    checkers.disagree.check(rho, key, evidence(undefined, { comparison: { rho, first, second }, live }));

  it.each([
    [0.2, "dog", "ran", true, "right", "right"],
    [0.2, "dog", "dog", true, "wrong", "same"],
    [0.7, "dog", "ran", true, "close", "order"],
    [0.2, "dog", "ran", false, "wrong", "stored"],
  ])("ρ %f, %s against %s, live %s: %s", (rho, first, second, live, state, why) => {
    expect(said(rho, first, second, live)).toMatchObject({ state, why, facts: { rho, first, second, below: 0.5 } });
  });

  it("need two methods", () => {
    expect(checkers.disagree.check(0.1, key, evidence()).why).toBe("one-method");
    expect(checkers.disagree.check(0.1, key, null).why).toBe("no-figure");
  });
});

describe("a number of steps", () => {
  const key = { bound: 0.01, enough: 48, most: 256, rule: "riemann" } as const;
  const walked = (steps: number, gap: number) => evidence({ walk: { steps, gap } });

  it.each([
    [8, 0.4, "wrong", "few", 40],
    [48, 0.009, "right", "right", 0.9],
    [49, 0.01, "wrong", "few", 1],
    [64, 0.004, "close", "many", 0.4],
    [5, Number.POSITIVE_INFINITY, "wrong", "few", Number.POSITIVE_INFINITY],
  ])("of %i with a gap of %f is %s", (steps, gap, state, why, percent) => {
    const verdict = checkers.steps.check(steps, key, walked(steps, gap));
    expect(verdict).toMatchObject({ state, why, facts: { steps, bound: 1 } });
    expect(verdict.facts.gap).toBeCloseTo(percent, 5);
  });

  it("has to be a whole one within reach, and walked", () => {
    for (const odd of [null, 0, 257, 1.5]) expect(checkers.steps.check(odd, key, walked(8, 0)).why).toBe("no-answer");
    expect(checkers.steps.check(9, key, walked(8, 0)).why).toBe("not-asked");
    expect(checkers.steps.check(9, key, null).why).toBe("no-figure");
    expect(checkers.steps.solve(key, walked(8, 0)).answer).toBe(8);
    expect(checkers.steps.solve(key, walked(8, 1)).answer).toBeNull();
  });
});

describe("words taken away", () => {
  const key = { side: "source", except: [] } as const;
  const traced = { value: 2, scores: { [brown]: 1, [dog]: 3, [ran]: -4 }, order: [brown, dog, ran] };

  it("turn the answer round or leave it standing, counted in tries", () => {
    expect(checkers.flip.check(at(brown), key, evidence(traced))).toMatchObject({
      state: "wrong",
      why: "stands",
      facts: { token: "brown", before: 2, after: 1, tries: 1, ranked: 2 },
    });
    expect(checkers.flip.check(at(brown, dog), key, evidence(traced))).toMatchObject({
      state: "right",
      facts: { token: "dog", after: -1, tries: 2, ranked: 2 },
    });
    expect(checkers.flip.check(at(ran), key, evidence(traced)).state).toBe("wrong");
  });

  it("are ranked among those that are offered", () => {
    const facts = (except: string[]) => checkers.flip.check(at(dog), { ...key, except }, evidence(traced)).facts;
    expect(facts(["brown"]).ranked).toBe(1);
    expect(facts(["dog"]).ranked).toBe(0);
    expect(checkers.flip.solve({ ...key, except: ["dog"] }, evidence(traced)).answer).toBeNull();
  });

  it("are asked of the model first", () => {
    expect(checkers.flip.check(at(dog), key, evidence()).why).toBe("not-asked");
    expect(checkers.flip.check(at(), key, evidence(traced)).why).toBe("no-answer");
    expect(checkers.flip.solve(key, evidence(traced)).answer).toEqual(at(dog));
    expect(checkers.flip.solve(key, evidence({ value: 2, scores: { [brown]: 1 }, order: [brown] })).answer).toBeNull();
  });
});

describe("tokens below a limit", () => {
  const key = { side: "source", rule: { below: "score", limit: 0 } } as const;
  const numbers = { [`score.${brown}`]: -1, [`score.${dog}`]: 2, [`score.${ran}`]: -0.1 };

  it("are all meant", () => {
    const shown = evidence(undefined, { numbers });
    expect(checkers.tokens.check(at(brown, ran), key, shown).state).toBe("right");
    expect(checkers.tokens.check(at(brown), key, shown).why).toBe("missing");
    expect(checkers.tokens.check(at(brown, dog, ran), key, shown).why).toBe("extra");
    expect(checkers.tokens.check(at(brown), key, evidence()).why).toBe("other-text");
  });
});
