import { type Entry, freshEntry } from "../progress/record.ts";
import type { ProgressStore } from "../progress/store.ts";
import { versionOf } from "../version.ts";
import type { KeptText } from "./cell.ts";

/** Milliseconds without a key until the text is kept. */
const PAUSE = 300;

/** Name of the entry that holds a cell's text, beside the exercise's own: a text is no answer until it is checked. */
export function textName(id: string): string {
  return `${id}.text`;
}

/** The text that is kept for a cell, or null. */
export function textOf(entries: ProgressStore["entries"]["value"], id: string): string | null {
  const entry = Object.hasOwn(entries, textName(id)) ? entries[textName(id)] : undefined;
  return entry?.kind === "code" && typeof entry.answer === "string" ? entry.answer : null;
}

/** A cell's text among the reader's progress: written when the typing pauses, and when the page is left. */
export function keptText(id: string, start: string, store: Pick<ProgressStore, "entries" | "put">): KeptText {
  const version = versionOf({ question: "", key: start });
  let waiting: { readonly text: string | null } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = (): void => {
    clearTimeout(timer);
    if (!waiting) return;
    const { text } = waiting;
    waiting = null;
    const entry: Entry<"code"> = { ...freshEntry("code", version), answer: text, at: Date.now() };
    store.put(textName(id), entry as unknown as Entry);
  };
  globalThis.addEventListener?.("pagehide", write);

  return {
    text: () => textOf(store.entries.peek(), id),
    keep(text) {
      waiting = { text };
      clearTimeout(timer);
      timer = setTimeout(write, PAUSE);
    },
  };
}
