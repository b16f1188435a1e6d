import { expect, test } from "vitest";
import { hardest, lossRows, topLogits } from "../../../../../src/components/widgets/output-walk/loss.ts";
import { SAMPLE } from "./sample.ts";

const rows = lossRows(SAMPLE);

test("each row reads one token and writes the next", () => {
  expect(rows.map((row) => [row.reads?.piece, row.writes.piece])).toEqual([
    ["<pad>", "▁Un"],
    ["▁Un", "▁chi"],
    ["▁chi", "en"],
    ["en", "</s>"],
  ]);
});

test("the probability is that of the loss, the rank that of the predictions", () => {
  expect(rows[0]?.probability).toBeCloseTo(0.5);
  expect(rows[0]?.rank).toBe(0);
  expect(rows[2]?.rank).toBe(-1);
});

test("the hardest position has the largest loss", () => {
  expect(hardest(rows)?.position).toBe(2);
  expect(hardest([])).toBeNull();
});

test("the largest logits come with their softmax", () => {
  const top = topLogits(Float32Array.of(0, Math.log(3), 1000 - 1000), 2);
  expect(top[0]).toMatchObject({ id: 1 });
  expect(top[0]?.probability).toBeCloseTo(0.6);
  expect(top[1]?.id).toBe(0);
});

test("large logits do not overflow", () => {
  expect(topLogits(Float32Array.of(900, 900), 1)[0]?.probability).toBeCloseTo(0.5);
});
