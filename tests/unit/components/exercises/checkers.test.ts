import { describe, expect, it } from "vitest";
import { checkers } from "../../../../src/components/exercises/checkers.ts";
import { outlineOf } from "../../../../src/components/exercises/outline.ts";
import { readNumber } from "../../../../src/components/exercises/readNumber.ts";
import type { Cell, Keys } from "../../../../src/components/exercises/types.ts";
import { smallTextTrace } from "../../../helpers/traces.ts";
import { evidenceOf, roleScores, smallTrace } from "./trace.ts";

const evidence = evidenceOf();

describe("all checkers", () => {
  it("settle nothing before an answer is given", () => {
    expect(checkers.numeric.check(null, { value: 2, tolerance: 0, traps: [] }, evidence).state).toBe("unsettled");
    expect(checkers.choice.check(null, { right: ["a"], choices: ["a"] }, evidence).state).toBe("unsettled");
    expect(checkers.predict.check(null, { much: 0.5 }, evidence).state).toBe("unsettled");
    expect(checkers.cells.check(null, { kind: "decoder" }, evidence).state).toBe("unsettled");
    expect(checkers.head.check(null, heads("same"), evidence).state).toBe("unsettled");
  });

  it("settle nothing about a model before a figure is drawn", () => {
    expect(checkers.numeric.check(2, { value: "heads", tolerance: 0, traps: [] }, null).why).toBe("no-figure");
    expect(checkers.head.check("none", heads("same"), null).why).toBe("no-figure");
  });

  it("find their own solution right", () => {
    const key = heads("same");
    expect(checkers.head.check(checkers.head.solve(key, evidence).answer, key, evidence).state).toBe("right");
    const cells: Keys["cells"] = { kind: "decoder" };
    expect(checkers.cells.check(checkers.cells.solve(cells, evidence).answer, cells, evidence).state).toBe("right");
    const guess = checkers.predict.solve({ much: 0.5 }, evidence);
    expect(checkers.predict.check(guess.answer, { much: 0.5 }, evidence).state).toBe("right");
    const number: Keys["numeric"] = { value: "encoder.layers", tolerance: 0, traps: [] };
    expect(checkers.numeric.solve(number, evidence).answer).toBe(2);
  });
});

