import "../../../styles/attention.css";
import "../../../styles/matrix.css";
import "../../../styles/head-jobs.css";
import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import { clientOf } from "../../../workers/client.ts";
import { HeadPicker, LayerPicker } from "../../controls/AttentionControls.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { MatrixView } from "../../views/attention/MatrixView.tsx";
import { strongestInRow } from "../../views/attention/matrix.ts";
import { figureLink, useFigure } from "../../views/attention/useFigure.ts";
import { WeightLegend } from "../../views/attention/WeightLegend.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { liveModels } from "../../views/figure/liveModels.ts";
import { createLiveText } from "../../views/figure/liveText.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { LossBars } from "./LossBars.tsx";
import { type RepeatState, repeatState, type Step } from "./repeatState.ts";
import { headName } from "./words.ts";

export interface RepeatWalkProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** A decoder's run on random tokens that come twice. */
  readonly stored: StoredRun;
  /** This copy of the site holds the model. */
  readonly present: boolean;
  readonly evidence?: Signal<Evidence | null>;
  readonly mark?: Signal<Mark | null>;
}

/** Random tokens, then the same again: a head's matrix, and what each token cost. */
export function RepeatWalk(props: RepeatWalkProps) {
  const state = useMemo(() => stateOf(props), []);
  useFigure(state);
  const model = clientOf(props.stored.model).modelInfo;
  return (
    <Figure
      id={props.id}
      title={props.title}
      wide
      status={state.status}
      actions={{ ...state.live.actions, run: state.shuffle }}
      controls={<Controls state={state} />}
      reading={state.reading}
      exports={exportsOf(props.title, model.name, state)}
      link={() => figureLink(state)}
      onReset={state.reset}
      notice={state.notice}
    >
      <Body state={state} />
    </Figure>
  );
}

function stateOf({ id, stored, present, evidence, mark }: RepeatWalkProps): RepeatState {
  const client = clientOf(stored.model);
  const text = createLiveText({ client, channel: id, stored: decodeTrace(stored), absent: !present });
  const live = liveModels(new Map([[stored.model, text]]));
  return repeatState({ id, live, trace: (request) => client.trace(request, id), evidence, mark });
}

const STEP_LABELS: readonly { readonly value: Step; readonly label: string }[] = [
  { value: "previous", label: "1 · who came before" },
  { value: "induction", label: "2 · induction" },
];

function Controls({ state }: { state: RepeatState }) {
  const choice = state.choice.value;
  const { layers, heads } = state.picture.value;
  return (
    <>
      <Segmented
        name={`${state.id}-step`}
        label="Best head for"
        value={state.step.value ?? ("none" as Step)}
        options={STEP_LABELS}
        onChange={state.show}
      />
      <LayerPicker id={state.id} settings={choice} layers={layers} onPatch={state.patch} />
      <HeadPicker
        id={state.id}
        heads={heads}
        head={state.chosen.value.head}
        onHead={(head) => state.patch({ heads: [head] })}
      />
    </>
  );
}

function Body({ state }: { state: RepeatState }) {
  const picture = state.picture.value;
  const ref = state.chosen.value;
  const mark = state.mark.value;
  const point = (row: number | null) => {
    const column = row === null ? -1 : strongestInRow(picture.matrix(ref.layer, ref.head), row).column;
    state.cell.value = row === null || column < 0 ? null : { row, column };
  };
  return (
    <div class="uh-jobs-walk">
      {mark && <p class="uh-mark">{mark.label}</p>}
      <div class="uh-jobs-chosen">
        <p class="uh-modelview-name">{headName(ref)}</p>
        <MatrixView
          picture={picture}
          layer={ref.layer}
          head={ref.head}
          cell={state.cell}
          marked={[]}
          onCell={(cell) => {
            state.cell.value = cell;
          }}
        />
        <WeightLegend keys={picture.columns.length} head={ref.head} />
      </div>
      <LossBars
        tokens={state.live.trace.value.source.tokens}
        costs={state.costs.value}
        here={state.cell.value?.row ?? null}
        onPoint={point}
      />
    </div>
  );
}

function exportsOf(title: string, model: string, state: RepeatState) {
  const place = () => state.chosen.value;
  return {
    scene: async () => {
      const { matrixScene } = await import("../../views/attention/matrixScene.ts");
      const { layer, head } = place();
      const name = `${model}: ${headName(place())}`;
      return matrixScene(title, state.reading.value, name, state.picture.value, layer, head);
    },
    table: () => costTable(state),
    json: () => ({
      tokens: state.live.trace.value.source.tokens.map(({ id, piece }) => ({ id, piece })),
      loss: state.costs.value,
      head: place(),
      weights: state.picture.value.matrix(place().layer, place().head).weights,
    }),
  };
}

/** What each token cost, and where the head looks from the token that comes before it. */
function costTable(state: RepeatState): FigureTable {
  const { rows, columns, matrix } = state.picture.value;
  const { layer, head } = state.chosen.value;
  const costs = state.costs.value;
  return {
    caption: `What each token cost, and where ${headName({ layer, head })} looks when it is to be guessed`,
    columns: ["token", "−log P", "guessed from", "looks most at", "weight"],
    rows: costs.length,
    row: (index) => {
      const { at = 0, loss = 0 } = costs[index] ?? {};
      const { column, weight } = strongestInRow(matrix(layer, head), at - 1);
      return [rows[at]?.piece ?? "", loss, rows[at - 1]?.piece ?? "", columns[column]?.piece ?? "", weight];
    },
  };
}
