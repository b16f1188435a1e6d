import type { Entries } from "../progress/record.ts";

/** Name of the entry that holds a cell's text, beside the exercise's own: a text is no answer until it is checked. */
export function textName(id: string): string {
  return `${id}.text`;
}

/** The text that is kept for a cell, or null. */
export function textOf(entries: Entries, id: string): string | null {
  const entry = Object.hasOwn(entries, textName(id)) ? entries[textName(id)] : undefined;
  return entry?.kind === "code" && typeof entry.answer === "string" ? entry.answer : null;
}
