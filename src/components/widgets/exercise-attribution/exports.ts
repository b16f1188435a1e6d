/** What the figure gives away: both texts as one picture, every score as a row, and the same as data. */
import type { Scene } from "../../../lib/scene.ts";
import { scoreScene, textBlock } from "../../views/attribution/scoreScene.ts";
import { linesTable } from "../../views/attribution/scoreTable.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { BOTH, type ExerciseState } from "./state.ts";
import { followedText } from "./words.ts";

export function pairScene(title: string, { coloured, reading }: ExerciseState): Scene {
  const texts = BOTH.map((which) => coloured.value[which]);
  return scoreScene(
    title,
    reading.value,
    texts.map(({ lines, scale }) => textBlock(lines, scale)),
  );
}

/** Both methods under each other, each row saying which it is of. */
export function pairTable(state: ExerciseState): FigureTable {
  const { question } = state.study.shown.value;
  const caption = `Scores of ${followedText(state.output.value, question.against)} by two methods`;
  const [one, other] = BOTH.map((which) => ({
    method: question[which],
    table: linesTable(caption, state.coloured.value[which].lines),
  }));
  if (!one || !other) throw new RangeError("the figure has two methods");
  return {
    caption,
    columns: ["method", ...one.table.columns],
    rows: one.table.rows + other.table.rows,
    row: (index) => {
      const { method, table, at } =
        index < one.table.rows ? { ...one, at: index } : { ...other, at: index - one.table.rows };
      return [method, ...table.row(at)];
    },
  };
}

/** Typed arrays as plain lists. */
export function pairJson(state: ExerciseState): unknown {
  const { question, result, live } = state.study.shown.value;
  const data = { question, live, first: result.first.attribution, second: result.second.attribution };
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (value instanceof Float32Array ? Array.from(value) : value)),
  );
}
