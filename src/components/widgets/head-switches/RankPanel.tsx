import { Segmented } from "../../controls/Segmented.tsx";
import { Curve } from "./Curve.tsx";
import { isOfTask } from "./choice.ts";
import { RankTable } from "./RankTable.tsx";
import type { SwitchesState } from "./state.ts";
import { progressText } from "./words.ts";

/** Ranking all heads, switching the strongest off, and the curve of that. */
export function RankPanel({ state }: { readonly state: SwitchesState }) {
  const { ranking } = state;
  const ranked = ranking.ranked.value;
  const choice = state.choice.value;
  const ofTask = isOfTask(choice, state.task.value);
  const failure = ranking.failed.value;
  return (
    <div class="uh-rank" data-ranked={ranked !== null || undefined}>
      <div class="uh-rank-row">
        {ofTask && (
          <Segmented
            name={`${state.id}-over`}
            label="Rank over"
            value={choice.over}
            options={[
              { value: "task", label: `all ${state.task.value.prompts.length} prompts` },
              { value: "text", label: "this text" },
            ]}
            onChange={(over) => state.patch({ over })}
          />
        )}
        <Study state={state} job="rank" label={ranked?.live ? "Rank again" : "Rank all heads"} run={ranking.rank} />
      </div>
      {failure && (
        <p class="uh-rank-failure" role="status">
          {failure.message} {failure.stillWorks}
        </p>
      )}
      {ranked && <Cut state={state} heads={ranked.heads.length} />}
      {ranked?.curve && <Curve curve={ranked.curve} cut={state.cut.value} />}
      {ranked && <RankTable key={state.model.value.id} state={state} ranked={ranked} />}
    </div>
  );
}

interface StudyProps {
  readonly state: SwitchesState;
  readonly job: "rank" | "curve";
  readonly label: string;
  readonly run: () => Promise<void>;
}

/** The button of a study; while it runs, how far it is and a way to stop it. */
function Study({ state, job, label, run }: StudyProps) {
  const { ranking } = state;
  if (ranking.job.value !== job) {
    const busy = ranking.job.value !== null || !ranking.possible.value;
    return (
      <button type="button" class="uh-button" disabled={busy} onClick={() => void run()}>
        {label}
      </button>
    );
  }
  const progress = ranking.progress.value;
  return (
    <div class="uh-rank-progress">
      <progress aria-label={label} value={progress?.done ?? 0} max={progress?.total ?? 1} />
      <span>{progressText(progress)}</span>
      <button type="button" class="uh-cancel" onClick={ranking.cancel}>
        Cancel
      </button>
    </div>
  );
}

/** The slider that follows the ranking. */
function Cut({ state, heads }: { readonly state: SwitchesState; readonly heads: number }) {
  const cut = state.cut.value;
  const frozen = state.frozen.value;
  const curve = state.ranking.ranked.value?.curve;
  return (
    <div class="uh-rank-row">
      <label class="uh-cut">
        <span>
          Switch off the strongest <b>{cut === null ? "(others are off)" : cut}</b>
        </span>
        <input
          type="range"
          min={0}
          max={heads}
          step={1}
          value={cut ?? 0}
          disabled={frozen}
          onInput={(event) => state.cutTo(event.currentTarget.valueAsNumber)}
        />
      </label>
      {!curve && !frozen && <Study state={state} job="curve" label="Draw the curve" run={state.ranking.draw} />}
    </div>
  );
}
