import "../../../styles/attention.css";
import "../../../styles/matrix.css";
import "../../../styles/neuron.css";
import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import type { StoredInside } from "../../../stored/inside.ts";
import { storedInside } from "../../../stored/insides.ts";
import { clientOf } from "../../../workers/client.ts";
import { HeadPicker, KindPicker, LayerPicker } from "../../controls/AttentionControls.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { roveFocus } from "../../controls/roving.ts";
import type { Evidence } from "../../exercises/evidence.ts";
import { AttentionFrame } from "../../views/attention/AttentionFrame.tsx";
import { kindsOf } from "../../views/attention/choice.ts";
import { ThumbnailGrid } from "../../views/attention/ThumbnailGrid.tsx";
import { useFigure } from "../../views/attention/useFigure.ts";
import { liveModels } from "../../views/figure/liveModels.ts";
import { createLiveText } from "../../views/figure/liveText.ts";
import { Arithmetic } from "../../views/neuron/Arithmetic.tsx";
import { NeuronPicture } from "../../views/neuron/NeuronPicture.tsx";
import { neuronJson, neuronTable } from "../../views/neuron/neuronTable.ts";
import { StripReadout } from "../../views/neuron/StripReadout.tsx";
import { beforeText, leftOutText, mannerText, smallText } from "../../views/neuron/words.ts";
import { QueryTokens } from "./QueryTokens.tsx";
import { StepBar } from "./StepBar.tsx";
import { type NeuronState, neuronState } from "./state.ts";

export interface NeuronViewProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** The head that is drawn at build time. */
  readonly inside: StoredInside;
  /** A run of each model that can be chosen; the first is the one of `inside`. */
  readonly stored: readonly StoredRun[];
  /** Names of the models that this copy of the site holds; of the others, what is stored can be shown. */
  readonly present: readonly string[];
  /** Steps unfolded at first; all of them when left out. */
  readonly open?: number;
  readonly evidence?: Signal<Evidence | null>;
}

/** One score being computed: query, keys, products, sum, scale and mask, softmax, values, with the model's own numbers. */
export function NeuronView(props: NeuronViewProps) {
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

/** A model up to this size is loaded when one of its heads is chosen; a larger one waits for a word of the reader. */
const LIGHT_BYTES = 40e6;

function stateOf(props: NeuronViewProps): NeuronState {
  const { id, present } = props;
  const live = liveModels(
    new Map(
      props.stored.map((run) => {
        const stored = decodeTrace(run);
        const client = clientOf(run.model);
        const absent = !present.includes(run.model);
        return [run.model, createLiveText({ client, channel: id, stored, absent })];
      }),
    ),
  );
  return neuronState({
    id,
    live,
    first: props.inside,
    open: props.open,
    stored: storedInside,
    inspect: (model, request, head) => clientOf(model).inspect(request, head, `${id}-inside`),
    light: (model) => clientOf(model).modelBytes < LIGHT_BYTES,
    evidence: props.evidence,
  });
}

function Controls({ state }: { state: NeuronState }) {
  const { models } = state.live;
  const choice = state.choice.value;
  const picture = state.picture.value;
  const kinds = kindsOf(state.live.trace.value);
  const head = choice.heads[0] ?? 0;
  return (
    <>
      {models && (
        <ModelPicker
          id={state.id}
          models={models.offered.map((model) => clientOf(model).modelInfo)}
          value={models.chosen.value}
          placeOf={models.placeOf}
          onChange={state.choose}
        />
      )}
      {kinds.length > 1 && (
        <KindPicker id={state.id} settings={choice} kinds={kinds} onPatch={({ kind }) => kind && state.kind(kind)} />
      )}
      <LayerPicker
        id={state.id}
        settings={choice}
        layers={picture.layers}
        onPatch={({ layer }) => layer !== undefined && state.jump(layer, head)}
      />
      <HeadPicker id={state.id} heads={picture.heads} head={head} onHead={(next) => state.jump(choice.layer, next)} />
    </>
  );
}

function Body({ state }: { state: NeuronState }) {
  const inside = state.inside.value;
  const steps = state.steps.value;
  const shown = state.shown.value;
  const chosen = state.chosen.value;
  const { key, open } = state.place.value;
  const common = { inside, steps, shown, open, cell: state.cell };
  return (
    <>
      <div class="uh-neuron-bar">
        <QueryTokens state={state} />
        <StepBar state={state} />
      </div>
      <NeuronPicture
        {...common}
        id={state.id}
        chosen={chosen}
        held={key}
        onOpen={state.unfold}
        onHold={state.hold}
        onCell={(cell) => {
          state.cell.value = cell;
        }}
      />
      <StripReadout {...common} />
      <Notes state={state} />
      <div class="uh-neuron-below">
        <Arithmetic {...common} chosen={chosen} held={key !== null} />
        <Overview state={state} />
      </div>
    </>
  );
}

/** How this head scores, what is not drawn, and how exactly it all multiplies out. */
function Notes({ state }: { state: NeuronState }) {
  const inside = state.inside.value;
  const { weights, output, whole } = state.agreement.value;
  const [queries, keys] = [inside.queries.length, inside.keys.length];
  const leftOut = leftOutText(state.steps.value, state.shown.value);
  return (
    <div class="uh-neuron-notes">
      <p>
        {mannerText(inside)} {beforeText(clientOf(inside.model).modelInfo.architecture)} {leftOut}
      </p>
      <p class="uh-check">
        Computed here from q, k and v. Largest difference from what the model itself used, over{" "}
        {whole ? `all ${queries} × ${keys} weights of this head` : `the ${keys} weights of this query`}:{" "}
        <b data-name="difference">{smallText(weights)}</b>; over {whole ? "its outputs" : "its output"}:{" "}
        <b>{smallText(output)}</b>.
      </p>
    </div>
  );
}

/** Models with more layers are chosen from the lists alone. */
const MOST_LAYERS = 12;

function Overview({ state }: { state: NeuronState }) {
  const picture = state.picture.value;
  const { layer, heads } = state.choice.value;
  if (picture.layers > MOST_LAYERS) return null;
  return (
    <div class="uh-overview">
      <p class="uh-overview-title">All heads · click to go there</p>
      <ThumbnailGrid
        size="small"
        picture={picture}
        layer={layer}
        heads={heads}
        onPick={state.jump}
        onKeyDown={(event) => roveFocus(event, picture.heads)}
      />
      <p class="uh-overview-note">
        Layers down, heads across. Each square is one head’s weights: rows ask, columns are keys.
      </p>
    </div>
  );
}

function exportsOf(title: string, state: NeuronState) {
  const now = () => ({
    inside: state.inside.value,
    steps: state.steps.value,
    shown: state.shown.value,
    open: state.place.value.open,
  });
  return {
    scene: async () => {
      const { neuronScene } = await import("../../views/neuron/neuronScene.ts");
      return neuronScene(title, state.reading.value, now());
    },
    table: () => neuronTable(now().inside, now().steps),
    json: () => {
      const { source, target } = state.live.trace.value;
      return neuronJson(now().inside, now().steps, { source: source.text, target: target?.text ?? null });
    },
  };
}