describe("numeric", () => {
  const key: Keys["numeric"] = { value: "heads", tolerance: 0, traps: ["encoder.heads", "layers.together", "7"] };

  it("takes the value from the run, and names a mix-up", () => {
    expect(checkers.numeric.check(2, key, evidence)).toMatchObject({ state: "right", why: "right" });
    expect(checkers.numeric.check(4, key, evidence).why).toBe("encoder.heads");
    expect(checkers.numeric.check(7, key, evidence).why).toBe("7");
    expect(checkers.numeric.check(1, key, evidence).why).toBe("low");
    expect(checkers.numeric.check(99, key, evidence).why).toBe("high");
  });

  it("counts heads by their weight between two words", () => {
    const count: Keys["numeric"] = {
      value: { part: "cross", from: "chien", to: "dog", above: 0.45 },
      tolerance: 0,
      traps: ["cross.heads"],
    };
    expect(checkers.numeric.check(4, count, evidence)).toMatchObject({
      state: "right",
      mark: { head: { layer: 1, head: 0 } },
    });
    const narrow = { ...count, value: { part: "cross" as const, from: "chien", to: "dog", above: 0.6 } };
    expect(checkers.numeric.solve(narrow, evidence).answer).toBe(1);
    const near = checkers.numeric.check(2, narrow, evidence);
    expect(near).toMatchObject({ state: "close", why: "near", facts: { most: 0.5 } });
    expect(near.facts.least).toBeCloseTo(0.8);
    expect(checkers.numeric.check(4, narrow, evidence).why).toBe("cross.heads");
    const other = { ...count, value: { part: "cross" as const, from: "Paris", to: "dog", above: 0.5 } };
    expect(checkers.numeric.check(2, other, evidence).why).toBe("other-text");
  });

  it("asks for a number that the figure publishes, and names a mix-up with another", () => {
    const shown: Keys["numeric"] = { value: "shown.score", tolerance: 0.01, traps: ["shown.dot"] };
    const seen = { ...evidence, numbers: { score: 1.52, dot: 10.51 } };
    expect(checkers.numeric.check(1.517, shown, seen)).toMatchObject({ state: "right", facts: { value: 1.52 } });
    expect(checkers.numeric.check(10.51, shown, seen).why).toBe("shown.dot");
    expect(checkers.numeric.check(2, shown, seen).why).toBe("high");
    expect(checkers.numeric.solve(shown, seen).answer).toBe(1.52);
    expect(checkers.numeric.check(1.517, shown, evidence).state).toBe("unsettled");
    expect(checkers.numeric.measured(shown)).toBe(true);
  });

  it("accepts within its tolerance", () => {
    const near: Keys["numeric"] = { value: 0.5, tolerance: 0.01, traps: [] };
    expect(checkers.numeric.check(0.505, near, null).state).toBe("right");
    expect(checkers.numeric.check(0.52, near, null).state).toBe("wrong");
  });

  it.each([
    ["3", 3],
    [" 3.0 ", 3],
    ["0,71", 0.71],
    ["71 %", 0.71],
    [".5", 0.5],
    ["−2", -2],
    ["3e2", 300],
    ["three", 3],
    [" Twelve", 12],
    ["threefold", null],
    ["", null],
    ["<img>", null],
    ["1e999", Number.POSITIVE_INFINITY],
  ])("reads %j as %j", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it("does not settle what is no number", () => {
    expect(checkers.numeric.check(Number.POSITIVE_INFINITY, key, evidence).state).toBe("unsettled");
  });
});

function heads(role: "same" | "previous" | "end" | "alignment", kind: Keys["head"]["kind"] = "encoder"): Keys["head"] {
  return { kind, measure: { role }, share: 0.8, floor: 0.4 };
}

describe("pick a head", () => {
  const at = (layer: number, head: number, kind: Keys["head"]["kind"] = "encoder") => ({ kind, layer, head });

  it("measures the head picked beside the best one", () => {
    const right = checkers.head.check(at(0, 1), heads("same"), evidence);
    expect(right).toMatchObject({ state: "right", facts: { score: 1, best: 1, bestLayer: 1, bestHead: 2, rank: 1 } });
    expect(right.mark?.head).toEqual(at(0, 1));
  });

  it("accepts every head near the best", () => {
    expect(checkers.head.check(at(1, 0), heads("end"), evidence).state).toBe("right");
    expect(checkers.head.check(at(1, 1), { ...heads("end"), share: 0.75 }, evidence).state).toBe("right");
    expect(checkers.head.check(at(1, 1), heads("end"), evidence).state).toBe("close");
  });

  it("lets the floor alone decide where no share is asked for", () => {
    const key: Keys["head"] = { ...heads("end"), share: 0, floor: 0.6 };
    expect(checkers.head.check(at(1, 1), key, evidence).state).toBe("right");
    expect(checkers.head.check(at(0, 1), key, evidence).state).toBe("wrong");
  });

  it("says what a wrong head does instead", () => {
    const wrong = checkers.head.check(at(0, 1), heads("end"), evidence);
    expect(wrong).toMatchObject({
      state: "wrong",
      why: "plays",
      facts: { plays: "token itself", playsScore: 1, playsChance: 0.25 },
    });
    expect(checkers.head.check(at(0, 0), heads("same"), evidence).why).toBe("spread");
    expect(checkers.head.check(at(0, 0, "cross"), heads("same"), evidence).why).toBe("otherKind");
  });

  it("names a role only where it gets twice what even attention gives", () => {
    const rolesWith = (score: number) => [
      roleScores("same", "encoder", [1, 0, 0, 0]),
      roleScores("end", "encoder", [0, score, 0, 0]),
    ];
    const verdictAt = (score: number) => {
      const trace = { ...smallTrace(), roles: rolesWith(score) };
      return checkers.head.check({ kind: "encoder", layer: 0, head: 1 }, heads("same"), evidenceOf(trace));
    };
    expect(verdictAt(0.49).why).toBe("spread");
    expect(verdictAt(0.5)).toMatchObject({ why: "plays", facts: { plays: "end token </s>", playsChance: 0.25 } });
  });

  it("takes “no head” where none reaches the floor, and only there", () => {
    expect(checkers.head.check("none", heads("previous"), evidence)).toMatchObject({
      state: "right",
      why: "noneRight",
    });
    expect(checkers.head.check(at(0, 0), heads("previous"), evidence)).toMatchObject({
      state: "wrong",
      why: "belowFloor",
    });
    expect(checkers.head.check("none", heads("same"), evidence)).toMatchObject({ state: "wrong", why: "none" });
  });

  it("measures a cell between two words, sub-words summed", () => {
    const key: Keys["head"] = { kind: "cross", measure: { from: "chien", to: "dog" }, share: 0.8, floor: 0.4 };
    const verdict = checkers.head.check(at(1, 0, "cross"), key, evidence);
    expect(verdict.state).toBe("right");
    expect(verdict.facts.score).toBeCloseTo(0.8);
    expect(verdict.mark?.cells).toEqual([
      { query: 1, key: 1 },
      { query: 1, key: 2 },
    ]);
    expect(checkers.head.check(at(0, 0, "cross"), key, evidence).state).toBe("close");
  });

  it("does not settle what the text at hand cannot show", () => {
    const key: Keys["head"] = { kind: "cross", measure: { from: "Paris", to: "France" }, share: 0.8, floor: 0.4 };
    expect(checkers.head.check(at(1, 0, "cross"), key, evidence).why).toBe("other-text");
    expect(checkers.head.check(at(0, 0), heads("alignment"), evidence).why).toBe("other-text");
    expect(checkers.head.check(at(5, 0), heads("same"), evidence).why).toBe("other-size");
  });
});

describe("show a head", () => {
  const key: Keys["show"] = { kind: "cross" };

  it("is settled by what the figure shows alone", () => {
    expect(checkers.show.check("none", key, evidence)).toMatchObject({ state: "wrong", why: "several" });
    expect(checkers.show.check({ kind: "encoder", layer: 0, head: 0 }, key, evidence).why).toBe("otherKind");
    expect(checkers.show.check({ kind: "cross", layer: 1, head: 0 }, key, evidence)).toMatchObject({
      state: "right",
      facts: { layer: 2, head: 1 },
    });
    expect(checkers.show.check({ kind: "cross", layer: 0, head: 0 }, key, evidence).why).toBe("otherLayer");
    expect(checkers.show.check("none", key, null).why).toBe("no-figure");
  });
});

describe("predict", () => {
  const key: Keys["predict"] = { much: 0.6 };

  it("compares a guess with the heads' weights", () => {
    const verdict = checkers.predict.check({ kind: "cross", query: 0, key: 0 }, key, evidence);
    expect(verdict).toMatchObject({
      state: "right",
      facts: { query: "Le", key: "The", layer: 2, head: 1, rank: 1, keys: 4 },
    });
    expect(verdict.facts.weight).toBeCloseTo(0.9);
  });

  it("says where attention went instead", () => {
    const verdict = checkers.predict.check({ kind: "cross", query: 0, key: 2 }, key, evidence);
    expect(verdict).toMatchObject({ state: "wrong", why: "wrong", facts: { key: "og", top: "The", topLayer: 2 } });
    expect(checkers.predict.check({ kind: "cross", query: 1, key: 1 }, key, evidence).state).toBe("close");
  });

  it("ranks among the cells that the row sees", () => {
    const verdict = checkers.predict.check({ kind: "decoder", query: 1, key: 0 }, key, evidence);
    expect(verdict.facts).toMatchObject({ rank: 1, keys: 2 });
  });

  it("does not call a weight predicted that the mask forces", () => {
    const forced = checkers.predict.check({ kind: "decoder", query: 0, key: 0 }, key, evidence);
    expect(forced).toMatchObject({ state: "unsettled", why: "forced" });
  });

  it("knows what the mask forbids, and what is not there", () => {
    expect(checkers.predict.check({ kind: "decoder", query: 0, key: 2 }, key, evidence).why).toBe("masked");
    expect(checkers.predict.check({ kind: "decoder", query: 9, key: 0 }, key, evidence).why).toBe("other-size");
  });
});

describe("click cells", () => {
  const key: Keys["cells"] = { kind: "decoder" };
  const zeros: Cell[] = [
    { query: 0, key: 1 },
    { query: 0, key: 2 },
    { query: 1, key: 2 },
  ];
  const check = (cells: readonly Cell[]) => checkers.cells.check({ cells, rows: 3, columns: 3 }, key, evidence);

  it("takes exactly the cells that are 0 in every head, in any order", () => {
    expect(check([...zeros].reverse())).toMatchObject({ state: "right", facts: { zeros: 3, missing: 0, extra: 0 } });
  });

  it("explains a cell clicked wrongly by its weight", () => {
    expect(check([...zeros, { query: 1, key: 1 }])).toMatchObject({
      state: "wrong",
      why: "self",
      facts: { query: "Le", key: "Le", weight: 0.5, extra: 1 },
      mark: { cells: [{ query: 1, key: 1 }] },
    });
    expect(check([...zeros, { query: 2, key: 0 }]).why).toBe("before");
    expect(
      check([
        { query: 1, key: 0 },
        { query: 2, key: 0 },
        { query: 2, key: 1 },
      ]).why,
    ).toBe("reversed");
  });

  it("tells what is missing", () => {
    expect(check(zeros.slice(1))).toMatchObject({
      state: "close",
      why: "missing",
      facts: { missing: 1, query: "<pad>", key: "Le" },
    });
  });

  it("does not settle an answer for another text", () => {
    expect(checkers.cells.check({ cells: zeros, rows: 4, columns: 4 }, key, evidence).why).toBe("other-size");
    expect(check([]).why).toBe("no-answer");
  });

  it("counts no cell that some head uses", () => {
    const trace = smallTrace();
    const last = trace.attention.decoder.data.length - 9 + 1;
    trace.attention.decoder.data[last] = 0.001;
    expect(checkers.cells.solve(key, evidenceOf(trace)).facts.zeros).toBe(2);
  });

  it("reads rows and columns of a model with one stack from its only text", () => {
    const alone = { ...evidence, trace: smallTextTrace("decoder") };
    const { answer } = checkers.cells.solve(key, alone);
    expect(answer?.cells).toHaveLength(15);
    expect(checkers.cells.check(answer, key, alone).state).toBe("right");
    const missing = { cells: answer?.cells.slice(1) ?? [], rows: 6, columns: 6 };
    expect(checkers.cells.check(missing, key, alone).facts).toMatchObject({ query: "<s>", key: "The" });
    expect(outlineOf(alone.trace)).toMatchObject({ layers: { encoder: 0, decoder: 2, cross: 0 }, heads: 3 });
    expect(checkers.numeric.solve({ value: "heads.together", tolerance: 0, traps: [] }, alone).answer).toBe(6);
    expect(
      checkers.cells.solve({ kind: "encoder" }, { ...evidence, trace: smallTextTrace("encoder") }).facts.zeros,
    ).toBe(0);
  });
});

describe("multiple choice", () => {
  it("explains every choice under its own name, and takes any right one", () => {
    const key: Keys["choice"] = { right: ["b", "c"], choices: ["a", "b", "c"] };
    expect(checkers.choice.check("a", key, null)).toMatchObject({ state: "wrong", why: "a" });
    expect(checkers.choice.check("c", key, null)).toMatchObject({ state: "right", why: "c" });
    expect(checkers.choice.check("z", key, null).state).toBe("unsettled");
  });
});
