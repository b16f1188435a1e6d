import "../../../styles/attention.css";
import "../../../styles/matrix.css";
import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { AttentionKind } from "../../../engine/model.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import { decodeTrace, type StoredTrace } from "../../../stored/format.ts";
import { clientOf } from "../../../workers/client.ts";
import {
  FloorPicker,
  KindPicker,
  LayerPicker,
  RowNamesPicker,
  TokenToggles,
} from "../../controls/AttentionControls.tsx";
import { HeadTiles } from "../../controls/HeadTiles.tsx";
import { MoreControls } from "../../controls/MoreControls.tsx";
import { roveFocus } from "../../controls/roving.ts";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { AttentionFrame } from "../../views/attention/AttentionFrame.tsx";
import { attentionTable } from "../../views/attention/attentionTable.ts";
import { DEFAULT_CHOICE, FLOORS, kindsOf, startKind } from "../../views/attention/choice.ts";
import { HeadPicture } from "../../views/attention/HeadPicture.tsx";
import { attentionOf, sizes } from "../../views/attention/matrix.ts";
import { ThumbnailGrid } from "../../views/attention/ThumbnailGrid.tsx";
import { useFigure } from "../../views/attention/useFigure.ts";
import { liveText } from "../../views/figure/liveText.ts";
import { type HeadViewState, headViewState } from "./state.ts";

export interface HeadViewProps {
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
  /** Counted from 0. */
  readonly layer?: number;
  /** Heads shown at first, counted from 0; all of them when left out. */
  readonly heads?: readonly number[];
  readonly evidence?: Signal<Evidence | null>;
  readonly mark?: Signal<Mark | null>;
  /** While false the picture is hidden: predict first. */
  readonly curtain?: Signal<boolean>;
  /** Without the text fields and the overview. */
  readonly compact?: boolean;
}

/** Tokens on both sides, lines by weight, coloured tiles for heads. */
export function HeadView(props: HeadViewProps) {
  const state = useMemo(() => stateOf(props), []);
  useFigure(state);
  const compact = props.compact ?? false;
  return (
    <AttentionFrame
      title={props.title}
      figure={state}
      controls={<Controls state={state} compact={compact} />}
      exports={exportsOf(props.title, state)}
      curtain={props.curtain}
      compact={compact}
    >
      <Body state={state} compact={compact} />
    </AttentionFrame>
  );
}

function stateOf(props: HeadViewProps): HeadViewState {
  const stored = decodeTrace(props.stored);
  const { id, source, target } = props;
  const live = liveText({
    client: clientOf(stored.model),
    channel: id,
    stored,
    source,
    target,
    alignment: alignmentOf,
  });
  const kind = startKind(stored, props.kind);
  const count = sizes(attentionOf(stored, kind)).heads;
  const heads = props.heads ?? Array.from({ length: count }, (_, head) => head);
  const defaults = { ...DEFAULT_CHOICE, kind, layer: props.layer ?? 0, heads };
  return headViewState({ id, live, defaults, evidence: props.evidence, mark: props.mark });
}

function Controls(props: { state: HeadViewState; compact: boolean }) {
  const { state } = props;
  const choice = state.choice.value;
  const picture = state.picture.value;
  const common = { id: state.id, settings: choice, onPatch: state.patch };
  return (
    <>
      <KindPicker {...common} kinds={kindsOf(state.live.trace.value)} />
      <LayerPicker {...common} layers={picture.layers} />
      <HeadTiles
        count={picture.heads}
        shown={choice.heads}
        marked={state.mark.value?.head?.head ?? null}
        onToggle={state.toggle}
        onSolo={state.solo}
      />
      <MoreControls id={state.id}>
        {!picture.lone && <RowNamesPicker {...common} names={picture.names} />}
        <TokenToggles {...common} instruction={state.live.instruction !== ""} />
        <FloorPicker {...common} floors={FLOORS} />
      </MoreControls>
    </>
  );
}

function Body(props: { state: HeadViewState; compact: boolean }) {
  const { state } = props;
  const { layer, heads, floor } = state.choice.value;
  const picture = state.picture.value;
  const mark = state.mark.value;
  return (
    <div class="uh-headview-layout" data-compact={props.compact || undefined}>
      {mark && <p class="uh-mark">{mark.label}</p>}
      <HeadPicture
        picture={picture}
        layer={layer}
        heads={heads}
        floor={floor}
        spotlight={state.spotlight.value}
        locked={state.locked.value}
        marked={state.markedCells.value}
        note={state.note.value}
        onSpot={state.spot}
        onLock={state.lock}
        onRelease={state.release}
      />
      {!props.compact && (
        <div class="uh-overview">
          <p class="uh-overview-title">All heads · click to jump</p>
          <ThumbnailGrid
            size="small"
            picture={picture}
            layer={layer}
            heads={heads}
            marked={mark?.head ?? null}
            onPick={state.jump}
            onKeyDown={(event) => roveFocus(event, picture.heads)}
          />
          <p class="uh-overview-note">
            Layers down, heads across. Each square is one head’s matrix: rows look, columns are looked at.
          </p>
        </div>
      )}
    </div>
  );
}

function exportsOf(title: string, state: HeadViewState) {
  const now = () => ({ picture: state.picture.value, ...state.choice.value });
  return {
    scene: async () => {
      const { headScene } = await import("../../views/attention/headScene.ts");
      return headScene(title, state.reading.value, { ...now(), spotlight: state.spotlight.value });
    },
    table: () => attentionTable(now().picture, now().layer, now().heads),
    json: async () => {
      const { attentionJson } = await import("../../views/attention/attentionJson.ts");
      return attentionJson(state.live.trace.value, now().picture, now().layer, now().heads);
    },
  };
}
