/** What the figure gives away: the coloured texts and the table as one picture, every score as a row, and the same as data. */
import type { Scene } from "../../../lib/scene.ts";
import { gridScales } from "../../views/attribution/grid.ts";
import { scaleOf } from "../../views/attribution/scale.ts";
import type { ScoredLine } from "../../views/attribution/scored.ts";
import { gridBlock, scoreScene, textBlock } from "../../views/attribution/scoreScene.ts";
import { gridTable, linesTable } from "../../views/attribution/scoreTable.ts";
import { tokenMatrix } from "../../views/attribution/tokenMatrix.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { matrixRows, type Row } from "./rows.ts";
import type { TextState } from "./state.ts";
import { followedText } from "./words.ts";

/** One scale for both texts, so that their colours can be compared. */
export function commonScale(row: Row, ...texts: readonly (readonly ScoredLine[] | null)[]) {
  const scores = texts.flatMap((lines) => lines ?? []).flatMap(({ items }) => items.map(({ score }) => score));
  return scaleOf(scores, row.attribution.signed);
}

/** The table of all outputs, where there is more than one. */
export function matrixOf(state: TextState) {
  const { plain } = state.offer.value.study.shown.value.result;
  const rows = matrixRows(plain);
  if (state.contrast || rows.length < 2 || plain.attribution.of !== "tokens") return null;
  const { words, by } = state.view.value;
  const grid = tokenMatrix(plain.attribution, rows, { words });
  return { rows, grid, scales: gridScales(grid, plain.attribution.signed, by) };
}

export function textScene(title: string, state: TextState): Scene {
  const [lines, contrastLines] = [state.lines.value, state.contrastLines.value];
  const scale = commonScale(state.row.value, lines, contrastLines);
  const matrix = matrixOf(state);
  return scoreScene(title, state.reading.value, [
    textBlock(lines, scale),
    ...(contrastLines ? [textBlock(contrastLines, scale)] : []),
    ...(matrix ? [gridBlock(matrix.grid, matrix.scales)] : []),
  ]);
}

export function textTable(state: TextState): FigureTable {
  const { question } = state.offer.value.study.shown.value;
  const matrix = matrixOf(state);
  if (matrix) return gridTable(`Scores by ${question.method}, every output`, matrix.grid, ["output", "input"]);
  const caption = `Scores of ${followedText(state.row.value, { ...question, against: "" })}, ${question.method}`;
  const plain = linesTable(caption, state.lines.value);
  const against = state.contrastLines.value;
  return against ? joined(plain, linesTable(caption, against), question.against) : plain;
}

/** Both texts under each other, each row saying which it is of. */
function joined(plain: FigureTable, contrast: FigureTable, against: string): FigureTable {
  return {
    ...plain,
    columns: [...plain.columns, "against"],
    rows: plain.rows + contrast.rows,
    row: (index) => (index < plain.rows ? [...plain.row(index), ""] : [...contrast.row(index - plain.rows), against]),
  };
}

/** Typed arrays as plain lists. */
export function textJson(state: TextState): unknown {
  const { question, result, live } = state.offer.value.study.shown.value;
  const data = {
    question,
    live,
    attribution: result.plain.attribution,
    contrast: result.contrast?.attribution ?? null,
  };
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (value instanceof Float32Array ? Array.from(value) : value)),
  );
}
