import { describe, expect, it } from "vitest";
import { pointAt } from "../../../../../src/components/widgets/nudge/curve.ts";
import { nudgeJson, nudgeScene, nudgeTable } from "../../../../../src/components/widgets/nudge/exports.ts";
import type { NudgeQuestion } from "../../../../../src/components/widgets/nudge/nudgeQuestion.ts";
import {
  acrossText,
  costWords,
  endsOf,
  readingOf,
  slopeWords,
  totalCost,
} from "../../../../../src/components/widgets/nudge/words.ts";
import { answers, STEEPEST, studyOf } from "./sample.ts";

const { first } = answers;
const steepest: NudgeQuestion = { ...first, token: 2, way: "gradient", word: "" };

function shown(question: NudgeQuestion) {
  const result = answers.find(question);
  if (!result) throw new Error("nothing is stored of this");
  return { question, result };
}

function reading(question: NudgeQuestion, share: number): string {
  const { result } = shown(question);
  return readingOf(result, question, pointAt(result.study, share));
}

describe("the reading", () => {
  it("says where the token stands, what the model gives and what the line foretold", () => {
    expect(reading(first, 0.5)).toBe(
      "“Mary”, 50 % of the way to “John”: the logit of “Mary” changes by −0.25; the straight line foretells +0.25. It has the wrong sign here.",
    );
    expect(reading(first, 1)).toContain("“John” in place of “Mary”: the logit of “Mary” changes by −1.00");
    expect(reading(first, -1)).toContain("“Mary”, 100 % away from “John”");
  });

  it("says so where the line holds, and gives both slopes where nothing is moved", () => {
    expect(reading(steepest, 1)).toBe(
      "“gave” moved along its gradient by 100 % of its length: the logit of “Mary” changes by +0.50; the straight line foretells +0.50. The line holds here.",
    );
    expect(reading(first, 0)).toBe(
      "“Mary” stands as it is: the logit of “Mary” is 10.00. By the gradient it changes by +0.500 for the whole way; measured by two runs at ±1 %, +0.490: 2 % apart.",
    );
  });

  it("calls a line too much or too little", () => {
    const { result } = shown(first);
    const at = (model: number, line: number) =>
      readingOf(result, first, { share: 1, model: 10 + model, line: 10 + line });
    expect(at(-2, -1)).toContain("which is too little here.");
    expect(at(-1, -2)).toContain("which is too much here.");
  });
});

it("the words under the curve count no difference that is none", () => {
  expect(slopeWords(studyOf(STEEPEST), "logit")).toMatch(/\+0\.500\.$/);
});

it("the axes name the way", () => {
  expect(acrossText(studyOf(), first)).toBe("share of the way from “Mary” to “John”");
  expect(acrossText(studyOf(STEEPEST), steepest)).toBe("“gave” moved along the gradient, share of its length");
  expect(endsOf(studyOf(), first)).toEqual(["", "Mary", "John"]);
  expect(endsOf(studyOf(STEEPEST), steepest)).toEqual(["against it", "gave", "along it"]);
  expect(endsOf(studyOf(), { ...first, reach: 0.1 })).toEqual(["", "Mary", ""]);
});

it("the cost is told in runs, and in time where it was this machine’s", () => {
  const words = costWords(studyOf(), 256, false);
  expect(words).toContain("All 4 gradients: 1 run forward and backward.");
  expect(words).toContain("1,024 runs");
  expect(costWords(studyOf(), 256, true)).toContain("backward (5 ms)");
  expect(totalCost(studyOf())).toEqual({ forward: 17, backward: 1, milliseconds: 45 });
});

describe("what the figure gives away", () => {
  it("has every point and every token in its table", () => {
    const table = nudgeTable(shown(first));
    expect(table.rows).toBe(5 + 4);
    expect(table.row(4)).toEqual(["share of the way from “Mary” to “John”", 1, 9, 10.5, -1.5, "", ""]);
    expect(table.row(6)).toEqual(["steepest slope of Mary (source, token 2)", "", "", "", "", 2, 2.01]);
    expect(table.row(0)).toHaveLength(table.columns.length);
  });

  it("has the same as data", () => {
    expect(nudgeJson(shown(first))).toMatchObject({ followed: "Mary", value: 10, slope: 0.5, points: { length: 5 } });
  });

  it("draws both pictures with title and reading", () => {
    const scene = nudgeScene("Title", "Reading.", shown(first), pointAt(studyOf(), 0.5));
    const texts = scene.shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
    expect(texts).toContain("Title");
    expect(texts).toContain("Reading.");
    expect(texts).toContain("John");
    expect(scene.shapes.every((shape) => !("d" in shape) || !shape.d.includes("NaN"))).toBe(true);
  });
});
