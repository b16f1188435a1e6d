import "../../../styles/patching.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredPatching } from "../../../stored/checkFigures.ts";
import { clientOf } from "../../../workers/client.ts";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { storedAnswers } from "./askPatching.ts";
import { Controls, Editor } from "./Controls.tsx";
import { patchingJson, patchingScene, patchingTable } from "./exports.ts";
import { Maps, Runs } from "./Maps.tsx";
import { type PatchingState, patchingState } from "./state.ts";

export interface PatchingProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** A stored pair of each model offered; the first is shown at first. */
  readonly stored: readonly StoredPatching[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  readonly evidence?: Signal<FigureEvidence | null>;
}

/** A clean and a corrupted run, and how much each state of the clean one brings back. */
export function Patching(props: PatchingProps) {
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
        scene: () => patchingScene(title, state.reading.value, result),
        table: () => patchingTable(result),
        json: () => patchingJson(question, result, live),
      }}
    >
      <StudyCost study={study} cost={result.study.cost} />
      <Runs state={state} />
      <Maps state={state} />
    </Figure>
  );
}

function stateOf({ id, stored, present, evidence }: PatchingProps): PatchingState {
  const offers = stored.map((each) => {
    const { model } = each.check;
    return { client: clientOf(model), absent: !present.includes(model), ...storedAnswers(each) };
  });
  return patchingState({ id, offers, evidence });
}
