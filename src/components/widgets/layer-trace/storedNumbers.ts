import type { StoredLayers } from "../../../stored/layers.ts";
import { aboutModel } from "../../../stored/models.ts";
import { questionOf, storedAnswers } from "./askLayers.ts";
import { numbersOf } from "./numbers.ts";
import { rowAt } from "./row.ts";

/** The numbers of what the figure shows at first, as it publishes them, for exercises about the stored text. */
export function storedNumbers(stored: StoredLayers): Readonly<Record<string, number>> {
  const { family } = aboutModel(stored.model).info;
  const { first, find } = storedAnswers(stored, family);
  const answer = find(questionOf(first, family));
  if (!answer) throw new RangeError(`the first answer of ${stored.model} is not stored`);
  return numbersOf(answer, rowAt(answer, first.place ?? 0));
}
