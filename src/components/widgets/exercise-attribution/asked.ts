/** What the figure asks: one text, one output, two methods. */
import type { MethodId } from "../../../engine/attribute.ts";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";

/** What the reader has chosen, as plain data. */
export interface Asked {
  readonly source: string;
  /** Encoder–decoder: the written token that is explained, by place. */
  readonly place: number | null;
  /** Decoder: the next word that is explained, empty for the first choice; and the word that it is set against, empty for none. */
  readonly follow: string;
  readonly against: string;
  readonly first: MethodId;
  readonly second: MethodId;
}

/** The methods that are offered: those that score tokens and take about a second. */
export const OFFERED: readonly MethodId[] = [
  "saliency",
  "input-x-gradient",
  "integrated-gradients",
  "occlusion",
  "attention-x-gradient",
  "rollout",
];

/** The question to each of the two methods. */
export function questionsOf(asked: Asked): readonly [Question, Question] {
  const { source, place, follow, against } = asked;
  const question = (method: MethodId): Question => ({ ...PLAIN, method, source, place, follow, against });
  return [question(asked.first), question(asked.second)];
}

/** Whether the figure may run it unasked, at every change. */
export function isQuick({ first, second }: Asked): boolean {
  return !METHOD_WORDS[first].slow && !METHOD_WORDS[second].slow;
}

/** What a link asks: each field taken where it is sound, else as at first. */
export function readAsked(fields: ReadonlyMap<string, unknown>, base: Asked): Asked {
  const read = (method: string) => readQuestion(new Map([...fields, ["method", fields.get(method)]]), PLAIN_OF(base));
  const { source, place, follow, against } = read("first");
  const offered = (name: "first" | "second") => OFFERED.find((method) => method === fields.get(name)) ?? base[name];
  return { source, place, follow, against, first: offered("first"), second: offered("second") };
}

const PLAIN_OF = ({ source, place, follow, against }: Asked): Question => ({
  ...PLAIN,
  source,
  place,
  follow,
  against,
});
