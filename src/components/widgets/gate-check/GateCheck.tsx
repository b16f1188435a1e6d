import "../../../styles/gate-check.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredGates } from "../../../stored/checkFigures.ts";
import { clientOf } from "../../../workers/client.ts";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import { Drawing } from "../../views/figure/Drawing.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { storedAnswers } from "./askGates.ts";
import { Controls, Editor } from "./Controls.tsx";
import { gateJson, gateScene, gateTable } from "./exports.ts";
import { gatePlot, MARKS, PLOT, type PlotOptions } from "./gatePlot.ts";
import { nameOf } from "./heads.ts";
import { type GateState, gateState } from "./state.ts";
import { correlationText } from "./words.ts";

export interface GateCheckProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** A stored study of each model offered; the first is shown at first. */
  readonly stored: readonly StoredGates[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  readonly evidence?: Signal<FigureEvidence | null>;
}

/** What the slope of each head's switch foretells, against what switching it off does. */
export function GateCheck(props: GateCheckProps) {
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
  const { question, result, live } = study.shown.value;
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
        scene: () => gateScene(title, state.reading.value, plotOptions(state)),
        table: () => gateTable(result),
        json: () => gateJson(question, result, live),
      }}
    >
      <StudyCost study={study} cost={result.study.cost} />
      <div class="uh-gate">
        <Plot state={state} />
        <Numbers state={state} />
      </div>
    </Figure>
  );
}

function stateOf({ id, stored, present, evidence }: GateCheckProps): GateState {
  const offers = stored.map((each) => {
    const { model } = each.check;
    return { client: clientOf(model), absent: !present.includes(model), ...storedAnswers(each) };
  });
  return gateState({ id, offers, evidence });
}

function plotOptions(state: GateState): PlotOptions {
  return { heads: state.heads.value, chosen: state.head.value, close: state.close.value };
}

function Plot({ state }: { readonly state: GateState }) {
  const { shapes, spots } = gatePlot(plotOptions(state));
  return (
    <div class="uh-gate-plot">
      <Drawing {...PLOT} shapes={shapes}>
        {spots.map(({ head, x, y }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard has the list of heads.
          <circle
            key={nameOf(head)}
            class="uh-drawing-spot"
            cx={x}
            cy={y}
            r="9"
            onPointerEnter={() => {
              state.pointed.value = nameOf(head);
            }}
            onPointerLeave={() => {
              state.pointed.value = null;
            }}
            onClick={() => {
              state.picked.value = nameOf(head);
            }}
          />
        ))}
      </Drawing>
    </div>
  );
}

function Numbers({ state }: { readonly state: GateState }) {
  const { kinds, correlation } = state.offer.value.study.shown.value.result.study;
  return (
    <div class="uh-gate-side">
      <dl class="uh-gate-numbers">
        <div>
          <dt>Pearson</dt>
          <dd>{correlationText(correlation.pearson)}</dd>
        </div>
        <div>
          <dt>Spearman</dt>
          <dd>{correlationText(correlation.spearman)}</dd>
        </div>
      </dl>
      <ul class="uh-gate-legend">
        {kinds.map(({ kind }) => (
          <li key={kind}>
            <span data-kind={kind}>{MARKS[kind].form}</span> {kind}
          </li>
        ))}
        <li>
          <span data-kind="line">- -</span> foretold = true
        </li>
      </ul>
    </div>
  );
}
