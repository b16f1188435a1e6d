import { expect, it } from "vitest";
import { specialWeight } from "../../../../src/engine/attention/specialWeight.ts";
import { heads, special, token } from "../../../helpers/tokens.ts";

it("specialWeight is what a row puts on special tokens, for each head", () => {
  const one = [
    [0.5, 0.25, 0.25],
    [0, 1, 0],
  ];
  const other = [
    [0.25, 0.25, 0.5],
    [0, 0, 1],
  ];
  const found = specialWeight(heads(one, other), [special("[CLS]"), token("dog", 0), special("[SEP]")]);
  expect(found.shape).toEqual([1, 2, 2]);
  expect([...found.data]).toEqual([0.75, 0, 0.75, 1]);
});
