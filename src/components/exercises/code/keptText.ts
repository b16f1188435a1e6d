import { type Entry, freshEntry } from "../progress/record.ts";
import type { ProgressStore } from "../progress/store.ts";
import { versionOf } from "../version.ts";
import type { KeptText } from "./cell.ts";
import { textName, textOf } from "./textOf.ts";

/** Milliseconds without a key until the text is kept. */
const PAUSE = 300;

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
