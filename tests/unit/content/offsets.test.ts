import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeStudy, type StoredStudy } from "../../../src/stored/study.ts";

/** The best head's lower end and score for the way from a noun to its determiner, beside the best fixed offset. */
function nounToDeterminer(model: string): { low: number; mean: number; offset: number } {
  const stored: StoredStudy = JSON.parse(readFileSync(`src/stored/studies/${model}-treebank.json`, "utf8"));
  const scores = decodeStudy(stored).scores.find(({ measure }) => measure === "dependant:det");
  if (!scores?.offset) throw new Error(`${model} has no scores`);
  const mean = Math.max(...scores.mean.data);
  return { mean, low: scores.low.data[scores.mean.data.indexOf(mean)] ?? 0, offset: scores.offset.score };
}

describe("the exercise on the way from a noun to its determiner", () => {
  it("is right that the small decoder’s best head beats the offset with its whole interval", () => {
    const { low, offset } = nounToDeterminer("decoder-small");
    expect(low).toBeGreaterThan(offset + 0.02);
  });

  it("is right that MiniLM’s best head scores above the offset with an interval that begins below it", () => {
    const { low, mean, offset } = nounToDeterminer("encoder-minilm");
    expect(mean).toBeGreaterThan(offset);
    expect(low).toBeLessThan(offset);
  });
});
