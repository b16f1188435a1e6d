/** Reads a record that may come from anywhere: every value is checked, and the first that does not fit is named. */
import { type Entries, FORMAT, FORMAT_NAME, MOST_CHARACTERS, type Progress } from "./record.ts";
import { checkEntry, isObject, Refusal } from "./validate-entry.ts";

export type Reading =
  | { readonly ok: true; readonly progress: Progress }
  | { readonly ok: false; readonly reason: string; readonly future: boolean };

/** Steps from older formats, by the format they start from; each returns the next format's text as data. */
const MIGRATIONS: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>> = {};

const MOST_ENTRIES = 1000;

/** The record in a text, or why it is refused. `course` null accepts any course. */
export function readProgress(text: string, course: string | null): Reading {
  try {
    return { ok: true, progress: check(parse(text), course) };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { ok: false, reason: thrown.message, future: thrown.future };
  }
}

function parse(text: string): unknown {
  if (text.length > MOST_CHARACTERS) throw new Refusal("The file is larger than any progress of this course.");
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("The file is not JSON.");
  }
}

function check(value: unknown, course: string | null): Progress {
  if (!isObject(value) || value.format !== FORMAT_NAME || Object.hasOwn(value, "__proto__")) {
    throw new Refusal("The file is not progress of this site.");
  }
  const current = migrate(value);
  if (typeof current.course !== "string") throw new Refusal("The file does not say which course it belongs to.");
  if (course !== null && current.course !== course) {
    throw new Refusal(`The file belongs to another course, “${current.course.slice(0, 60)}”.`);
  }
  if (!isObject(current.exercises)) throw new Refusal("The file holds no exercises.");
  return { format: FORMAT_NAME, version: FORMAT, course: current.course, exercises: checkAll(current.exercises) };
}

function migrate(value: Record<string, unknown>): Record<string, unknown> {
  const { version } = value;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    throw new Refusal("The file does not say which version it has.");
  }
  if (version > FORMAT) {
    throw new Refusal("The file was written by a later version of this site. Reload the page and try again.", true);
  }
  const step = MIGRATIONS[version];
  return version < FORMAT && step ? migrate(step(value)) : value;
}

function checkAll(exercises: Record<string, unknown>): Entries {
  const ids = Object.keys(exercises);
  if (ids.length > MOST_ENTRIES) throw new Refusal("The file holds more exercises than any course has.");
  for (const id of ids) {
    if (!/^[a-z0-9][\w.-]{0,79}$/i.test(id)) throw new Refusal(`“${id.slice(0, 40)}” is not the name of an exercise.`);
  }
  return Object.fromEntries(ids.map((id) => [id, checkEntry(id, exercises[id])]));
}
