import type { HeadInside } from "../../../engine/model.ts";
import type { FigureTable } from "../figure/types.ts";
import { visiblePiece } from "../tokens/face.ts";
import { type QuerySteps, rowOf } from "./querySteps.ts";

/** Every key of one query as a row: its sums, its weight, and the products they come from. Positions count from 1. */
export function neuronTable(inside: HeadInside, steps: QuerySteps): FigureTable {
  const width = steps.q.length;
  const { layer, head } = inside.head;
  const token = visiblePiece(inside.queries[steps.query]?.piece ?? "");
  return {
    caption: `Layer ${layer + 1}, head ${head + 1}: the query of ${token} (token ${steps.query + 1}) against every key.`,
    columns: [
      "key",
      "key token",
      "q · k",
      "bias",
      "score",
      "weight",
      "weight in the model",
      ...Array.from({ length: width }, (_, dimension) => `q × k ${dimension + 1}`),
    ],
    rows: inside.keys.length,
    row: (key) => [
      key + 1,
      visiblePiece(inside.keys[key]?.piece ?? ""),
      short(steps.dots[key]),
      short(rowOf(inside.bias, steps.query)[key]),
      short(steps.scores[key]),
      short(steps.weights[key]),
      short(rowOf(inside.attention, steps.query)[key]),
      ...Array.from(rowOf(steps.products, key), short),
    ],
  };
}

function short(value = Number.NaN): number | string {
  return value === -Infinity ? "−∞" : Number(value.toPrecision(5));
}

/** The data behind the picture, axes named; everything counts from 0, as in Python. −∞ is written as null. */
export function neuronJson(inside: HeadInside, steps: QuerySteps, text: { source: string; target: string | null }) {
  const { model, head, queries, keys, scale } = inside;
  return {
    model,
    ...text,
    ...head,
    queries: queries.map(({ piece }) => piece),
    keys: keys.map(({ piece }) => piece),
    scale,
    tensors: {
      query: inside.query,
      key: inside.key,
      value: inside.value,
      attention: inside.attention,
      output: inside.output,
    },
    row: {
      query: steps.query,
      dots: list(steps.dots),
      bias: list(rowOf(inside.bias, steps.query)),
      scores: list(steps.scores),
      weights: list(steps.weights),
      output: list(steps.output),
    },
  };
}

function list(values: Float32Array | Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null));
}
