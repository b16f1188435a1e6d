/** The reader's progress as a signal, kept in local storage where that works. Shape and life cycle: `record.ts`. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { localShelf, type Shelf } from "../../../lib/storage.ts";
import { type Entries, type Entry, FORMAT, FORMAT_NAME, MOST_CHARACTERS, type Progress } from "./record.ts";
import type { Reading } from "./validate.ts";

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
  importText(text: string, course: string): Promise<string | null>;
}

/** Checks a record that may come from anywhere: `readProgress` of `validate.ts`. */
export type Reader = (text: string, course: string | null) => Reading;

/** A change of the entries. */
type Edit = (now: Record<string, Entry>) => void;

const fetchReader = async (): Promise<Reader> => (await import("./validate.ts")).readProgress;

/**
 * A store on a shelf; `find` is asked once, on opening. `listen` tells of changes made in another tab. The reader is fetched when
 * there is something to read; until it is there, changes wait, and nothing is written over what was not read.
 */
export function createProgress(
  name: string,
  find: () => Shelf | null,
  listen: (onChange: (key: string | null) => void) => void = () => {},
  reader: Reader | null = null,
): ProgressStore {
  const entries = signal<Entries>({});
  const keeping = signal<Keeping>("saved");
  const undoable = signal<Removed | null>(null);
  let read = reader;
  let shelf: Shelf | null = null;
  let opened = false;
  /** What this page wrote last: it needs no reading. */
  let written: { readonly text: string; readonly entries: Entries } | null = null;
  let waiting: Edit[] = [];
  let fetching = false;

  /** What is stored at this moment, since another tab may have written; null where it cannot be read yet. */
  const stored = (): Entries | null => {
    const text = shelf?.read(name) ?? null;
    if (text === null) return {};
    if (text === written?.text) return written.entries;
    const reading = read?.(text, null);
    if (!reading) return null;
    return reading.ok ? reading.progress.exercises : {};
  };

  const save = (now: Entries): void => {
    const text = textOf("", now);
    if (shelf?.write(name, text)) written = { text, entries: now };
    else keeping.value = "memory";
  };

  const change = (edit: Edit): void => {
    const base = keeping.value === "saved" ? stored() : entries.value;
    const now = { ...(base ?? entries.value) };
    edit(now);
    entries.value = now;
    if (base === null) waitWith(edit);
    else if (keeping.value === "saved") save(now);
  };

  const waitWith = (edit: Edit): void => {
    waiting.push(edit);
    void catchUp();
  };

  /** Fetches the reader, takes in what is stored, and then makes the changes that wait. */
  const catchUp = async (): Promise<void> => {
    if (fetching) return;
    fetching = true;
    read ??= await fetchReader().catch(() => null);
    fetching = false;
    // What cannot be read is not written over: the work lives in memory.
    if (!read) keeping.value = "memory";
    else takeIn(read);
  };

  const takeIn = (reading: Reader): void => {
    const edits = waiting;
    waiting = [];
    if (!shelf || !usable(shelf, name, reading)) {
      keeping.value = "memory";
      return;
    }
    entries.value = stored() ?? {};
    for (const edit of edits) change(edit);
  };

  const open = (): void => {
    if (opened) return;
    opened = true;
    shelf = find();
    if (!shelf) {
      keeping.value = "memory";
      return;
    }
    if (shelf.read(name) !== null) {
      if (read) takeIn(read);
      else void catchUp();
    }
    listen((key) => {
      if ((key !== name && key !== null) || keeping.value !== "saved") return;
      const now = stored();
      if (now) entries.value = now;
      else void catchUp();
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
    async importText(text, course) {
      const check = read ?? (await fetchReader().catch(() => null));
      if (!check) return "What checks the file could not be fetched. Check your connection and try again.";
      const reading = check(text, course);
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
function usable(shelf: Shelf, name: string, read: Reader): boolean {
  const text = shelf.read(name);
  const reading: Reading | null = text === null ? null : read(text, null);
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
