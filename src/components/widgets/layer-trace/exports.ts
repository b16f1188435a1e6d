/** What the figure gives away: maps and texts as one picture, every state as a row, and the same as data. */
import type { Scene } from "../../../lib/scene.ts";
import { gridScales } from "../../views/attribution/grid.ts";
import { scaleOf } from "../../views/attribution/scale.ts";
import type { ScoredLine } from "../../views/attribution/scored.ts";
import { gridBlock, scoreScene, textBlock } from "../../views/attribution/scoreScene.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { gridOf, type LayerMap, layersOf } from "./row.ts";
import type { LayerState } from "./state.ts";

/** Above this many layers the cells carry no numbers. */
const DENSE = 12;

export function isDense(map: LayerMap): boolean {
  return layersOf(map) > DENSE;
}

/** The scale of a coloured text, strengths without a sign. */
export function textScale(lines: readonly ScoredLine[]) {
  return scaleOf(
    lines.flatMap(({ items }) => items.map(({ score }) => score)),
    false,
  );
}

export function layerScene(title: string, state: LayerState): Scene {
  const { measure, words, by } = state.view.value;
  const maps = state.maps.value.map((map) => {
    const grid = gridOf(map, measure, words);
    return gridBlock(grid, gridScales(grid, measure === "score", by), isDense(map));
  });
  const texts = [state.attention.value, state.rollout.value].map((lines) => textBlock(lines, textScale(lines)));
  return scoreScene(title, state.reading.value, [...maps, ...texts]);
}

/** First every state, then every token by both methods on attention. */
export function layerTable(state: LayerState): FigureTable {
  const states = state.maps.value.flatMap(({ side, tokens, scores, norms }) =>
    Array.from(scores.data, (score, at): (string | number)[] => {
      const [layer, token] = [Math.floor(at / tokens.length), at % tokens.length];
      const piece = visiblePiece(tokens[token]?.piece ?? "");
      return ["state", side, layer, token + 1, piece, kept(score), kept(norms.data[at] ?? Number.NaN)];
    }),
  );
  const texts = (["attention", "rollout"] as const).flatMap((method) =>
    state[method].value.flatMap(({ side, items }) =>
      items.map(({ start, piece, score }): (string | number)[] => {
        const name = method === "attention" ? "attention × gradient, percent" : "rollout, percent";
        return [name, side, "", start + 1, visiblePiece(piece), kept(score), ""];
      }),
    ),
  );
  const rows = [...states, ...texts];
  return {
    caption: "State × gradient and length of the gradient after every layer; then both methods on attention",
    columns: ["what", "side", "layer", "place", "token", "score", "length of the gradient"],
    rows: rows.length,
    row: (index) => rows[index] ?? [],
  };
}

/** Typed arrays as plain lists. */
export function layerJson(state: LayerState): unknown {
  const { question, result, live } = state.offer.value.study.shown.value;
  const { layers, attention, rollout } = result;
  const data = { question, live, layers, attention, rollout };
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (value instanceof Float32Array ? Array.from(value, kept) : value)),
  );
}

/** Five figures: more is noise of Float32. */
function kept(value: number): number {
  return Number(value.toPrecision(5));
}
