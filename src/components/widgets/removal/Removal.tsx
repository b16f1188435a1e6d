import "../../../styles/removal.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import { decodeRemoval, type StoredRemoval } from "../../../stored/removal.ts";
import { Choice } from "../../controls/Choice.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { Drawing } from "../../views/figure/Drawing.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { modelPlace } from "../../views/figure/status.ts";
import { Editor } from "./Editor.tsx";
import { removalJson, removalScene, removalTable } from "./exports.ts";
import { ownText } from "./ownText.ts";
import { Progress } from "./Progress.tsx";
import { PLOT } from "./plot.ts";
import { headName, RANKS_WIDTH, type RanksOptions, rankPicture } from "./ranks.ts";
import { removalClient } from "./removalClient.ts";
import { type Removed, removeTokens, textsOf } from "./removalRuns.ts";
import { type ScatterOptions, scatter } from "./scatter.ts";
import { type Evidence, type RemovalState, removalState } from "./state.ts";
import { Tokens } from "./Tokens.tsx";

export interface RemovalProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** A study of each model offered; the first is shown at first. */
  readonly studies: readonly StoredRemoval[];
  /** A run of the text that the first study shows. */
  readonly stored: StoredRun;
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  /** The output that is explained at first. */
  readonly output?: string;
  readonly evidence?: Signal<Evidence | null>;
}

/** Attention beside the effect of removal: every token of one text, and every head over many. */
export function Removal(props: RemovalProps) {
  const state = useMemo(() => stateOf(props), []);
  useEffect(() => {
    state.restore(location.search);
    const stops = [state.connect(), keepAddress(state.id, state.fields)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [state]);
  const { text, removal } = state.offer.value;
  const dots = dotsOf(state);
  const ranks = ranksOptions(state);
  return (
    <Figure
      id={state.id}
      title={props.title}
      wide
      status={text.status}
      actions={text.actions}
      controls={<Controls state={state} />}
      editor={<Editor id={state.id} info={state.offer.value.info} text={text} />}
      reading={state.reading}
      notice={state.notice}
      link={() => `${withState(location.href, state.id, state.fields()).split("#")[0]}#${state.id}`}
      onReset={state.reset}
      exports={{
        scene: () => removalScene(props.title, state.reading.value, dots, ranks),
        table: () => removalTable(dots, ranks),
        json: () => removalJson(removal, state.rows.value),
      }}
    >
      <Progress text={text} made="one to read the text, one with everything in place, one without each token" />
      <Tokens state={state} />
      <div class="uh-removal">
        <Dots state={state} options={dots} />
        <Ranks state={state} options={ranks} />
      </div>
    </Figure>
  );
}

function stateOf({ id, studies, stored, present, output, evidence }: RemovalProps): RemovalState {
  const offers = studies.map((study) => {
    const client = removalClient(study.model);
    const removal = decodeRemoval(study);
    const absent = !present.includes(study.model);
    const text = ownText<Removed>({
      client,
      channel: id,
      first: textsOf(removal.shown, client),
      stored: { rows: removal.shown, live: false, trace: null, runs: 0 },
      absent,
      offer: "Remove each token live",
      work: (texts, tell) => removeTokens(client, id, texts, tell),
    });
    return { info: client.modelInfo, removal, text };
  });
  return removalState({ id, offers, output, run: decodeTrace(stored), evidence });
}

function dotsOf(state: RemovalState): ScatterOptions {
  return { rows: state.rows.value, output: state.output.value, head: state.head.value, token: state.token.value };
}

function ranksOptions(state: RemovalState): RanksOptions {
  const { removal } = state.offer.value;
  return { removal, by: state.by.value, head: state.head.value, own: state.own.value, ownName: state.ownName.value };
}

/** A list can't hold nothing: the mean of all heads is named so. */
const ALL = -1;

function Controls({ state }: { readonly state: RemovalState }) {
  const { removal, info } = state.offer.value;
  const heads = removal.rho.mean.length - 1;
  const options = [
    { value: ALL, label: "mean of all heads" },
    ...Array.from({ length: heads }, (_, head) => ({ value: head, label: headName(head, removal.shape) })),
  ];
  return (
    <>
      <ModelPicker
        id={state.id}
        models={state.offers.map((offer) => offer.info)}
        value={info.id}
        onChange={state.chooseModel}
        placeOf={(model) => placeOf(state, model)}
      />
      <Choice
        label="Attention of"
        options={options}
        value={state.head.value ?? ALL}
        onChange={(head) => state.chooseHead(head === ALL ? null : head)}
      />
      <Segmented
        name={`${state.id}-by`}
        label="Compared by"
        value={state.by.value}
        options={[
          { value: "rho", label: "rank correlation" },
          { value: "hit", label: "top token" },
        ]}
        onChange={(by) => {
          state.by.value = by;
        }}
      />
    </>
  );
}

function placeOf(state: RemovalState, model: string) {
  const offer = state.offers.find(({ info }) => info.id === model) ?? state.offer.value;
  return modelPlace(offer.text.status.value);
}

function Dots({ state, options }: { readonly state: RemovalState; readonly options: ScatterOptions }) {
  const { shapes, spots } = scatter(options);
  return (
    <div>
      <p class="uh-removal-title">
        One dot a token; named: those of <bdi class="uh-removal-name">{state.row.value.output}</bdi>
      </p>
      <Drawing {...PLOT} shapes={shapes}>
        {spots.map(({ index, x, y }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard has the buttons under “Take away”.
          <circle
            key={index}
            cx={x}
            cy={y}
            r="11"
            class="uh-drawing-spot"
            onPointerEnter={() => state.point(index)}
            onPointerLeave={() => state.point(null)}
            onClick={() => state.hold(index)}
          />
        ))}
      </Drawing>
    </div>
  );
}

function Ranks({ state, options }: { readonly state: RemovalState; readonly options: RanksOptions }) {
  const { shapes, bands, height } = rankPicture(options);
  return (
    <div>
      <p class="uh-removal-title">
        All heads over {options.removal.texts} texts, and ◇ {options.ownName}
      </p>
      <Drawing width={RANKS_WIDTH} height={height} shapes={shapes}>
        {bands.map(({ head, y, height: high }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard has the list “Attention of”.
          <rect
            key={head ?? ALL}
            x="0"
            y={y}
            width={RANKS_WIDTH}
            height={high}
            class="uh-drawing-spot"
            onClick={() => state.chooseHead(head)}
          />
        ))}
      </Drawing>
    </div>
  );
}
