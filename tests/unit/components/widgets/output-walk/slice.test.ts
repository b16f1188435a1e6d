import { expect, test } from "vitest";
import {
  hasBoth,
  labelText,
  rowOf,
  sliceOf,
  valueAt,
} from "../../../../../src/components/widgets/output-walk/slice.ts";
import { FULL, SAMPLE } from "./sample.ts";

const first = { layer: 0, head: 0, row: 0, column: 0 };

test("a head of the cross-attention is cut out where it lies", () => {
  const slice = sliceOf(SAMPLE, "cross_attentions", { ...first, layer: 1, head: 1 });
  if (!slice) throw new Error("no slice");
  expect([slice.rows, slice.columns]).toEqual([4, 3]);
  expect(valueAt(slice, 2, 1)).toBe(((1 * 2 + 1) * 4 + 2) * 3 + 1);
  expect(slice.row(1)).toMatchObject({ name: "▁Un", writes: { piece: "▁chi" } });
  expect(slice.column(1).name).toBe("▁dog");
});

test("rows and columns of the decoder's own attention are what it has read", () => {
  const slice = sliceOf(SAMPLE, "decoder_attentions", first);
  expect(slice?.column(0).name).toBe("<pad>");
  expect(slice?.row(2)).toMatchObject({ name: "▁chi" });
  expect(slice && hasBoth(slice)).toBe(false);
});

test("rows of cross-attention and of the logits are named by what is read and what is written", () => {
  for (const entry of ["cross_attentions", "logits"] as const) {
    const slice = sliceOf(FULL, entry, first);
    expect(slice && labelText(slice.row(1))).toBe("▁Un → ▁chi");
  }
});

test("the decoder may not look ahead; the others may look anywhere", () => {
  const decoder = sliceOf(SAMPLE, "decoder_attentions", first);
  expect(decoder?.masked(1, 2)).toBe(true);
  expect(decoder?.masked(2, 2)).toBe(false);
  expect(sliceOf(SAMPLE, "cross_attentions", first)?.masked(0, 2)).toBe(false);
});

test("a choice beyond the model is clamped", () => {
  const beyond = sliceOf(SAMPLE, "encoder_attentions", { ...first, layer: 99, head: -3 });
  const inside = sliceOf(SAMPLE, "encoder_attentions", { ...first, layer: 1 });
  expect(beyond?.offset).toBe(inside?.offset);
});

test("numbers that were not asked for are not there", () => {
  expect(sliceOf(SAMPLE, "logits", first)).toBeNull();
  expect(sliceOf(SAMPLE, "decoder_hidden_states", first)).toBeNull();
  expect(sliceOf(SAMPLE, "loss", first)).toBeNull();
});

test("the encoder's last state is the last of its states", () => {
  const last = sliceOf(FULL, "encoder_last_hidden_state", first);
  expect(last && valueAt(last, 0, 0)).toBe(2 * 3 * 5);
});

test("logits are named by the pieces that the run mentions, else by their id", () => {
  const slice = sliceOf(FULL, "logits", first);
  expect(slice?.column(6).name).toBe("▁chi");
  expect(sliceOf({ ...FULL, predictions: [] }, "logits", first)?.columns).toBe(7);
  expect(slice && Array.from(rowOf(slice, 1))).toEqual([7, 8, 9, 10, 11, 12, 13]);
});
