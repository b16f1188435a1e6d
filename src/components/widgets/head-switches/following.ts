/** Which two words are followed, and what a reader should know of them. */
import type { ModelInfo } from "../../../engine/model.ts";
import type { HeadTask } from "../../../stored/headTasks.ts";
import type { Chance, Said } from "../../../stored/said.ts";
import { barePiece, quoted, readPiece } from "../../views/tokens/face.ts";
import type { Choice } from "./choice.ts";
import type { Shown } from "./speech.ts";

/** Two words to follow. */
export type Words = Pick<Choice, "answer" | "other">;

/** Whether the text is the reader’s own while the two words are still those of a prompt of the task. */
export function keepsWords({ source, answer, other }: Choice, { prompts }: HeadTask): boolean {
  if (answer === "" || prompts.some((prompt) => prompt.source === source)) return false;
  return prompts.some((prompt) => prompt.answer === answer && prompt.other === other);
}

/**
 * The two likeliest next tokens that begin a word; null where there are no two. A word is followed by the token that it
 * begins with after a space, so that a comma, or the rest of a word, cannot be followed.
 */
export function likeliestWords(top: readonly Chance[]): Words | null {
  const [answer, other] = top.filter(({ piece }) => beginsWord(piece)).map(({ piece }) => barePiece(piece));
  return answer !== undefined && other !== undefined ? { answer, other } : null;
}

/** "measured by its first token “q”", where that is not the whole word. */
export function measuredWords(word: string, now: Said, at: 0 | 1): string {
  const followed = now.words[at];
  if (followed?.piece !== word || barePiece(followed.token) === word.trim()) return "";
  return `measured by its first token ${quoted(followed.token)}`;
}

/** Why nothing was written; null where something was. */
export function nothingWords({ text, length }: Said, { family, limits }: ModelInfo): string | null {
  if (text.trim() !== "") return null;
  if (text !== "") return "(only spaces)";
  if (family === "decoder" && length >= limits.source)
    return `(nothing: the text already fills the model’s room of ${limits.source} tokens)`;
  return "(nothing: its first choice is the end of the text)";
}

/** Tokens in the text’s field; not known before the text has run. */
export function tallyOf({ source }: Choice, { choice, now }: Shown, { id, limits }: ModelInfo) {
  const limit = limits.source;
  if (choice.source !== source || choice.model !== id) return { count: null, limit, cut: 0 };
  return { count: now.length + now.cut, limit, cut: now.cut };
}

/** A space, then a letter or a digit. */
function beginsWord(piece: string): boolean {
  return /^[▁ ][\p{L}\p{N}]/u.test(readPiece(piece));
}
