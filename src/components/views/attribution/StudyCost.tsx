import "../../../styles/attribution.css";
import type { Cost } from "../../../engine/gradient.ts";
import type { LiveStudy } from "./liveStudy.ts";

interface StudyCostProps {
  readonly study: Pick<LiveStudy<unknown, unknown>, "progress" | "shown" | "actions">;
  /** Of what is shown. */
  readonly cost: Cost;
}

/** What the answer cost; while one is under way, how far it is and the way to stop it. */
export function StudyCost({ study, cost }: StudyCostProps) {
  const progress = study.progress.value;
  if (progress === null) return <p class="uh-study-cost">{costText(cost, study.shown.value.live)}</p>;
  return (
    <p class="uh-study-cost" role="status">
      <progress aria-label="Runs of the model" value={progress.done} max={progress.total || 1} />
      <span>{progress.total === 0 ? "reading the text …" : `${progress.done} of ${progress.total} runs`}</span>
      <button type="button" class="uh-cancel" onClick={study.actions.cancel}>
        Stop
      </button>
    </p>
  );
}

/** "6 runs forward and back, 41 ms"; the time of a stored answer was another machine's and is left out. */
export function costText({ forward, backward, milliseconds }: Cost, live: boolean): string {
  const runs = (count: number) => `${count} ${count === 1 ? "run" : "runs"}`;
  const alone = forward - backward;
  const parts = [
    backward > 0 && `${runs(backward)} forward and back`,
    alone > 0 && (backward > 0 ? `${alone} forward only` : `${runs(alone)} forward`),
  ].filter(Boolean);
  const time = live ? `, ${timeText(milliseconds)}` : "";
  return `Cost: ${parts.join(", ") || "no run"}${time}.`;
}

function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
