import { expect, test } from "vitest";
import { choiceAt, fitChoice } from "../../../../../src/components/widgets/output-walk/choice.ts";
import { sizesOf } from "../../../../../src/components/widgets/output-walk/shape.ts";
import { SAMPLE } from "./sample.ts";

const sizes = sizesOf(SAMPLE, 5);
const far = { layer: 999, head: 999, row: 999, column: 999 };

test("a choice is held to the entry's sizes", () => {
  expect(fitChoice(far, "cross_attentions", sizes)).toEqual({ layer: 1, head: 1, row: 3, column: 2 });
  expect(fitChoice(far, "decoder_hidden_states", sizes)).toEqual({ layer: 2, head: 999, row: 3, column: 4 });
  expect(fitChoice(far, "logits", sizes)).toMatchObject({ row: 3, column: 6 });
  expect(fitChoice(far, "loss", sizes).row).toBe(3);
});

test("what is no number becomes the first", () => {
  const broken = { layer: Number.NaN, head: -1, row: 0.5, column: Number.POSITIVE_INFINITY };
  expect(fitChoice(broken, "encoder_attentions", sizes)).toEqual({ layer: 0, head: 0, row: 0, column: 2 });
});

test("a click on a token chooses the row or the column that is its own", () => {
  const source = { line: "source", index: 1 } as const;
  const step = { line: "written", index: 2 } as const;
  expect(choiceAt(source, "cross_attentions")).toEqual({ column: 1 });
  expect(choiceAt(step, "cross_attentions")).toEqual({ row: 2 });
  expect(choiceAt(source, "encoder_hidden_states")).toEqual({ row: 1 });
  expect(choiceAt(source, "decoder_attentions")).toEqual({});
  expect(choiceAt(step, "logits")).toEqual({ row: 2 });
  expect(choiceAt(step, null)).toEqual({});
});
