/** A study as a figure runs it: started by a click, with progress, stopped by another. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { HeadStudy, StudyProgress, StudyRequest } from "../../../engine/study.ts";
import { type Failure, failure } from "../../../lib/failure.ts";
import { actOn } from "../../views/figure/actOn.ts";
import type { LiveClient, Outcome } from "../../views/figure/liveClient.ts";
import { isQuiet, statusOf } from "../../views/figure/liveStatus.ts";
import type { FigureActions, FigureStatus } from "../../views/figure/status.ts";

/** Scores of all heads over a corpus. */
export type HeadsRequest = Extract<StudyRequest, { job: "heads" }>;

/** What is asked of the model, and what the figure takes from its answer. */
export interface StudyPlan<Result> {
  readonly request: HeadsRequest;
  take(study: HeadStudy): Result;
}

/** What is asked of a model's client. */
export interface StudyClient extends LiveClient {
  study(
    request: HeadsRequest,
    channel: string,
    onProgress: (progress: StudyProgress) => void,
  ): Promise<Outcome<HeadStudy>>;
  cancelStudy(channel: string): void;
}

export interface LiveStudyOptions<Result> {
  readonly client: StudyClient;
  /** Who asks: the figure's id. */
  readonly channel: string;
  readonly plan: () => Promise<StudyPlan<Result>>;
  /** This copy of the site lacks the model. */
  readonly absent: boolean;
}

export interface LiveStudy<Result> {
  /** What was computed here; null before. */
  readonly result: ReadonlySignal<Result | null>;
  /** What it took; null before. */
  readonly cost: ReadonlySignal<{ readonly runs: number; readonly seconds: number } | null>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
  /** Back to what is stored. */
  forget(): void;
}

export function liveStudy<Result>(options: LiveStudyOptions<Result>): LiveStudy<Result> {
  const { client, channel, plan, absent } = options;
  const result = signal<Result | null>(null);
  const cost = signal<{ runs: number; seconds: number } | null>(null);
  const progress = signal<StudyProgress | null>(null);
  const failed = signal<Failure | null>(null);
  let asked = 0;

  async function run(): Promise<void> {
    asked += 1;
    const mine = asked;
    failed.value = null;
    progress.value = { done: 0, total: 0 };
    const planned = await plan().catch(() => null);
    if (mine !== asked) return;
    if (planned === null) {
      progress.value = null;
      failed.value = failure("network", "The program of this study could not be fetched.");
      return;
    }
    let started = 0;
    let runs = 0;
    const answer = await client.study(planned.request, channel, (told) => {
      if (mine !== asked) return;
      // The first run comes after the model was loaded, which is not part of the cost.
      if (started === 0) started = performance.now();
      runs = told.total;
      progress.value = told;
    });
    if (mine !== asked) return;
    progress.value = null;
    if (!answer.ok) {
      failed.value = isQuiet(answer.failure) ? null : answer.failure;
      return;
    }
    result.value = planned.take(answer.value);
    cost.value = { runs, seconds: (performance.now() - started) / 1000 };
  }

  function cancel(): void {
    asked += 1;
    progress.value = null;
    client.cancelStudy(channel);
    if (client.modelStatus.peek().phase === "loading") client.cancelLoad();
  }

  return {
    result,
    cost,
    status: computed(() => {
      const running = progress.value !== null;
      const state = { live: result.value !== null, stale: false, running, failed: failed.value, absent };
      return withProgress(statusOf(client, state), progress.value);
    }),
    actions: {
      run: () => void run(),
      cancel,
      act: (action) => {
        failed.value = null;
        actOn(action, client, () => void run());
      },
      prefer: (preference) => {
        client.devicePreference.value = preference;
      },
    },
    forget: () => {
      cancel();
      result.value = null;
      cost.value = null;
      failed.value = null;
    },
  };
}

/** While sentences are read, the chip counts them as it counts bytes of a download. */
function withProgress(status: FigureStatus, progress: StudyProgress | null): FigureStatus {
  if (progress === null || status.phase === "loading" || status.phase === "failed") return status;
  const { done, total } = progress;
  return {
    ...status,
    phase: "loading",
    stage: total === 0 ? "starting" : `sentence ${done} of ${total}`,
    progress: total === 0 ? null : { loaded: done, total },
  };
}
