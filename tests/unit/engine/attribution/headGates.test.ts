import { expect, it } from "vitest";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { attribute, logit } from "../../../helpers/attribution.ts";

it("headGates gives the slope of every switch, by row", async () => {
  const model = new AnalyticModel("decoder");
  const run = { source: "the dog", target: null };
  const found = await attribute(model, { method: "head-gates", run, targets: [logit(2, 1), logit(2, 3)] });
  if (found.of !== "heads") throw new Error("no heads");
  expect(found.scores.decoder?.shape).toEqual([2, 2, 2]);
  expect(Array.from(found.scores.decoder?.data ?? [])).toEqual([-2, -1, 0, 1, 2, 3, 4, 5]);
  expect(found.values.length).toBe(2);
});
