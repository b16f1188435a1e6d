import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import { repeats } from "../../../../src/engine/attention/repeats.ts";
import type { Model } from "../../../../src/engine/model.ts";

describe("repeats", () => {
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  it("draws halves of different ordinary tokens, twice, behind the start token", () => {
    const requests = repeats(model, 20, 15, 1);
    expect(requests.length).toBe(20);
    for (const { ids = [] } of requests) {
      expect(ids.length).toBe(31);
      expect(ids[0]).toBe(0);
      const half = ids.slice(1, 16);
      expect(ids.slice(16)).toEqual(half);
      expect(new Set(half).size).toBe(15);
      for (const { special, text } of model.decode(half).tokens) expect([special, text.trim()]).not.toContainEqual("");
      expect(model.decode(half).tokens.some(({ special }) => special)).toBe(false);
    }
  });

  it("draws the same for a seed, and from all of the vocabulary", () => {
    expect(repeats(model, 3, 8, 5)).toEqual(repeats(model, 3, 8, 5));
    expect(repeats(model, 3, 8, 5)).not.toEqual(repeats(model, 3, 8, 6));
    const ids = repeats(model, 50, 20, 1).flatMap((request) => request.ids ?? []);
    expect(Math.max(...ids)).toBeGreaterThan(0.95 * model.info.vocabulary);
  });
});
