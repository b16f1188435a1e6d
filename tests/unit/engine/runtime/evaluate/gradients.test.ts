import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import type { GradientKind } from "../../../../../src/engine/gradient.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import { gradientFixtures } from "../../../../helpers/gradients.ts";

const TOLERANCE = 1e-4;
const ALL: readonly GradientKind[] = ["embeddings", "hidden", "attention", "gates"];

describe.each(["translator-en-fr", "decoder-small", "encoder-minilm"])("gradients of %s", (name) => {
  const { run, cases, differences } = gradientFixtures(name);
  let model: Model & { release?(): Promise<void> };
  beforeAll(async () => {
    model = await openLocal(name);
  }, 120_000);
  afterAll(() => model.release?.());

  it.each(cases.map((entry) => [entry.name, entry] as const))("agree with PyTorch: %s", async (_, entry) => {
    const found = await model.evaluate({ run, points: 1, targets: [entry.target], gradients: ALL });
    expect(Math.abs((found.values[0] ?? Number.NaN) - entry.value)).toBeLessThan(TOLERANCE * Math.max(1, entry.value));
    const all = differences(found.gradients, entry);
    expect(all.length).toBeGreaterThanOrEqual(4);
    for (const { name: part, off } of all) expect(off, part).toBeLessThan(TOLERANCE);
  });
});
