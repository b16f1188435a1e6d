import "../../../styles/removal.css";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import { decodeRemoval, type StoredRemoval } from "../../../stored/removal.ts";
import { clientOf } from "../../../workers/client.ts";
import { Choice } from "../../controls/Choice.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { Drawing } from "./Drawing.tsx";
import { plotScene } from "./exports.ts";
import { type HeadState, headState, headTable } from "./headState.ts";
import { PLOT, plotDots } from "./plot.ts";
import { headName } from "./ranks.ts";

export interface HeadRemovalProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** Studies in which every head was switched off; the first is shown at first. */
  readonly studies: readonly StoredRemoval[];
}

/** How much each head looks at the token that matters most, against what switching it off costs. */
export function HeadRemoval({ id, title, studies }: HeadRemovalProps) {
  const state = useMemo(() => headState(id, studies.map(decodeRemoval)), []);
  useEffect(() => {
    state.restore(location.search);
    return keepAddress(id, state.fields);
  }, [state]);
  const { shapes, spots } = plotDots(state.plot.value);
  return (
    <Figure
      id={id}
      title={title}
      controls={<Controls state={state} />}
      reading={state.reading}
      link={() => `${withState(location.href, id, state.fields()).split("#")[0]}#${id}`}
      onReset={state.reset}
      exports={{
        scene: () => plotScene(title, state.reading.value, shapes),
        table: () => headTable(state.removal.value),
        json: () => ({ ...state.removal.value, shown: undefined }),
      }}
    >
      <p class="uh-removal-title">One dot a head, 2.1 is layer 2, head 1</p>
      <Drawing {...PLOT} shapes={shapes}>
        {spots.map(({ index, x, y }) => (
          <circle
            key={index}
            cx={x}
            cy={y}
            r="11"
            class="uh-drawing-spot"
            onPointerEnter={() => state.point(index)}
            onPointerLeave={() => state.point(null)}
          />
        ))}
      </Drawing>
    </Figure>
  );
}

/** A list can't hold nothing. */
const NONE = -1;

function Controls({ state }: { readonly state: HeadState }) {
  const { model, shape, heads } = state.removal.value;
  const count = heads?.weight.length ?? 0;
  return (
    <>
      <Segmented
        name={`${state.id}-model`}
        label="Model"
        value={model}
        options={state.studies.map((study) => ({ value: study.model, label: clientOf(study.model).modelInfo.name }))}
        onChange={state.chooseModel}
      />
      <Choice
        label="Head"
        value={state.chosen.value ?? NONE}
        options={[
          { value: NONE, label: "those that stand out" },
          ...Array.from({ length: count }, (_, head) => ({ value: head, label: headName(head, shape) })),
        ]}
        onChange={(head) => state.chooseHead(head === NONE ? null : head)}
      />
    </>
  );
}
