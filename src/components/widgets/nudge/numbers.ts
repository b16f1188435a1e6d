/** Numbers of a nudge, as exercises ask for them. */
import type { NudgeStudy } from "../../../engine/attribute.ts";
import { pointsOf, tokenSlopes } from "./curve.ts";

/** A change below this counts as none: neither its sign nor its size is worth a question. */
const LEAST = 0.1;

/**
 * By name: `slope` over the whole way; at its end the `fall` that the model shows, the one that is `foretold` by the line, and
 * how far `apart` they are; `turns` is 1 where one is a fall and the other a rise; `steepest.<place>` of each source token.
 */
export function numbersOf(study: NudgeStudy): Readonly<Record<string, number>> {
  const end = pointsOf(study).at(-1) ?? { model: Number.NaN, line: Number.NaN };
  const [model, line] = [end.model - study.value, end.line - study.value];
  const turns = Math.sign(model) !== Math.sign(line) && Math.min(Math.abs(model), Math.abs(line)) >= LEAST;
  const slopes = tokenSlopes(study).filter(({ side }) => side === "source");
  return {
    slope: study.slope,
    fall: -model,
    foretold: -line,
    apart: Math.abs(model - line),
    turns: Number(turns),
    ...Object.fromEntries(slopes.map(({ place, byGradient }) => [`steepest.${place}`, byGradient])),
  };
}
