import { decodeAnswers, type StoredAnswers } from "../../../stored/attributionAnswers.ts";
import { PLAIN, readQuestion } from "../../views/attribution/question.ts";
import { answerNumbers } from "./numbers.ts";

/** The numbers of all stored answers, as the figure would publish them, for exercises about the stored text. Later answers win. */
export function storedNumbers(stored: StoredAnswers): Readonly<Record<string, number>> {
  const decode = decodeAnswers(stored);
  const each = stored.answers.flatMap(({ question }, at) => {
    const { method, against, norm, scale } = readQuestion(new Map(Object.entries(question)), PLAIN);
    const usual = norm === PLAIN.norm && scale === PLAIN.scale && question.source === undefined;
    return usual ? [answerNumbers(decode(at), against === "" ? method : `contrast.${method}`)] : [];
  });
  return Object.assign({}, ...each);
}
