import { describe, expect, it } from "vitest";
import { allMoved, onlyMoved, runMoved, shiftsOf } from "../../../../src/engine/attribution/move.ts";
import { runnerOf } from "../../../../src/engine/attribution/runner.ts";
import { type Subject, subjectOf } from "../../../../src/engine/attribution/subject.ts";
import type { EvaluateRequest } from "../../../../src/engine/gradient.ts";
import type { Model } from "../../../../src/engine/model.ts";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { logit, rowsOf, UNSTOPPED } from "../../../helpers/attribution.ts";

describe("shiftsOf", () => {
  it("goes a share of the way to the baseline, place by place", async () => {
    const model = new AnalyticModel("decoder");
    const subject = await subjectOf(model, { run: { source: "the dog", target: null } });
    const [shift] = shiftsOf(subject, [Float64Array.of(0, 0.25, 1)]);
    const [{ embeddings, baseline } = expect.fail()] = subject.sides;
    const rows = rowsOf(shift?.by ?? expect.fail());
    for (const [at, share] of [0, 0.25, 1].entries()) {
      const [from = [], to = []] = [rowsOf(embeddings)[at], rowsOf(baseline)[at]];
      for (const [i, value] of (rows[at] ?? []).entries()) {
        expect(value).toBeCloseTo(share * ((to[i] ?? 9) - (from[i] ?? 9)), 6);
      }
    }
  });

  it("leaves a side out on which nothing moves", async () => {
    const run = { source: "the dog", target: "le chien" };
    const subject = await subjectOf(new AnalyticModel("encoder-decoder"), { run });
    const stacks = (variants: readonly ArrayLike<number>[]) => shiftsOf(subject, variants).map(({ stack }) => stack);
    expect(stacks([allMoved(subject, 0)])).toEqual([]);
    expect(stacks([onlyMoved(subject, [1]), onlyMoved(subject, [0])])).toEqual(["encoder"]);
    expect(stacks([onlyMoved(subject, [3])])).toEqual(["decoder"]);
  });
});

it("runMoved cuts many variants into evaluations of bounded size, in their order", async () => {
  const asked: number[] = [];
  const evaluate = async ({ points, shifts = [] }: EvaluateRequest) => {
    asked.push(shifts.reduce((sum, { by }) => sum + by.data.length, 0));
    const values = Float32Array.from({ length: points }, (_, point) => shifts[0]?.by.data[point * 4000] ?? 0);
    return { values, gradients: {}, cost: { forward: points, backward: 0, milliseconds: 0 } };
  };
  const model: Pick<Model, "evaluate"> = { evaluate };
  const rows = { data: new Float32Array(4000), shape: [1, 4000] };
  const one = { data: new Float32Array(4000).fill(1), shape: [1, 4000] };
  const sides: Subject["sides"] = [
    { stack: "decoder", tokens: [expectToken()], start: 0, embeddings: rows, baseline: one },
  ];
  const subject: Subject = {
    run: { source: "", target: null },
    source: [],
    target: null,
    sides,
    places: 1,
    width: 4000,
  };
  const variants = Array.from({ length: 600 }, (_, i) => [(i + 1) / 1024]);
  const firsts: number[] = [];
  const runner = runnerOf(Object.assign(new AnalyticModel("decoder"), model), UNSTOPPED, 600);
  const values = await runMoved(runner, subject, { target: logit(0, 0), variants }, (_, first) => firsts.push(first));
  expect(Array.from(values)).toEqual(variants.flat());
  expect(asked.length).toBeGreaterThan(1);
  expect(Math.max(...asked)).toBeLessThanOrEqual(2 ** 20);
  expect(firsts).toEqual([0, 262, 524]);
});

function expectToken() {
  const [token = expect.fail()] = new AnalyticModel("decoder").tokenize("a");
  return token;
}
