import { expect, test } from "vitest";
import { walkJson, walkTable } from "../../../../../src/components/widgets/output-walk/exports.ts";
import { sizesOf } from "../../../../../src/components/widgets/output-walk/shape.ts";
import { FULL, SAMPLE } from "./sample.ts";

const sizes = sizesOf(SAMPLE, 5);
const choice = { layer: 0, head: 1, row: 0, column: 0 };

test("the table is the chosen head, named by its tokens", () => {
  const table = walkTable(SAMPLE, sizes, "cross_attentions", choice);
  expect(table.caption).toBe("output.cross_attentions[0][0, 1]");
  expect(table.columns).toEqual(["queries", "▁A", "▁dog", "</s>"]);
  expect(table.rows).toBe(4);
  expect(table.row(0)).toEqual(["<pad> → ▁Un", 12, 13, 14]);
});

test("the loss is a table of steps with the likeliest tokens", () => {
  const table = walkTable(SAMPLE, sizes, "loss", choice);
  expect(table.rows).toBe(4);
  expect(table.row(0).slice(0, 3)).toEqual([0, "<pad>", "▁Un"]);
});

test("without chosen numbers the table is the list of what came back", () => {
  const table = walkTable(SAMPLE, sizes, "logits", choice);
  expect(table.rows).toBe(8);
  expect(table.row(4).slice(0, 2)).toEqual(["output.cross_attentions", "2 layers × [1, 2, 4, 3]"]);
});

test("the JSON says which tensor it is and holds all its numbers", () => {
  const json = walkJson(FULL, sizes, "logits", choice);
  expect(json).toMatchObject({ name: "output.logits[0]", shape: [4, 7], source: "A dog" });
  expect((json as { values: Float32Array[] }).values).toHaveLength(4);
});
