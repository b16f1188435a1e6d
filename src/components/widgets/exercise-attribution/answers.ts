/** Stored answers as this figure and its exercises look them up: each is of one output. */
import type { TokenAttribution } from "../../../engine/attribute.ts";
import type { Target } from "../../../engine/gradient.ts";
import { decodeAnswers, type StoredAnswers } from "../../../stored/attributionAnswers.ts";
import type { Followed, MethodRequest } from "../../exercises/evidence.ts";
import type { Answered } from "../../views/attribution/askAttribution.ts";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";

/** What was stored of one model. */
export interface Stored {
  /** What is asked at first. */
  readonly start: Question;
  /** The answer to a question of the figure; null where none was stored. */
  readonly find: (question: Question) => Answered | null;
  /** The answer to a question of an exercise. */
  readonly attribution: (followed: Followed, request: MethodRequest) => TokenAttribution | null;
}

export function storedOf(stored: StoredAnswers): Stored {
  const decode = decodeAnswers(stored);
  const questions = stored.answers.map(({ question }) => read({ ...stored.question, ...question }));
  const find = (question: Question): Answered | null => {
    const at = questions.findIndex((known) => sameMethod(known, question) && sameOutput(known, question));
    if (at < 0) return null;
    return decode(at);
  };
  return {
    start: read({ ...stored.question, ...stored.start }),
    find,
    attribution: (followed, request) => {
      const asked = { ...PLAIN, ...request };
      for (const [at, known] of questions.entries()) {
        if (!sameMethod(known, asked) || known.source !== followed.run.source) continue;
        const { attribution, trace } = decode(at);
        if ((trace.target?.text ?? null) !== followed.run.target) continue;
        const [target] = attribution.targets;
        if (target && sameTarget(target, followed.target)) return attribution;
      }
      return null;
    },
  };
}

function read(fields: Readonly<Record<string, unknown>>): Question {
  return readQuestion(new Map(Object.entries(fields)), PLAIN);
}

/** The same method with the same settings, as far as it has any. */
function sameMethod(one: Question, other: Question): boolean {
  const { takes } = METHOD_WORDS[one.method];
  const settings = ({ method, norm, baseline, steps, rule }: Question) => [
    method,
    takes.includes("norm") && norm,
    takes.includes("baseline") && baseline,
    takes.includes("steps") && [steps, rule],
  ];
  return JSON.stringify(settings(one)) === JSON.stringify(settings(other));
}

function sameOutput(known: Question, { source, target, place, follow, against, scale }: Question): boolean {
  return (
    known.source === source &&
    known.target === target &&
    known.place === place &&
    known.follow === follow &&
    known.against === against &&
    known.scale === scale
  );
}

function sameTarget(one: Target, other: Target): boolean {
  if (one.kind !== "token" || other.kind !== "token") return false;
  const { row, id, against, scale } = one;
  return row === other.row && id === other.id && against === other.against && scale === other.scale;
}
