/** The only place that starts a worker. */
import type { StartWorker } from "./supervisor.ts";

/** Starts the model's worker. */
export const startWorker: StartWorker = () => {
  throw new Error("not written yet");
};
