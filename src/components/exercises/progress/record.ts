/**
 * What is kept of the reader's work.
 *
 * **Shape.** One JSON text, `Progress`, under one name in local storage: an entry for every exercise that was touched,
 * by the exercise's id. An exported file holds the same text.
 *
 * **Life cycle.** An entry is written when an answer is checked, a hint opened or the solution shown; replaced by the
 * next of these; removed by a reset, which keeps what it removed in memory for one undo; never sent anywhere. Where
 * storage fails, the same object lives in memory until the page is closed. What checks a stored record is fetched only where
 * there is one; until it is there, new entries wait to be written. The text of a code cell is an entry of its own, `<id>.text`,
 * written when the typing pauses.
 *
 * **Versions of an exercise.** Each entry keeps the version of the question and key that it answers (`version.ts`). If
 * the exercise has another one now, the entry is marked `changed` and no longer counts as done; the answer stays.
 *
 * **Migration.** `FORMAT` is raised when this shape changes, and a step from the old format is added to `MIGRATIONS`.
 * A text of a later format is never written over: the page then works from memory. A text that cannot be read is kept
 * under a second name, and a fresh record is begun.
 */
import type { Mark } from "../evidence.ts";
import type { Answers, Facts, Kind, Source, VerdictState } from "../types.ts";

export const FORMAT = 1;
export const FORMAT_NAME = "underhood-progress";

/** Characters that are read at most: a record of some hundred exercises is far smaller. */
export const MOST_CHARACTERS = 1_000_000;

/** A verdict as it is kept: enough to show the feedback again, word for word. */
export interface KeptVerdict {
  readonly state: VerdictState;
  readonly why: string;
  readonly facts: Facts;
  readonly mark?: Mark;
  readonly source: Source;
}

/** What is kept of one exercise. */
export interface Entry<K extends Kind = Kind> {
  readonly kind: K;
  /** Version of the question and key that were answered. */
  readonly version: string;
  readonly answer: Answers[K] | null;
  readonly verdict: KeptVerdict | null;
  readonly tries: number;
  /** How many hints are open. */
  readonly hints: number;
  readonly solutionSeen: boolean;
  readonly done: boolean;
  /** The exercise has changed since. */
  readonly changed: boolean;
  /** When it was last touched, milliseconds since 1970. */
  readonly at: number;
}

export type Entries = Readonly<Record<string, Entry>>;

/** The whole record, as stored and exported. */
export interface Progress {
  readonly format: typeof FORMAT_NAME;
  readonly version: number;
  /** The course that the work belongs to. */
  readonly course: string;
  readonly exercises: Entries;
}

/** An entry before anything was done. */
export function freshEntry<K extends Kind>(kind: K, version: string): Entry<K> {
  return {
    kind,
    version,
    answer: null,
    verdict: null,
    tries: 0,
    hints: 0,
    solutionSeen: false,
    done: false,
    changed: false,
    at: 0,
  };
}
