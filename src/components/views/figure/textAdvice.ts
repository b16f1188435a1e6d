/** What a reader should know about the texts of a run: said under the fields, never in the way. */
import type { AnyTrace } from "../../../engine/model.ts";

/** Questions the model was trained on stand without the instruction. */
const ASKS = /\bcapital\b/i;

/** Under the source: nothing there yet, or a sentence without what the model was taught to expect. */
export function sourceAdvice(text: string, shown: AnyTrace, instruction: string): "empty" | "untold" | null {
  const told = instruction.trim();
  if (text.trim() === "" || text.trim() === told) return "empty";
  if (told === "" || shown.source.text !== text || ASKS.test(text)) return null;
  return shown.source.tokens.some((token) => token.instruction) ? null : "untold";
}

/** The text with the instruction in front, once and as the model knows it. */
export function toldText(text: string, instruction: string): string {
  return instruction + bareText(text, instruction);
}

/** The text without the instruction in front. */
export function bareText(text: string, instruction: string): string {
  const bare = text.trimStart();
  const told = instruction.trim();
  const same = bare.slice(0, told.length).toLowerCase() === told.toLowerCase();
  return same ? bare.slice(told.length).trimStart() : bare;
}

/** Under the target: the model wrote as much as it may, without an end. Null when it ended, when the reader wrote, or when nothing is written. */
export function targetAdvice({ target }: AnyTrace): string | null {
  if (target === null) return null;
  const last = target.written.at(-1);
  if (target.origin !== "generated" || last === undefined || last.special) return null;
  return `Stopped at ${target.written.length} tokens: the model did not come to an end.`;
}
