import { FailureError, failure } from "../../lib/failure.ts";
import type { StudyProgress } from "../study.ts";

/** What a study is given beside the model. */
export interface StudyTools {
  /** The file of the treebank, for a corpus of that kind. */
  readonly treebank?: string;
  /** Told how far the study is, after every run and every few milliseconds of other work; `false` stops it. */
  readonly onProgress: (progress: StudyProgress) => Promise<boolean>;
}

/** The beat of a study: where it tells how far it is, lets others work, and can be stopped. */
export interface Pace {
  /** After a run of the model. */
  readonly ran: () => Promise<void>;
  /** When so many runs are done in all: for runs that go through the model together. */
  readonly reached: (runs: number) => Promise<void>;
  /** Within long work on numbers; tells nothing more than every 50 ms. */
  readonly breathe: () => Promise<void>;
}

const BREATH_MS = 50;

/** The pace of a study of `total` runs; its functions throw a `FailureError` ("cancelled") when the study is to stop. */
export function paceOf({ onProgress }: StudyTools, total: number): Pace {
  let done = 0;
  let told = performance.now();
  const tell = async () => {
    const goOn = await onProgress({ done, total });
    told = performance.now();
    if (!goOn) throw new FailureError(failure("cancelled", "The study was stopped.", { action: "retry" }));
  };
  return {
    ran: () => {
      done += 1;
      return tell();
    },
    reached: (runs) => {
      done = runs;
      return tell();
    },
    breathe: async () => {
      if (performance.now() - told > BREATH_MS) await tell();
    },
  };
}

/** An error that says what a study cannot work on. */
export function unfit(message: string): FailureError {
  return new FailureError(failure("bad-input", message, { action: "none" }));
}
