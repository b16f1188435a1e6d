import "../../../styles/ig-path.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import type { StoredIg } from "../../../stored/ig.ts";
import { clientOf } from "../../../workers/client.ts";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { Controls } from "./Controls.tsx";
import { igJson, igScene, igTable } from "./exports.ts";
import type { GapPlotOptions } from "./gapPlot.ts";
import { offerOf } from "./offer.ts";
import { GapPicture, PathPicture } from "./Pictures.tsx";
import type { PathPlotOptions } from "./pathPlot.ts";
import { type IgState, igState } from "./state.ts";
import { TextEditors } from "./TextEditors.tsx";
import { Texts, textOptions } from "./Texts.tsx";

export interface IgPathProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** What is stored of each model offered; the first is shown at first. */
  readonly walks: readonly StoredIg[];
  /** A run of the text of which the first walks are. */
  readonly stored: StoredRun;
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  readonly evidence?: Signal<FigureEvidence | null>;
}

/** The way from a baseline to a text: what climbs on it, what its steps add up to, and the gap that they leave. */
export function IgPath(props: IgPathProps) {
  const state = useMemo(() => stateOf(props), []);
  useEffect(() => {
    state.restore(location.search);
    const stops = [state.connect(), keepAddress(state.id, state.fields)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [state]);
  const { study } = state.offer.value;
  const { walk, followed } = state.found.value;
  const [path, gaps] = [pathOptions(state), gapOptions(state)];
  return (
    <Figure
      id={state.id}
      title={props.title}
      departure={state.departure}
      wide
      status={study.status}
      actions={study.actions}
      controls={<Controls state={state} />}
      editor={<TextEditors state={state} />}
      reading={state.reading}
      notice={state.notice}
      link={() => `${withState(location.href, state.id, state.fields()).split("#")[0]}#${state.id}`}
      onReset={state.reset}
      exports={{
        scene: () => igScene(props.title, state.reading.value, path, gaps, textOptions(state)),
        table: () => igTable(walk, followed),
        json: () => igJson(walk, gaps, state.shownQuestion.value),
      }}
    >
      <StudyCost study={study} cost={walk.cost} />
      <div class="uh-ig">
        <PathPicture state={state} options={path} />
        <GapPicture options={gaps} />
      </div>
      <Texts state={state} />
    </Figure>
  );
}

function stateOf({ id, walks, stored, present, evidence }: IgPathProps): IgState {
  const offers = walks.map((each) =>
    offerOf({ client: clientOf(each.model), channel: id, stored: each, absent: !present.includes(each.model) }),
  );
  return igState({ id, offers, run: decodeTrace(stored), evidence });
}

function pathOptions(state: IgState): PathPlotOptions {
  const { walk, followed } = state.found.value;
  const chosen = state.place.value !== null;
  return { walk, curve: state.curve.value, step: state.step.value, followed, chosen };
}

function gapOptions(state: IgState): GapPlotOptions {
  const { baseline, rule, bound } = state.shownQuestion.value;
  return { lines: state.lines.value, choice: { from: baseline.kind, rule }, own: state.own.value, bound };
}
