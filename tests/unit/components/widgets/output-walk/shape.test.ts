import { expect, test } from "vitest";
import { ENTRIES, ENTRY_KEYS, needs, pythonName } from "../../../../../src/components/widgets/output-walk/entries.ts";
import { axisMeaning, shapeText, sizesOf } from "../../../../../src/components/widgets/output-walk/shape.ts";
import { FULL, SAMPLE } from "./sample.ts";

const sizes = sizesOf(SAMPLE, 5);

test("sizes are read off the run", () => {
  expect(sizes).toEqual({
    layers: { encoder: 2, decoder: 2 },
    heads: 2,
    source: 3,
    target: 4,
    width: 5,
    vocabulary: 7,
  });
});

test("every shape reads as in Python", () => {
  const shapes = Object.fromEntries(ENTRY_KEYS.map((key) => [pythonName(key), shapeText(ENTRIES[key].shape(sizes))]));
  expect(shapes).toEqual({
    "output.loss": "[]",
    "output.logits": "[1, 4, 7]",
    "output.decoder_hidden_states": "3 states × [1, 4, 5]",
    "output.decoder_attentions": "2 layers × [1, 2, 4, 4]",
    "output.cross_attentions": "2 layers × [1, 2, 4, 3]",
    "output.encoder_last_hidden_state": "[1, 3, 5]",
    "output.encoder_hidden_states": "3 states × [1, 3, 5]",
    "output.encoder_attentions": "2 layers × [1, 2, 3, 3]",
  });
});

test("the shapes hold as many numbers as the run has", () => {
  const count = (key: keyof typeof ENTRIES): number => {
    const { tuple, axes } = ENTRIES[key].shape(sizes);
    return axes.reduce((product, axis) => product * axis.size, tuple?.size ?? 1);
  };
  expect(count("cross_attentions")).toBe(FULL.attention.cross.data.length);
  expect(count("encoder_attentions")).toBe(FULL.attention.encoder.data.length);
  expect(count("decoder_attentions")).toBe(FULL.attention.decoder.data.length);
  expect(count("decoder_hidden_states")).toBe(FULL.hidden?.decoder.data.length);
  expect(count("encoder_hidden_states")).toBe(FULL.hidden?.encoder.data.length);
  expect(count("logits")).toBe(FULL.logits?.data.length);
});

test("an axis says what it counts and on which side it stands", () => {
  expect(axisMeaning({ name: "heads", size: 4 })).toContain("4 heads");
  expect(axisMeaning({ name: "source", size: 13, side: "key" })).toContain("looked at");
});

test("large results are asked for, small ones are there", () => {
  expect(ENTRY_KEYS.filter((key) => needs(key) === null)).toEqual([
    "loss",
    "decoder_attentions",
    "cross_attentions",
    "encoder_attentions",
  ]);
});
