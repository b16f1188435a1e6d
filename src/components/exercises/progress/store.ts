/** The reader's progress as a signal, kept in local storage where that works. Shape and life cycle: `record.ts`. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { localShelf, type Shelf } from "../../../lib/storage.ts";
import { type Entries, type Entry, FORMAT, FORMAT_NAME, type Progress } from "./record.ts";
import { MOST_CHARACTERS, type Reading, readProgress } from "./validate.ts";

/** Where the work is kept: `memory` until the page is closed. */
export type Keeping = "saved" | "memory";

/** What a reset or an import took away, for one undo. */
export interface Removed {
  readonly entries: Entries;
  /** Entries that came instead, to be taken out again. */
  readonly added: readonly string[];
}

export interface ProgressStore {
  readonly entries: ReadonlySignal<Entries>;
  readonly keeping: ReadonlySignal<Keeping>;
  readonly undoable: ReadonlySignal<Removed | null>;
  /** Reads what is stored, once, and follows other tabs; called in the browser, after the first paint. */
  open(): void;
  put(id: string, entry: Entry): void;
  remove(ids: readonly string[]): void;
  undo(): void;
  exportText(course: string): string;
  /** Null when taken over, else the reason why not; then nothing has changed. */
  importText(text: string, course: string): string | null;
}

/** A store on a shelf; `find` is asked once, on opening. `listen` tells of changes made in another tab. */
export function createProgress(
  name: string,
  find: () => Shelf | null,
  listen: (onChange: (key: string | null) => void) => void = () => {},
): ProgressStore {
  const entries = signal<Entries>({});
  const keeping = signal<Keeping>("saved");
  const undoable = signal<Removed | null>(null);
  let shelf: Shelf | null = null;
  let opened = false;

  /** What is stored at this moment: another tab may have written since. */
  const stored = (): Entries => {
    const text = shelf?.read(name) ?? null;
    const reading = text === null ? null : readProgress(text, null);
    return reading?.ok ? reading.progress.exercises : {};
  };

  const change = (edit: (now: Record<string, Entry>) => void): void => {
    const now = { ...(keeping.value === "saved" ? stored() : entries.value) };
    edit(now);
    entries.value = now;
    if (keeping.value === "saved" && !shelf?.write(name, textOf("", now))) keeping.value = "memory";
  };

  const open = (): void => {
    if (opened) return;
    opened = true;
    shelf = find();
    if (!shelf || !usable(shelf, name)) {
      keeping.value = "memory";
      return;
    }
    entries.value = stored();
    listen((key) => {
      if ((key === name || key === null) && keeping.value === "saved") entries.value = stored();
    });
  };

  return {
    entries,
    keeping,
    undoable,
    open,
    put: (id, entry) => change((now) => Object.assign(now, { [id]: entry })),
    remove(ids) {
      const gone = ids.filter((id) => Object.hasOwn(entries.value, id));
      undoable.value = { entries: pick(entries.value, gone), added: [] };
      change((now) => drop(now, gone));
    },
    undo() {
      const last = undoable.value;
      if (!last) return;
      undoable.value = null;
      change((now) => Object.assign(drop(now, last.added), last.entries));
    },
    exportText: (course) => textOf(course, entries.value),
    importText(text, course) {
      const reading = readProgress(text, course);
      if (!reading.ok) return reading.reason;
      const coming = reading.progress.exercises;
      const ids = Object.keys(coming);
      undoable.value = {
        entries: pick(entries.value, ids),
        added: ids.filter((id) => !Object.hasOwn(entries.value, id)),
      };
      change((now) => Object.assign(now, coming));
      return null;
    },
  };
}

/** Whether the shelf can be written over. What cannot be read is first put aside; a later version's text is left alone. */
function usable(shelf: Shelf, name: string): boolean {
  const text = shelf.read(name);
  const reading: Reading | null = text === null ? null : readProgress(text, null);
  if (text === null || !reading || reading.ok) return true;
  if (reading.future) return false;
  return text.length <= MOST_CHARACTERS ? shelf.write(`${name}:unreadable`, text) : true;
}

function textOf(course: string, exercises: Entries): string {
  const progress: Progress = { format: FORMAT_NAME, version: FORMAT, course, exercises };
  return JSON.stringify(progress);
}

function pick(entries: Entries, ids: readonly string[]): Entries {
  const found = ids.flatMap((id) => {
    const entry = Object.hasOwn(entries, id) ? entries[id] : undefined;
    return entry ? [[id, entry] as const] : [];
  });
  return Object.fromEntries(found);
}

function drop(entries: Record<string, Entry>, ids: readonly string[]): Record<string, Entry> {
  for (const id of ids) delete entries[id];
  return entries;
}

/** The one store of the page; every exercise and the overview share it. */
export const progress = createProgress(`underhood:progress:${import.meta.env.BASE_URL}`, localShelf, (onChange) => {
  globalThis.addEventListener("storage", (event) => onChange(event.key));
});
