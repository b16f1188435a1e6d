/** The state of a figure's model and run, as its chip and messages say it. */
import type { Failure } from "../../../lib/failure.ts";
import type { LiveClient } from "./liveClient.ts";
import type { FigureStatus } from "./status.ts";

/** Stages of loading that are not a download. */
const STAGES: Readonly<Record<string, string>> = {
  session: "starting the model",
  check: "checking its numbers",
};

/** Answers that need no word: a newer request took over, or the reader cancelled. */
export function isQuiet(failure: Failure): boolean {
  return failure.code === "superseded" || failure.code === "cancelled";
}

/** What is known besides the model's own status. */
export interface RunState {
  readonly live: boolean;
  readonly stale: boolean;
  readonly running: boolean;
  readonly failed: Failure | null;
  readonly absent: boolean;
}

/** Puts both together. */
export function statusOf(client: LiveClient, { live, stale, running, failed, absent }: RunState): FigureStatus {
  const model = client.modelStatus.value;
  const phases = { stored: "idle", loading: "loading", live: running ? "running" : "ready", failed: "failed" } as const;
  const loadFailure = model.failure && !isQuiet(model.failure) ? model.failure : null;
  const failure = failed ?? loadFailure;
  return {
    shown: live ? "live" : "stored",
    stale,
    phase: failed ? "failed" : phases[model.phase],
    progress: model.progress && { loaded: model.progress.loaded, total: model.progress.total },
    stage: model.progress ? (STAGES[model.progress.stage] ?? "") : "",
    device: model.device,
    preference: client.devicePreference.value,
    notices: live ? model.notices : [],
    failure,
    absent,
  };
}
