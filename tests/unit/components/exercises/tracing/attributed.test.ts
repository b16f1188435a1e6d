import { expect, it } from "vitest";
import { attributedOf } from "../../../../../src/components/exercises/tracing/attributed.ts";
import type { HeadAttribution, LayerAttribution } from "../../../../../src/engine/attribute.ts";
import { attributionOn } from "../../../../helpers/attributions.ts";
import { storedRun } from "../../../../helpers/runCode.ts";

const tokens = attributionOn(storedRun("brown-dog"), { source: [1, 2, 3], target: [4, 5] });
const counted = (length: number, ...shape: number[]) => ({
  data: Float32Array.from({ length }, (_, at) => at),
  shape,
});

it("gives the first row as lists of numbers, with the number itself and at the baseline", () => {
  expect(attributedOf(tokens)).toEqual({
    method: "integrated-gradients",
    source: [1, 2, 3],
    target: [4, 5],
    heads: null,
    value: 5,
    baseline: 1,
    runs: 8,
  });
});

it("gives layers and heads by their places", () => {
  const { signed, error, paths, completeness, scores, ...base } = tokens;
  const layers: LayerAttribution = {
    ...base,
    of: "layers",
    scores: { source: counted(12, 2, 3, 2), target: null },
    norms: { source: counted(12, 2, 3, 2), target: null },
  };
  expect(attributedOf(layers)).toMatchObject({
    source: [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
    target: null,
    baseline: null,
  });
  const heads: HeadAttribution = { ...base, of: "heads", scores: { cross: counted(4, 1, 2, 2) } };
  expect(attributedOf(heads)).toMatchObject({
    source: null,
    heads: {
      cross: [
        [0, 1],
        [2, 3],
      ],
    },
  });
});
