/** Numbers of an answer, as exercises ask for them. */
import type { Layered } from "./askLayers.ts";
import { layersOf, linesOf, mapsOf, type Row, shareAt } from "./row.ts";

/** Nearly everything: what is left over is rounding. */
const ALL = 0.99;

/**
 * By name, of one output: `norm.<layer>.<place>` and `score.<layer>.<place>` of a source token (`target.…` of a target token),
 * `attention.<place>` and `rollout.<place>` in percent of the row; of the stack from which the output is written `top`, the score of its last token
 * after the last layer, and `alone`, the first layer after which that token has all of the gradient.
 */
export function numbersOf(layered: Layered, row: Row): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = { value: row.value };
  const maps = mapsOf(layered, row);
  for (const { side, tokens, scores, norms } of maps) {
    const prefix = side === "target" ? "target." : "";
    for (const [at, score] of scores.data.entries()) {
      const place = `${Math.floor(at / tokens.length)}.${at % tokens.length}`;
      numbers[`${prefix}score.${place}`] = score;
      numbers[`${prefix}norm.${place}`] = norms.data[at] ?? Number.NaN;
    }
  }
  for (const method of ["attention", "rollout"] as const) {
    const [source] = linesOf(layered[method], row, false);
    for (const { start, score } of source?.items ?? []) numbers[`${method}.${start}`] = score;
  }
  const writing = maps.at(-1);
  if (!writing || row.output === null) return numbers;
  const [top, last] = [layersOf(writing), writing.tokens.length - 1];
  const stations = Array.from({ length: top + 1 }, (_, layer) => layer);
  numbers.top = writing.scores.data.at(-1) ?? Number.NaN;
  numbers.alone = stations.findIndex((layer) =>
    stations.slice(layer).every((above) => shareAt(writing, above, last) > ALL),
  );
  return numbers;
}
