import "../../../styles/head-switches.css";
import { effect, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredSwitches } from "../../../stored/switches.ts";
import { clientOf } from "../../../workers/client.ts";
import { Choice as Select } from "../../controls/Choice.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { Boards } from "./Boards.tsx";
import { type Exported, switchesJson, switchesTable } from "./exports.ts";
import { RankPanel } from "./RankPanel.tsx";
import { Says } from "./Says.tsx";
import { type Start, type SwitchesState, switchesState } from "./state.ts";
import { Texts } from "./Texts.tsx";
import { METRIC_WORDS } from "./words.ts";

export interface HeadSwitchesProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** What is stored of each model offered; the first is shown at first. */
  readonly stored: readonly StoredSwitches[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  /** Where the figure starts; by default all heads are on and nothing is ranked. */
  readonly start?: Start;
  readonly evidence?: Signal<Evidence | null>;
  readonly mark?: Signal<Mark | null>;
}

/** Every head with a switch, and beside them what the model says. */
export function HeadSwitches(props: HeadSwitchesProps) {
  const state = useMemo(() => switchesState({ ...props, clientOf }), []);
  useEffect(() => enliven(state), [state]);
  return (
    <Figure
      id={props.id}
      title={props.title}
      departure={state.departure}
      wide
      status={state.speech.status}
      actions={state.speech.actions}
      controls={<Controls state={state} />}
      editor={<Texts state={state} />}
      reading={state.reading}
      exports={exportsOf(props.title, state)}
      link={() => linkOf(state)}
      onReset={state.reset}
      notice={state.notice}
    >
      <Body state={state} />
    </Figure>
  );
}

/** Brings the figure to life in the browser; answers with a function that stops. */
function enliven(state: SwitchesState): () => void {
  state.restore(location.search);
  const bring = effect(() => {
    if (!state.mark.value?.bring) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.getElementById(state.id)?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  });
  const stops = [state.speech.follow(), state.connect(), keepAddress(state.id, state.fields), bring];
  return () => {
    for (const stop of stops) stop();
    state.ranking.cancel();
  };
}

function linkOf(state: SwitchesState): string {
  const bare = withState(location.href, state.id, { ...state.choice.peek() });
  return `${bare.split("#")[0]}#${state.id}`;
}

function Controls({ state }: { readonly state: SwitchesState }) {
  const choice = state.choice.value;
  const tasks = state.tasks.value;
  return (
    <>
      {state.models.length > 1 && (
        <ModelPicker
          id={state.id}
          models={state.models}
          value={choice.model}
          onChange={state.chooseModel}
          placeOf={state.placeOf}
        />
      )}
      {tasks.length > 1 && (
        <Select
          label="Task"
          value={choice.task}
          options={tasks.map(({ id, label }) => ({ value: id, label }))}
          onChange={state.chooseTask}
        />
      )}
      <Segmented
        name={`${state.id}-fill`}
        label="Off means"
        value={choice.fill}
        options={[
          { value: "zero", label: "zeros" },
          { value: "mean", label: "its mean" },
        ]}
        onChange={(fill) => state.patch({ fill })}
      />
    </>
  );
}

/** A board with more layers than this is as high as all that stands beside it. */
const TALL = 8;

function Body({ state }: { readonly state: SwitchesState }) {
  const ranked = state.ranking.ranked.value;
  const mark = state.mark.value;
  return (
    <div class="uh-switches" data-tall={state.boards.value.some(({ layers }) => layers > TALL) || undefined}>
      {mark && <p class="uh-mark">{mark.label}</p>}
      <div class="uh-switches-boards">
        <Tools state={state} />
        <Boards state={state} />
        {ranked && <Legend metric={METRIC_WORDS[ranked.sweep.metric]} />}
      </div>
      <Says shown={state.speech.shown.value} model={state.model.value} waiting={state.waiting.value} />
      <RankPanel state={state} />
    </div>
  );
}

function Tools({ state }: { readonly state: SwitchesState }) {
  const off = state.choice.value.off.length;
  const frozen = state.frozen.value;
  return (
    <div class="uh-switch-tools">
      <span class="uh-switch-count">{off === 0 ? "all heads on" : `${off} off`}</span>
      <button type="button" class="uh-button" disabled={frozen || off === 0} onClick={state.allOn}>
        All on
      </button>
      <button type="button" class="uh-button" disabled={frozen} onClick={state.invert}>
        Invert
      </button>
      <button type="button" class="uh-button" disabled={frozen || !state.canUndo.value} onClick={state.undo}>
        Undo
      </button>
    </div>
  );
}

/** What the colours of the switches say. */
function Legend({ metric }: { readonly metric: string }) {
  return (
    <p class="uh-switch-legend">
      <span class="uh-switch-key" data-strength="-4" aria-hidden="true" /> {metric} falls without it
      <span class="uh-switch-key" data-strength="4" aria-hidden="true" /> rises without it
    </p>
  );
}

function exportsOf(title: string, state: SwitchesState) {
  const now = (): Exported => ({
    model: state.model.value,
    boards: state.boards.value,
    shown: state.speech.shown.value,
    off: state.choice.value.off,
    ranked: state.ranking.ranked.value,
  });
  return {
    scene: async () => {
      const { switchesScene } = await import("./switchesScene.ts");
      return switchesScene(title, state.reading.value, now());
    },
    table: () => switchesTable(now()),
    json: () => switchesJson(now()),
  };
}
