import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import type { AttributionRequest, RandomisedRequest } from "../../../../../src/engine/attribute.ts";
import { studyRandomised } from "../../../../../src/engine/attribution/checks/randomised.ts";
import { studyAttribution } from "../../../../../src/engine/attribution/studyAttribution.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import type { StudyProgress } from "../../../../../src/engine/study.ts";
import { toFailure } from "../../../../../src/lib/failure.ts";

const UNSTOPPED = { onProgress: async () => true };

const attribution: AttributionRequest = {
  method: "occlusion",
  run: { source: "When Mary and John went to the store, John gave a drink to", target: null },
  targets: [
    { kind: "token", row: 14, id: 388, scale: "logit" },
    { kind: "token", row: 4, id: 388, scale: "logit" },
  ],
};
const request: RandomisedRequest = { attribution, depths: [0, 1, 4], seed: 2 };

/** The model itself, with how many random ones there are of it. */
function counted(model: Model) {
  const held = { now: 0, most: 0, made: [] as number[] };
  const randomised: Model["randomised"] = async (layers, seed) => {
    const random = await model.randomised(layers, seed);
    held.made.push(layers);
    held.now += 1;
    held.most = Math.max(held.most, held.now);
    const release = async () => {
      held.now -= 1;
      await random.release();
    };
    return Object.assign(Object.create(random) as typeof random, { release });
  };
  return { held, model: Object.assign(Object.create(model) as Model, { randomised }) };
}

describe("studyRandomised", () => {
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  it("sets the attributions of models with random layers beside that of the whole one", async () => {
    const { held, model: own } = counted(model);
    const study = await studyRandomised(own, request, UNSTOPPED);
    expect(study.attributions.map(({ depth }) => depth)).toEqual([0, 1, 4]);
    const [whole, one, all] = study.attributions;
    const plain = await studyAttribution(model, attribution, UNSTOPPED);
    expect(whole?.rho).toBe(1);
    expect(plain.of === "tokens" && plain.scores.source.data).toEqual(whole?.scores.source.data);
    expect(one?.scores.source.shape).toEqual([2, 15]);
    expect(Math.abs(all?.rho ?? 1)).toBeLessThan(0.8);

    // One at a time, and each given back.
    expect(held).toEqual({ now: 0, most: 1, made: [1, 4] });
    const random = await model.randomised(1, 2);
    const again = await studyAttribution(random, attribution, UNSTOPPED);
    expect(again.of === "tokens" && again.scores.source.data).toEqual(one?.scores.source.data);
    await random.release();
    expect(study.cost.forward).toBe(3 * (16 + 6));
  }, 60_000);

  it("tells how far it is through all models, and gives the random one back when stopped", async () => {
    const { held, model: own } = counted(model);
    const told: StudyProgress[] = [];
    await studyRandomised(own, request, { onProgress: async (progress) => told.push(progress) > 0 });
    expect(told.every(({ total }) => total === 3 * (16 + 6))).toBe(true);
    expect(told.every(({ done }, at) => done >= (told[at - 1]?.done ?? 0))).toBe(true);
    expect(told.at(-1)?.done).toBe(3 * (16 + 6));
    const stopped = studyRandomised(own, request, { onProgress: async ({ done }) => done < 30 });
    expect(await stopped.catch((thrown) => toFailure(thrown).code)).toBe("cancelled");
    expect(held.now).toBe(0);
  }, 60_000);

  it("refuses more layers than there are, and methods that do not score tokens", async () => {
    await expect(studyRandomised(model, { ...request, depths: [5] }, UNSTOPPED)).rejects.toThrow(/has 4 layers/);
    await expect(studyRandomised(model, { ...request, depths: [-1] }, UNSTOPPED)).rejects.toThrow(/has 4 layers/);
    const heads = { ...request, attribution: { ...attribution, method: "head-gates" } } as const;
    await expect(studyRandomised(model, heads, UNSTOPPED)).rejects.toThrow(/scores heads/);
  });
});
