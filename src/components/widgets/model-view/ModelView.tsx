import "../../../styles/attention.css";
import "../../../styles/matrix.css";
import type { Signal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import type { AttentionKind } from "../../../engine/model.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import { decodeTrace, type StoredTrace } from "../../../stored/format.ts";
import { clientOf } from "../../../workers/client.ts";
import { KindPicker, RowNamesPicker, TokenToggles } from "../../controls/AttentionControls.tsx";
import { roveFocus } from "../../controls/roving.ts";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { AttentionFrame } from "../../views/attention/AttentionFrame.tsx";
import { attentionTable } from "../../views/attention/attentionTable.ts";
import { DEFAULT_CHOICE, kindsOf, startKind } from "../../views/attention/choice.ts";
import { MatrixView } from "../../views/attention/MatrixView.tsx";
import { ThumbnailGrid } from "../../views/attention/ThumbnailGrid.tsx";
import { useFigure } from "../../views/attention/useFigure.ts";
import { WeightLegend } from "../../views/attention/WeightLegend.tsx";
import { liveText } from "../../views/figure/liveText.ts";
import { type ModelViewState, modelViewState } from "./state.ts";

export interface ModelViewProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** The run that is drawn at build time; the model that made it also runs live. */
  readonly stored: StoredTrace;
  /** Shared among the figures of a page: an edit in one updates all. */
  readonly source?: Signal<string>;
  /** Null while the model writes the target. */
  readonly target?: Signal<string | null>;
  readonly kind?: AttentionKind;
  /** The head that is shown large at first, counted from 0. */
  readonly layer?: number;
  /** Only the first counts. */
  readonly heads?: readonly number[];
  readonly evidence?: Signal<Evidence | null>;
  readonly mark?: Signal<Mark | null>;
  /** While false the picture is hidden: predict first. */
  readonly curtain?: Signal<boolean>;
  /** Without the text fields. */
  readonly compact?: boolean;
}

/** Every layer and head as thumbnails; the chosen one large, with its tokens. */
export function ModelView(props: ModelViewProps) {
  const state = useMemo(() => stateOf(props), []);
  useFigure(state);
  const compact = props.compact ?? false;
  return (
    <AttentionFrame
      title={props.title}
      figure={state}
      controls={<Controls state={state} />}
      exports={exportsOf(props.title, state)}
      curtain={props.curtain}
      compact={compact}
    >
      <Body state={state} />
    </AttentionFrame>
  );
}

function stateOf(props: ModelViewProps): ModelViewState {
  const { id, source, target } = props;
  const stored = decodeTrace(props.stored);
  const live = liveText({
    client: clientOf(stored.model),
    channel: id,
    stored,
    source,
    target,
    alignment: alignmentOf,
  });
  const heads = [props.heads?.[0] ?? 0];
  const defaults = { ...DEFAULT_CHOICE, kind: startKind(stored, props.kind), layer: props.layer ?? 0, heads };
  return modelViewState({ id, live, defaults, evidence: props.evidence, mark: props.mark });
}

function Controls(props: { state: ModelViewState }) {
  const { state } = props;
  const { lone, names } = state.picture.value;
  const common = { id: state.id, settings: state.choice.value, onPatch: state.patch };
  return (
    <>
      <KindPicker {...common} kinds={kindsOf(state.live.trace.value)} />
      {!lone && <RowNamesPicker {...common} names={names} />}
      <TokenToggles {...common} instruction={state.live.instruction !== ""} />
    </>
  );
}

function Body(props: { state: ModelViewState }) {
  const { state } = props;
  const picture = state.picture.value;
  const place = state.place.value;
  const { layer, heads } = state.choice.value;
  const mark = state.mark.value;
  const large = useRef<HTMLDivElement>(null);
  return (
    <div class="uh-modelview">
      {mark && <p class="uh-mark">{mark.label}</p>}
      <div class="uh-modelview-all">
        <ThumbnailGrid
          size="large"
          picture={picture}
          layer={layer}
          heads={heads}
          marked={mark?.head ?? null}
          onPick={(layer, head) => {
            state.pick(layer, head);
            large.current?.scrollIntoView({ block: "nearest" });
          }}
          onPreview={state.preview}
          onKeyDown={(event) => roveFocus(event, picture.heads)}
        />
        <WeightLegend keys={picture.columns.length} head={place.head} />
        <p class="uh-overview-note">
          Point at a head to see it large; click to keep it. Arrow keys move from head to head.
        </p>
      </div>
      <div class="uh-modelview-large" ref={large}>
        <p class="uh-modelview-name">
          Layer {place.layer + 1}, head {place.head + 1}
        </p>
        <MatrixView
          picture={picture}
          layer={place.layer}
          head={place.head}
          cell={state.cell}
          marked={state.markedCells.value}
          onCell={(cell) => {
            state.cell.value = cell;
          }}
        />
      </div>
    </div>
  );
}

function exportsOf(title: string, state: ModelViewState) {
  const now = () => ({ picture: state.picture.value, ...state.place.value });
  return {
    scene: async () => {
      const { modelScene } = await import("../../views/attention/modelScene.ts");
      return modelScene(title, state.reading.value, now().picture, now().layer, now().head);
    },
    table: () => attentionTable(now().picture, now().layer, [now().head]),
    json: async () => {
      const { attentionJson } = await import("../../views/attention/attentionJson.ts");
      return attentionJson(state.live.trace.value, now().picture, now().layer, [now().head]);
    },
  };
}
