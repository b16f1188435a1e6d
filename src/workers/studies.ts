/** Studies in order: one at a time, the newest of each channel alone. */
import type { StudyProgress, StudyRequest, StudyResults } from "../engine/study.ts";
import { failure } from "../lib/failure.ts";
import type { Answer, OnStudyProgress } from "./api.ts";

/** What any study gives. */
export type StudyResult = StudyResults[StudyRequest["job"]];

interface Running {
  stopped: boolean;
}

/** Answered when a study was ended, before it began or while it ran. */
const ENDED: Answer<StudyResult> = {
  ok: false,
  failure: failure("cancelled", "The work was stopped.", { action: "none" }),
};

/** Keeps studies apart. It runs nothing itself. */
export class Studies {
  private readonly running = new Map<string, Running>();
  private last: Promise<unknown> = Promise.resolve();

  /** Starts a study after those that were asked for before it; `work` is told by its progress whether to go on. */
  start(
    channel: string,
    onProgress: (progress: StudyProgress) => void,
    work: (onStep: OnStudyProgress) => Promise<Answer<StudyResult>>,
  ): Promise<Answer<StudyResult>> {
    this.cancel(channel);
    const mine: Running = { stopped: false };
    this.running.set(channel, mine);
    const answer = this.last.then(() => (mine.stopped ? ENDED : work(stepOf(mine, onProgress))));
    this.last = answer.finally(() => {
      if (this.running.get(channel) === mine) this.running.delete(channel);
    });
    return answer.then((result) => (mine.stopped ? ENDED : result));
  }

  /** Ends a channel's study at its next step. */
  cancel(channel: string): void {
    const running = this.running.get(channel);
    if (running) running.stopped = true;
  }
}

function stepOf(running: Running, onProgress: (progress: StudyProgress) => void): OnStudyProgress {
  return async (progress) => {
    if (!running.stopped) onProgress(progress);
    return !running.stopped;
  };
}
