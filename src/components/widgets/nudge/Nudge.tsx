import "../../../styles/nudge.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredNudges } from "../../../stored/nudge.ts";
import { clientOf } from "../../../workers/client.ts";
import { ColouredText } from "../../views/attribution/ColouredText.tsx";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import { scaleOf } from "../../views/attribution/scale.ts";
import { scoredItems } from "../../views/attribution/scored.ts";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { storedAnswers } from "./askNudge.ts";
import { Controls, Editor } from "./Controls.tsx";
import { CurveField } from "./CurveField.tsx";
import { nudgeJson, nudgeScene, nudgeTable } from "./exports.ts";
import { SlopeField } from "./SlopeField.tsx";
import { type NudgeState, nudgeState } from "./state.ts";
import { totalCost } from "./words.ts";

export interface NudgeProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** Stored nudges of each model offered; the first is shown at first. */
  readonly stored: readonly StoredNudges[];
  /** Name of the stored run that the first of them is of, for exercises. */
  readonly run: string;
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  readonly evidence?: Signal<FigureEvidence | null>;
}

/** One token is moved, an output follows; beside it the slopes of all tokens. */
export function Nudge(props: NudgeProps) {
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
  const shown = study.shown.value;
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
        scene: () => nudgeScene(title, state.reading.value, shown, state.point.value),
        table: () => nudgeTable(shown),
        json: () => nudgeJson(shown),
      }}
    >
      <StudyCost study={study} cost={totalCost(shown.result.study)} />
      <Tokens state={state} />
      <div class="uh-nudge">
        <CurveField state={state} />
        <SlopeField state={state} />
      </div>
    </Figure>
  );
}

function stateOf({ id, stored, present, run, evidence }: NudgeProps): NudgeState {
  const offers = stored.map((each) => {
    const { first, find } = storedAnswers(each);
    return { client: clientOf(each.model), absent: !present.includes(each.model), first, stored: find };
  });
  const load = () => import("../../../stored/load.ts").then(({ loadStored }) => loadStored(run));
  return nudgeState({ id, offers, run: load, evidence });
}

/** The text, each token with the length of its gradient; a click moves that token. */
function Tokens({ state }: { readonly state: NudgeState }) {
  const { source, target, steepest, token } = state.offer.value.study.shown.value.result.study;
  const line = (side: "source" | "target", tokens: typeof source, scores: ArrayLike<number>) => ({
    side,
    label: target === null ? "text" : side === "source" ? "source" : "target so far",
    items: scoredItems(tokens, scores, null, false),
  });
  const reached = (target ?? []).filter((_, place) => (steepest.target?.data[place] ?? 0) > 0);
  const lines = [
    line("source", source, steepest.source.data),
    ...(target && steepest.target ? [line("target", reached, steepest.target.data)] : []),
  ];
  const scale = scaleOf(
    lines.flatMap(({ items }) => items.map(({ score }) => score)),
    false,
  );
  return (
    <div class="uh-nudge-tokens">
      <p class="uh-nudge-title">Choose the token that is moved; under each, the length of its gradient</p>
      <ColouredText
        label="The text: choose the token that is moved"
        lines={lines}
        scale={scale}
        chosen={{ side: token.side, at: token.place }}
        onPick={({ side, at }) => state.ask({ side, token: at })}
      />
    </div>
  );
}
