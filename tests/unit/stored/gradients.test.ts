import { describe, expect, it } from "vitest";
import brownDog from "../../../src/stored/gradients/brown-dog.json" with { type: "json" };
import { decodeGradient, encodeGradient, loadGradient } from "../../../src/stored/gradients.ts";

const { run } = brownDog;
const target = { scale: "logit", id: brownDog.target.id, row: 1, kind: "token" } as const;

describe("stored gradients", () => {
  it("come back to the last bit", async () => {
    const study = decodeGradient(brownDog);
    expect(encodeGradient(study, run, target)).toEqual(brownDog);
    const { embeddings, gradients } = study;
    for (const [stack, tokens] of [
      ["encoder", 10],
      ["decoder", 7],
    ] as const) {
      expect(gradients[stack]?.shape).toEqual(embeddings[stack]?.shape);
      expect(gradients[stack]?.shape[0]).toBe(tokens);
      expect(gradients[stack]?.data.every(Number.isFinite)).toBe(true);
    }
  });

  it("are found by the output that they are of, in whatever order it is written", async () => {
    expect((await loadGradient({ run, target }))?.value).toBeCloseTo(12.545, 2);
    expect(await loadGradient({ run, target: { ...target, row: 2 } })).toBeNull();
    expect(await loadGradient({ run, target: { ...target, against: 4 } })).toBeNull();
    expect(await loadGradient({ run: { ...run, target: "Le chat." }, target })).toBeNull();
    expect(await loadGradient({ run: { ...run, source: "toString" }, target })).toBeNull();
    expect(await loadGradient({ run, target: { kind: "similarity", to: "" } })).toBeNull();
  });

  it("of another format are refused", () => {
    expect(() => decodeGradient({ ...brownDog, version: 0 })).toThrow(/npm run store:gradients/);
  });
});
