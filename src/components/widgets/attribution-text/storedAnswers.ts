/** Stored answers as the figure looks them up: by the question that was asked. */
import { decodeAnswers, type StoredAnswers } from "../../../stored/attributionAnswers.ts";
import type { Answered } from "../../views/attribution/askAttribution.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";
import type { Pair } from "./pair.ts";

export interface FoundAnswers {
  /** What the reader has chosen at first. */
  readonly first: Question;
  /** The stored answer to a question; null where none was stored. */
  readonly find: (question: Question) => Pair | null;
}

/** The stored answers of one model, each decoded once it is shown. */
export function answersOf(stored: StoredAnswers): FoundAnswers {
  const decode = decodeAnswers(stored);
  const places = new Map(
    stored.answers.map(({ question }, at) => [keyOf(read({ ...stored.question, ...question })), at]),
  );
  const known = new Map<number, Answered>();
  const one = (question: Question): Answered | null => {
    const at = places.get(keyOf(question));
    if (at === undefined) return null;
    const answer = known.get(at) ?? decode(at);
    known.set(at, answer);
    return answer;
  };
  // An answer for all outputs is one for each of them.
  const plainOf = (question: Question) => one(question) ?? one({ ...question, place: null });
  return {
    first: read({ ...stored.question, ...stored.start }),
    find: (question) => {
      const plain = plainOf({ ...question, against: "" });
      if (!plain || question.against === "") return plain && { plain, contrast: null };
      const contrast = one(question);
      return contrast && { plain, contrast };
    },
  };
}

function read(fields: Readonly<Record<string, unknown>>): Question {
  return readQuestion(new Map(Object.entries(fields)), PLAIN);
}

function keyOf(question: Question): string {
  return JSON.stringify(question);
}
