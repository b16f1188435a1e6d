/**
 * The numbers that the figure publishes for exercises, all of the shown answer:
 * `<method>.<output>.<place>` a source token's score, `<method>.target.<output>.<place>` one of the target so far,
 * `<method>.share.<output>` the share in percent that lies on the target so far, `<method>.value.<output>` the followed
 * number; `contrast.…` the same against a word.
 */
import type { Answered } from "../../views/attribution/askAttribution.ts";
import type { Question } from "../../views/attribution/question.ts";
import { scoredLines } from "../../views/attribution/scored.ts";
import type { Pair } from "./pair.ts";
import { rowAt } from "./rows.ts";
import { targetShare } from "./words.ts";

type Numbers = Readonly<Record<string, number>>;

/** Numbers of an answer, single tokens also where the picture shows words. */
export function numbersOf({ plain, contrast }: Pair, { method }: Pick<Question, "method">): Numbers {
  return { ...answerNumbers(plain, method), ...(contrast && answerNumbers(contrast, `contrast.${method}`)) };
}

/** Numbers of one answer, under a name. */
export function answerNumbers(answer: Answered, name: string): Numbers {
  const rows = answer.attribution.targets.map((target, at) => rowAt(answer, target.kind === "token" ? target.row : at));
  return Object.assign({}, ...rows.map((row) => rowNumbers(row, name)));
}

function rowNumbers(row: ReturnType<typeof rowAt>, name: string): Numbers {
  const output = row.output ?? "similarity";
  const lines = scoredLines(row.attribution, {
    row: row.row,
    words: false,
    ...(row.place !== undefined && { place: row.place }),
  });
  const scores = lines.flatMap(({ side, items }) =>
    items.map(
      ({ start, score }) => [`${name}.${side === "target" ? "target." : ""}${output}.${start}`, score] as const,
    ),
  );
  const share = targetShare(lines);
  return {
    ...Object.fromEntries(scores),
    ...(share !== null && { [`${name}.share.${output}`]: 100 * share }),
    [`${name}.value.${output}`]: row.value,
  };
}
