import { describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import { curvesAlong } from "../../../../../src/engine/attribution/checks/along.ts";
import { runnerOf } from "../../../../../src/engine/attribution/runner.ts";
import { subjectOf } from "../../../../../src/engine/attribution/subject.ts";
import type { Target } from "../../../../../src/engine/gradient.ts";
import { checksReference, furthest } from "../../../../helpers/checks.ts";

const UNSTOPPED = { onProgress: async () => true };
/** Between the engine in 32 bits and PyTorch in 32 bits. */
const TOLERANCE = 1e-3;

describe("curvesAlong", () => {
  it.each([
    ["decoder", "decoder-small"],
    ["translator", "translator-en-fr"],
  ] as const)(
    "agrees with PyTorch's embeddings replaced in the same orders: %s",
    async (name, id) => {
      const reference = checksReference(name);
      const model = await openLocal(id);
      const run = { source: reference.clean, target: reference.target ?? null };
      const target: Target = { kind: "token", row: reference.row, id: reference.id, scale: "logit" };
      const subject = await subjectOf(model, { run, baseline: { kind: "pad" } });
      const orders = reference.curves.orders.map(({ order }) => order);
      const runner = runnerOf(model, UNSTOPPED, 1);
      const curves = await curvesAlong(runner, subject, target, orders);
      for (const [at, expected] of reference.curves.orders.entries()) {
        expect(curves[at]?.order).toEqual(expected.order);
        expect(furthest(curves[at]?.deletion, expected.deletion)).toBeLessThan(TOLERANCE);
        expect(furthest(curves[at]?.insertion, expected.insertion)).toBeLessThan(TOLERANCE);
        expect(curves[at]?.areas.deletion).toBeCloseTo(expected.areas.deletion, 4);
        expect(curves[at]?.areas.insertion).toBeCloseTo(expected.areas.insertion, 4);
      }
      // All curves share their ends; no set of tokens is run twice.
      const [tokens = 0] = orders.map(({ length }) => length);
      expect(runner.takeCost().forward).toBeLessThanOrEqual(2 + orders.length * 2 * (tokens - 1));
    },
    60_000,
  );

  it("runs a set of tokens once for all curves that come to it", async () => {
    const model = await openLocal("decoder-small");
    const target: Target = { kind: "token", row: 5, id: 388, scale: "logit" };
    const subject = await subjectOf(model, { run: { source: "The brown dog ran.", target: null } });
    const runner = runnerOf(model, UNSTOPPED, 1);
    await curvesAlong(runner, subject, target, [
      [1, 2, 3],
      [1, 2, 3],
      [3, 2, 1],
    ]);
    // {}, {1}, {1, 2}, {1, 2, 3}, {2, 3}, {3}: going back is what the other order does.
    expect(runner.takeCost().forward).toBe(6);
  });

  it("refuses a number on which the tokens have no influence", async () => {
    const model = await openLocal("decoder-small");
    const target: Target = { kind: "token", row: 1, id: 388, scale: "logit" };
    const subject = await subjectOf(model, { run: { source: "The brown dog ran.", target: null } });
    const curves = curvesAlong(runnerOf(model, UNSTOPPED, 1), subject, target, [[3, 4]]);
    await expect(curves).rejects.toThrow(/same number as the text/);
  });
});
