/**
 * What the figures of single checks start from: a stored study of `checks/`, with the run that it is of and the question that it
 * answers. Put together when a page is built, never stored by itself.
 */
import type { StoredAnswers } from "./attributionAnswers.ts";
import { CHECK_EXAMPLES, type CheckExample } from "./checkExamples.ts";
import type { Check, StoredCheck } from "./checks.ts";
import type { StoredRun } from "./format.ts";

/** The followed output of a text, as figures ask for it. */
interface FollowedText {
  readonly source: string;
  readonly target: string | null;
  readonly place: number;
  readonly follow: string;
  readonly against: string;
}

export interface StoredPatching {
  readonly check: StoredCheck<"patching">;
  readonly run: StoredRun;
  readonly question: FollowedText & { readonly corrupted: string };
}

export interface StoredGates {
  readonly check: StoredCheck<"gate-check">;
  readonly run: StoredRun;
  readonly question: FollowedText;
}

/**
 * A study of patching with its clean run and its question.
 *
 * @param answers stored answers to the same text by the same model, whose run is taken
 * @throws RangeError where study and answers are not of the model's example in `checkExamples.ts`
 */
export function storedPatching(check: StoredCheck<"patching">, answers: StoredAnswers): StoredPatching {
  const example = exampleOf(check, answers);
  const { source, ...rest } = followedIn(example, answers);
  return { check, run: answers.run, question: { source, corrupted: example.corrupted.source, ...rest } };
}

/** The same for a study of the heads' switches, which follows the answer alone. */
export function storedGates(check: StoredCheck<"gate-check">, answers: StoredAnswers): StoredGates {
  const question = { ...followedIn(exampleOf(check, answers), answers), against: "" };
  return { check, run: answers.run, question };
}

function exampleOf(check: StoredCheck<Check>, { id, model, question }: StoredAnswers): CheckExample {
  const example = CHECK_EXAMPLES.find((each) => each.model === check.model);
  if (example && example.run.source === question.source && model === check.model) return example;
  throw new RangeError(`${id} is not the text on which ${check.model} was checked`);
}

function followedIn({ run, followed }: CheckExample, { id }: StoredAnswers): FollowedText {
  if (followed.kind === "similar") throw new RangeError(`${id} follows no token`);
  const place = followed.kind === "written" && typeof followed.place === "number" ? followed.place : 0;
  return { source: run.source, target: run.target, place, follow: "", against: followed.other };
}
