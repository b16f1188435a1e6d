/** A study as a figure runs it: started by a click, with progress, stopped by another. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { HeadStudy, StudyProgress } from "../../../engine/study.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { LiveClient, Outcome } from "../../views/figure/liveClient.ts";
import { isQuiet, statusOf } from "../../views/figure/liveStatus.ts";
import type { FigureActions, FigureStatus } from "../../views/figure/status.ts";
import type { HeadsRequest } from "./studies.ts";

/** What is asked of a model's client. */
export interface StudyClient extends LiveClient {
  study(
    request: HeadsRequest,
    channel: string,
    onProgress: (progress: StudyProgress) => void,
  ): Promise<Outcome<HeadStudy>>;
  cancelStudy(channel: string): void;
}

export interface LiveStudyOptions {
  readonly client: StudyClient;
  /** Who asks: the figure's id. */
  readonly channel: string;
  readonly request: () => Promise<HeadsRequest>;
  /** This copy of the site lacks the model. */
  readonly absent: boolean;
}

export interface LiveStudy {
  /** What was computed here; null before. */
  readonly study: ReadonlySignal<HeadStudy | null>;
  /** What it took; null before. */
  readonly cost: ReadonlySignal<{ readonly runs: number; readonly seconds: number } | null>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
  /** Back to what is stored. */
  forget(): void;
}

export function liveStudy({ client, channel, request, absent }: LiveStudyOptions): LiveStudy {
  const study = signal<HeadStudy | null>(null);
  const cost = signal<{ runs: number; seconds: number } | null>(null);
  const progress = signal<StudyProgress | null>(null);
  const failed = signal<Failure | null>(null);
  let asked = 0;

  async function run(): Promise<void> {
    asked += 1;
    const mine = asked;
    failed.value = null;
    progress.value = { done: 0, total: 0 };
    const asking = await request();
    if (mine !== asked) return;
    let started = 0;
    let runs = 0;
    const answer = await client.study(asking, channel, (told) => {
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
    study.value = answer.value;
    cost.value = { runs, seconds: (performance.now() - started) / 1000 };
  }

  function cancel(): void {
    asked += 1;
    progress.value = null;
    client.cancelStudy(channel);
    if (client.modelStatus.peek().phase === "loading") client.cancelLoad();
  }

  return {
    study,
    cost,
    status: computed(() => {
      const running = progress.value !== null;
      const state = { live: study.value !== null, stale: false, running, failed: failed.value, absent };
      return withProgress(statusOf(client, state), progress.value);
    }),
    actions: {
      run: () => void run(),
      cancel,
      act: (action) => {
        failed.value = null;
        if (action === "reload") location.reload();
        if (action === "use-wasm") client.devicePreference.value = "wasm";
        if (action === "retry" || action === "use-wasm") void run();
      },
      prefer: (preference) => {
        client.devicePreference.value = preference;
      },
    },
    forget: () => {
      cancel();
      study.value = null;
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
