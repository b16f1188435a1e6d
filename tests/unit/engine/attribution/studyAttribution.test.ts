import { describe, expect, it } from "vitest";
import type { AttributionRequest, MethodId } from "../../../../src/engine/attribute.ts";
import { METHODS } from "../../../../src/engine/attribution/methods.ts";
import { studyAttribution } from "../../../../src/engine/attribution/studyAttribution.ts";
import type { StudyProgress } from "../../../../src/engine/study.ts";
import { toFailure } from "../../../../src/lib/failure.ts";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { attribute, logit } from "../../../helpers/attribution.ts";

const methods = Object.keys(METHODS) as MethodId[];
const run = { source: "the dog ran home", target: null };
const written = { source: "the dog", target: "le chien" };
const targets = [logit(4, 2), logit(1, 3)];

describe.each(methods)("%s", (method) => {
  it("tells of runs, whose number it knew, and ends at no more than it", async () => {
    const told: StudyProgress[] = [];
    const onProgress = async (progress: StudyProgress) => told.push(progress) > 0;
    const { cost } = await studyAttribution(new AnalyticModel("decoder"), { method, run, targets }, { onProgress });
    const [first] = told;
    expect(first?.done).toBe(0);
    expect(told.every(({ total }) => total === first?.total)).toBe(true);
    expect(told.map(({ done }) => done)).toEqual([...told.map(({ done }) => done)].sort((a, b) => a - b));
    expect(told.at(-1)?.done).toBe(cost.forward);
    // Adaptive steps may end sooner.
    if (method !== "integrated-gradients") expect(cost.forward).toBe(first?.total);
    else expect(cost.forward).toBeLessThan(first?.total ?? 0);
  });

  it("can be stopped", async () => {
    const stopped = studyAttribution(
      new AnalyticModel("decoder"),
      { method, run, targets },
      { onProgress: async () => false },
    );
    await expect(stopped.catch((thrown) => toFailure(thrown).code)).resolves.toBe("cancelled");
  });

  it("says what it is about, the same values by every method", async () => {
    const model = new AnalyticModel("encoder-decoder", 0.01);
    const rows = [logit(1, 2), logit(2, 1)];
    const found = await attribute(model, { method, run: written, targets: rows });
    const { values } = await model.evaluate({ run: written, points: 2, targets: rows });
    expect(found).toMatchObject({ model: model.info.id, method, targets: rows });
    expect([found.source.length, found.target?.length]).toEqual([2, 3]);
    for (const [row, value] of values.entries()) expect(found.values[row]).toBeCloseTo(value, 3);
  });

  it("fills every row and nothing behind it", async () => {
    const found = await attribute(new AnalyticModel("encoder-decoder"), {
      method,
      run: written,
      targets: [logit(1, 2)],
    });
    if (found.of !== "tokens") return;
    expect(found.scores.source.data.every((score) => score !== 0)).toBe(true);
    expect(found.scores.target?.data[1]).not.toBe(0);
    expect(found.scores.target?.data[2]).toBe(0);
  });
});

describe("studyAttribution", () => {
  const refused = (change: Partial<AttributionRequest>) =>
    attribute(new AnalyticModel("decoder"), { method: "integrated-gradients", run, targets, ...change }).catch(
      (thrown) => toFailure(thrown),
    );

  it("refuses what no method can do, in words", async () => {
    expect(await refused({ targets: [] })).toMatchObject({ code: "bad-input", message: /No output/ });
    expect(await refused({ steps: 0 })).toMatchObject({
      code: "bad-input",
      message: /steps .* from 1 to 1024, and is 0/,
    });
    expect(await refused({ steps: 2.5 })).toMatchObject({ code: "bad-input" });
    expect(await refused({ bound: 0 })).toMatchObject({ code: "bad-input", message: /bound/ });
    expect(await refused({ method: "shapley", samples: 1 })).toMatchObject({ code: "bad-input", message: /orders/ });
  });
});
