import "../../../styles/layer-trace.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredLayers } from "../../../stored/layers.ts";
import { clientOf } from "../../../workers/client.ts";
import { ColouredText } from "../../views/attribution/ColouredText.tsx";
import { gridScales } from "../../views/attribution/grid.ts";
import { cellText, HeatGrid } from "../../views/attribution/HeatGrid.tsx";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import type { ScoredLine } from "../../views/attribution/scored.ts";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { costOf, storedAnswers } from "./askLayers.ts";
import { Controls, Editor } from "./Controls.tsx";
import { isDense, layerJson, layerScene, layerTable, textScale } from "./exports.ts";
import { gridOf, type LayerMap } from "./row.ts";
import { type LayerState, layerState } from "./state.ts";
import { followedText, MEASURES } from "./words.ts";

export interface LayerTraceProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** Stored answers of each model offered; the first is shown at first. */
  readonly stored: readonly StoredLayers[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  readonly evidence?: Signal<FigureEvidence | null>;
}

/** What an output hangs on, after every layer; beside it what two methods make of attention. */
export function LayerTrace(props: LayerTraceProps) {
  const { title } = props;
  const state = useMemo(() => stateOf(props), []);
  useEffect(() => {
    state.restore(location.search);
    const stops = [state.connect(), keepAddress(state.id, state.fields)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [state]);
  const { study } = state.offer.value;
  return (
    <Figure
      id={state.id}
      title={title}
      wide
      status={study.status}
      actions={study.actions}
      controls={<Controls state={state} />}
      editor={<Editor state={state} />}
      reading={state.reading}
      notice={state.notice}
      link={() => `${withState(location.href, state.id, state.fields()).split("#")[0]}#${state.id}`}
      onReset={state.reset}
      exports={{
        scene: () => layerScene(title, state),
        table: () => layerTable(state),
        json: () => layerJson(state),
      }}
    >
      <StudyCost study={study} cost={costOf(study.shown.value.result)} />
      <div class="uh-layers">
        {state.maps.value.map((map) => (
          <OneMap key={map.side} state={state} map={map} />
        ))}
        <div class="uh-layers-texts">
          <OneText title="Attention × gradient for the same output, in percent" lines={state.attention.value} />
          <OneText title="Attention rollout, whatever word is explained here, in percent" lines={state.rollout.value} />
        </div>
      </div>
    </Figure>
  );
}

function stateOf({ id, stored, present, evidence }: LayerTraceProps): LayerState {
  const offers = stored.map((each) => {
    const client = clientOf(each.model);
    return { client, absent: !present.includes(each.model), ...storedAnswers(each, client.modelInfo.family) };
  });
  return layerState({ id, offers, evidence });
}

function OneMap({ state, map }: { readonly state: LayerState; readonly map: LayerMap }) {
  const { measure, by, words } = state.view.value;
  const grid = gridOf(map, measure, words);
  const scales = gridScales(grid, measure === "score", by);
  const pointed = state.cell.value?.side === map.side ? state.cell.value.cell : null;
  const scale = pointed && scales[pointed.row];
  const what = `${MEASURES[measure]}, for ${followedText(state.row.value)}`;
  return (
    <div>
      <p class="uh-layers-title">
        {map.label === "" ? `${what[0]?.toUpperCase()}${what.slice(1)}` : `${map.label}: ${what}`}
      </p>
      <HeatGrid
        caption={`${map.label} ${what}, after every layer`.trim()}
        corner="state after ↓"
        grid={grid}
        scales={scales}
        cell={pointed}
        onCell={(cell) => {
          state.cell.value = cell && { side: map.side, cell };
        }}
        dense={isDense(map)}
      />
      <p class="uh-score-detail">{pointed && scale ? `${cellText(grid, scale, pointed)}.` : ""}</p>
    </div>
  );
}

function OneText({ title, lines }: { readonly title: string; readonly lines: readonly ScoredLine[] }) {
  return (
    <div>
      <p class="uh-layers-title">{title}</p>
      <ColouredText label={title} lines={lines} scale={textScale(lines)} />
    </div>
  );
}
