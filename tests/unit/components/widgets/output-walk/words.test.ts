import { expect, test } from "vitest";
import { heatClass, numberText } from "../../../../../src/components/widgets/output-walk/heat.ts";
import { fullNumber, pythonIndex, readingText } from "../../../../../src/components/widgets/output-walk/words.ts";
import { FULL, SAMPLE } from "./sample.ts";

const choice = { layer: 1, head: 0, row: 2, column: 1 };

test("a number is named as Python gets at it", () => {
  expect(pythonIndex("cross_attentions", choice)).toBe("output.cross_attentions[1][0, 0, 2, 1]");
  expect(pythonIndex("encoder_hidden_states", choice)).toBe("output.encoder_hidden_states[1][0, 2, 1]");
  expect(pythonIndex("encoder_last_hidden_state", choice)).toBe("output.encoder_last_hidden_state[0, 2, 1]");
  expect(pythonIndex("logits", choice)).toBe("output.logits[0, 2, 1]");
  expect(pythonIndex("loss", choice)).toBe("output.loss");
});

test("the reading follows the state", () => {
  expect(readingText(SAMPLE, null, choice)).toContain("3 source tokens and 4 target tokens");
  expect(readingText(SAMPLE, "loss", choice)).toContain("“en” at position 2");
  expect(readingText(SAMPLE, "cross_attentions", choice)).toMatch(/reads “chi” and writes “en” gives “dog”/);
  expect(readingText(SAMPLE, "decoder_attentions", { ...choice, column: 3 })).toContain("the mask forbids");
  expect(readingText(SAMPLE, "logits", choice)).toContain("when it runs");
  expect(readingText(FULL, "logits", choice)).toBe("Having read “chi”, the model gives “</s>” a score of 15.");
  expect(readingText(FULL, "encoder_hidden_states", { ...choice, layer: 0 })).toContain("in the embedding");
});

test("numbers are short in cells and full where one is read out", () => {
  expect(numberText(0.12345, "weight")).toBe("0.12");
  expect(numberText(-1.5, "signed")).toBe("−1.50");
  expect(numberText(0, "signed")).toBe("0.00");
  expect(fullNumber(0.0123456)).toBe("0.012346");
});

test("a weight of exactly nothing and one of nearly nothing can be told apart", () => {
  expect(numberText(0, "weight")).toBe("0");
  expect(numberText(0.0001, "weight")).toBe("<0.01");
});

test("colours grow with the size of the number", () => {
  expect(heatClass(0, "weight", 1)).toBe("ow-w0");
  expect(heatClass(1, "weight", 1)).toBe("ow-w10");
  expect(heatClass(-2, "signed", 4)).toBe("ow-n5");
  expect(heatClass(Number.NaN, "weight", 1)).toBe("ow-none");
});
