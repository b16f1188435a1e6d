import "../../../styles/matrix.css";
import "../../../styles/three-kinds.css";
import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Family } from "../../../engine/model.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import { clientOf } from "../../../workers/client.ts";
import { HeadPicker, LayerPicker } from "../../controls/AttentionControls.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { MoreControls } from "../../controls/MoreControls.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { Toggle } from "../../controls/Toggle.tsx";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { AttentionFrame } from "../../views/attention/AttentionFrame.tsx";
import { MatrixView } from "../../views/attention/MatrixView.tsx";
import { countCells } from "../../views/attention/mask.ts";
import { useFigure } from "../../views/attention/useFigure.ts";
import { WeightLegend } from "../../views/attention/WeightLegend.tsx";
import { liveModels } from "../../views/figure/liveModels.ts";
import { createLiveText } from "../../views/figure/liveText.ts";
import { maskJson, maskScene, maskTable } from "./exports.ts";
import { MaskLegend } from "./MaskLegend.tsx";
import { Stacks } from "./Stacks.tsx";
import { type KindsState, kindsState } from "./state.ts";
import type { Place } from "./words.ts";

export interface ThreeKindsProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** One run of each model offered, of the same sentence; the first is shown at first. */
  readonly stored: readonly StoredRun[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  /** The head that a model shows at first, by the model’s name, counted from 0; its first one where left out. */
  readonly starts?: Readonly<Record<string, Place>>;
  readonly evidence?: Signal<Evidence | null>;
  readonly mark?: Signal<Mark | null>;
}

const FAMILIES: readonly { readonly value: Family; readonly label: string }[] = [
  { value: "encoder", label: "Encoder only" },
  { value: "decoder", label: "Decoder only" },
  { value: "encoder-decoder", label: "Encoder–decoder" },
];

/** The three kinds of transformer, one at a time: which blocks it has, and one head’s matrix with the mask drawn on it. */
export function ThreeKinds(props: ThreeKindsProps) {
  const state = useMemo(() => stateOf(props), []);
  useFigure(state);
  return (
    <AttentionFrame
      title={props.title}
      figure={state}
      controls={<Controls state={state} />}
      exports={exportsOf(props.title, state)}
      compact={false}
    >
      <Body state={state} />
    </AttentionFrame>
  );
}

function stateOf({ id, stored, present, starts, evidence, mark }: ThreeKindsProps): KindsState {
  const clients = stored.map(({ model }) => clientOf(model));
  const lives = stored.map((run, at) => {
    const client = clients[at] ?? clientOf(run.model);
    const absent = !present.includes(run.model);
    const text = createLiveText({ client, channel: id, stored: decodeTrace(run), alignment: alignmentOf, absent });
    return [run.model, text] as const;
  });
  const models = clients.map(({ modelInfo }) => modelInfo);
  return kindsState({ id, live: liveModels(new Map(lives)), models, starts, evidence, mark });
}

function Controls(props: { state: KindsState }) {
  const { state } = props;
  const { id } = state;
  const picture = state.picture.value;
  return (
    <>
      <div class="uh-kinds-switch">
        <Segmented
          name={`${id}-family`}
          label="Transformer"
          value={state.model.value.family}
          options={FAMILIES}
          onChange={state.chooseFamily}
        />
      </div>
      <ModelPicker
        id={id}
        models={state.siblings.value}
        value={state.model.value.id}
        onChange={state.chooseModel}
        placeOf={state.live.models.placeOf}
      />
      <MoreControls id={id}>
        <LayerPicker id={id} settings={state.choice.value} onPatch={state.patch} layers={picture.layers} />
        <HeadPicker
          id={id}
          heads={picture.heads}
          head={state.place.value.head}
          onHead={(head) => state.patch({ heads: [head] })}
        />
        <fieldset class="uh-toggles">
          <legend>Batch</legend>
          <Toggle
            label="filled up, beside a longer text"
            checked={state.padding.value}
            onChange={(on) => {
              state.padding.value = on;
            }}
          />
        </fieldset>
      </MoreControls>
    </>
  );
}

function Body(props: { state: KindsState }) {
  const { state } = props;
  const picture = state.picture.value;
  const { layer, head } = state.place.value;
  const mark = state.mark.value;
  return (
    <div class="uh-kinds">
      {mark && <p class="uh-mark">{mark.label}</p>}
      <Stacks model={state.model.value} kind={picture.kind} onKind={state.chooseKind} />
      <div class="uh-kinds-matrix">
        <p class="uh-modelview-name">
          {state.model.value.name}: layer {layer + 1}, head {head + 1}
        </p>
        <MatrixView
          picture={picture}
          layer={layer}
          head={head}
          cell={state.cell}
          marked={[]}
          masked
          onCell={state.point}
          onHold={state.hold}
        />
        <WeightLegend keys={picture.columns.length} head={head} />
        <MaskLegend forbidden={countCells(picture).forbidden} />
      </div>
    </div>
  );
}

function exportsOf(title: string, state: KindsState) {
  return {
    scene: () => maskScene(title, state.reading.value, state.model.value.name, state.picture.value, state.place.value),
    table: () => maskTable(state.picture.value, state.place.value),
    json: () => maskJson(state.live.trace.value, state.picture.value, state.place.value),
  };
}
