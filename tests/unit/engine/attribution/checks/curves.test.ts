import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import type { AttributionRequest, CurvesRequest } from "../../../../../src/engine/attribute.ts";
import { studyCurves } from "../../../../../src/engine/attribution/checks/curves.ts";
import { studyAttribution } from "../../../../../src/engine/attribution/studyAttribution.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../../src/engine/study.ts";
import { toFailure } from "../../../../../src/lib/failure.ts";

const UNSTOPPED = { onProgress: async () => true };

describe("studyCurves of a decoder", () => {
  const run = { source: "When Mary and John went to the store, John gave a drink to", target: null };
  const occlusion: AttributionRequest = {
    method: "occlusion",
    run,
    targets: [{ kind: "token", row: 14, id: 388, scale: "logit" }],
  };
  const request: CurvesRequest = {
    attributions: [occlusion, { ...occlusion, method: "shapley", samples: 4 }],
    baseline: { kind: "pad" },
    orders: 5,
    seed: 3,
  };
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  it("takes tokens away from the highest score down, and compares with random orders", async () => {
    const study = await studyCurves(model, request, UNSTOPPED);
    const found = await studyAttribution(model, occlusion, UNSTOPPED);
    if (found.of !== "tokens") throw new Error("occlusion scores tokens");
    const scores = found.scores.source.data;
    const [first, second] = study.curves;
    expect(study.curves.map(({ method }) => method)).toEqual(["occlusion", "shapley"]);
    expect([...(first?.order ?? [])].sort((a, b) => a - b)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
    const ordered = first?.order.map((place) => scores[place] ?? Number.NaN) ?? [];
    expect(ordered).toEqual([...ordered].sort((a, b) => b - a));
    // Taking the first away is what occlusion did.
    expect((first?.deletion[0] ?? 0) - (first?.deletion[1] ?? 0)).toBeCloseTo(ordered[0] ?? Number.NaN, 3);
    expect(first?.deletion[0]).toBeCloseTo(found.values[0] ?? Number.NaN, 4);
    expect(first?.deletion.at(-1)).toBe(first?.insertion[0]);
    expect(first?.insertion.at(-1)).toBe(first?.deletion[0]);
    // A good order falls sooner than a random one.
    expect(study.random.orders).toBe(5);
    expect(second?.areas.deletion).toBeLessThan(study.random.areas.deletion);
    expect(study.random.deletion.mean.length).toBe(15);
    expect(study.random.deletion.low[3]).toBeLessThan(study.random.deletion.high[3] ?? 0);
    expect(first?.cost.forward).toBe(16);
    expect(study.cost.forward).toBeGreaterThan((first?.cost.forward ?? 0) + (second?.cost.forward ?? 0) + 100);
  }, 60_000);

  it("draws the same random orders from the same seed", async () => {
    const few: CurvesRequest = { ...request, attributions: [occlusion], orders: 2 };
    const [one, same, other] = [
      await studyCurves(model, few, UNSTOPPED),
      await studyCurves(model, few, UNSTOPPED),
      await studyCurves(model, { ...few, seed: 4 }, UNSTOPPED),
    ];
    expect(same.random.areas.deletion).toBe(one.random.areas.deletion);
    expect(other.random.areas.deletion).not.toBe(one.random.areas.deletion);
  }, 60_000);

  it("tells how far it is of a total that holds, and stops when told to", async () => {
    const told: StudyProgress[] = [];
    await studyCurves(model, request, { onProgress: async (progress) => told.push(progress) > 0 });
    expect(new Set(told.map(({ total }) => total)).size).toBe(1);
    expect(told.every(({ done }, at) => done >= (told[at - 1]?.done ?? 0))).toBe(true);
    expect(told.at(-1)?.done).toBeLessThanOrEqual(told.at(-1)?.total ?? 0);
    const stopped = studyCurves(model, request, { onProgress: async ({ done }) => done < 60 });
    expect(await stopped.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
  }, 60_000);

  it("refuses what has no curve", async () => {
    const study = (change: Partial<CurvesRequest>) => studyCurves(model, { ...request, ...change }, UNSTOPPED);
    await expect(study({ attributions: [] })).rejects.toThrow(/at least one method/);
    await expect(study({ orders: 0 })).rejects.toThrow(/random order/);
    const elsewhere = { ...occlusion, run: { source: "The brown dog ran.", target: null } };
    await expect(study({ attributions: [occlusion, elsewhere] })).rejects.toThrow(/same text/);
    const short = { ...occlusion, run: { source: "The", target: null }, targets: [{ ...target(1) }] };
    await expect(study({ attributions: [short] })).rejects.toThrow(/at least two tokens/);
  });

  function target(row: number) {
    return { kind: "token", row, id: 388, scale: "logit" } as const;
  }
});

describe("studyCurves of an encoder–decoder", () => {
  it("counts places through the source and what is written before the row", async () => {
    const model = await openLocal("translator-en-fr");
    const attribution: AttributionRequest = {
      method: "occlusion",
      run: { source: "Translate to French: The brown dog ran.", target: null },
      targets: [{ kind: "token", row: 2, id: 996, scale: "log-probability" }],
    };
    const request: CurvesRequest = { attributions: [attribution], baseline: { kind: "mean" }, orders: 2, seed: 1 };
    const { curves, source, target } = await studyCurves(model, request, UNSTOPPED);
    const last = source.length - 1; // the end sign
    const places = [...Array(last).keys(), last + 2, last + 3]; // without the start token
    expect([...(curves[0]?.order ?? [])].sort((a, b) => a - b)).toEqual(places);
    expect(target?.[0]?.special).toBe(true);
  }, 60_000);
});
