import "../../../styles/removal.css";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Scene } from "../../../lib/scene.ts";
import { readState, withState } from "../../../lib/urlState.ts";
import { decodeRemoval, type HeadLevel, type Removal, type StoredRemoval } from "../../../stored/removal.ts";
import { clientOf } from "../../../workers/client.ts";
import { Segmented } from "../../controls/Segmented.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { Drawing } from "./Drawing.tsx";
import { plotScene } from "./exports.ts";
import { headReading } from "./headWords.ts";
import { PLOT, type PlotOptions, plotDots } from "./plot.ts";
import { headName } from "./ranks.ts";

export interface HeadRemovalProps {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** Studies in which every head was switched off; the first is shown at first. */
  readonly studies: readonly StoredRemoval[];
}

interface HeadState {
  readonly studies: readonly Removal[];
  readonly model: Signal<string>;
  readonly head: Signal<number | null>;
  readonly removal: ReadonlySignal<Removal>;
  readonly reading: ReadonlySignal<string>;
  readonly plot: ReadonlySignal<PlotOptions>;
}

/** How much each head looks at the token that matters most, against what switching it off costs. */
export function HeadRemoval({ id, title, studies }: HeadRemovalProps) {
  const state = useMemo(() => stateOf(studies), []);
  const fields = () => (state.model.value === studies[0]?.model ? null : { model: state.model.value });
  useEffect(() => {
    const link = readState(location.search, id);
    const named = link.kind === "read" && studies.find(({ model }) => model === link.fields.get("model"));
    if (named) state.model.value = named.model;
    return keepAddress(id, fields);
  }, [state]);
  const { shapes, spots } = plotDots(state.plot.value);
  return (
    <Figure
      id={id}
      title={title}
      controls={<Models id={id} state={state} />}
      reading={state.reading}
      link={() => `${withState(location.href, id, fields()).split("#")[0]}#${id}`}
      onReset={() => {
        state.model.value = studies[0]?.model ?? "";
        state.head.value = null;
      }}
      exports={{
        scene: (): Scene => plotScene(title, state.reading.value, shapes),
        table: () => tableOf(state.removal.value),
        json: () => ({ ...state.removal.value, shown: undefined }),
      }}
    >
      <Drawing {...PLOT} shapes={shapes}>
        {spots.map(({ index, x, y }) => (
          <circle
            key={index}
            cx={x}
            cy={y}
            r="11"
            class="uh-drawing-spot"
            onPointerEnter={() => {
              state.head.value = index;
            }}
            onPointerLeave={() => {
              state.head.value = null;
            }}
          />
        ))}
      </Drawing>
    </Figure>
  );
}

function stateOf(stored: readonly StoredRemoval[]): HeadState {
  const studies = stored.map(decodeRemoval);
  const [first] = studies;
  if (!first) throw new RangeError("the figure shows no study");
  const model = signal(first.model);
  const head = signal<number | null>(null);
  const removal = computed(() => studies.find((study) => study.model === model.value) ?? first);
  return {
    studies,
    model,
    head,
    removal,
    reading: computed(() => headReading(removal.value, head.value)),
    plot: computed(() => plotOf(removal.value, head.value)),
  };
}

function plotOf({ heads, shape, kind }: Removal, chosen: number | null): PlotOptions {
  const [, across = 1] = shape;
  const named = (heads?.weight ?? []).map((weight, at) => ({
    name: `${Math.floor(at / across) + 1}.${(at % across) + 1}`,
    across: weight,
    up: heads?.fall[at] ?? 0,
    interval: [heads?.low[at] ?? 0, heads?.high[at] ?? 0] as const,
  }));
  const up =
    kind === "cross"
      ? "fall in mean log-probability with the head off, nats"
      : "fall in logit difference with the head off";
  return { named, others: [], chosen, across: "attention on the token that matters most", up };
}

function Models({ id, state }: { readonly id: string; readonly state: HeadState }) {
  return (
    <Segmented
      name={`${id}-model`}
      label="Model"
      value={state.model.value}
      options={state.studies.map(({ model }) => ({ value: model, label: clientOf(model).modelInfo.name }))}
      onChange={(model) => {
        state.model.value = model;
      }}
    />
  );
}

function tableOf({ heads, shape }: Removal): FigureTable {
  const level: HeadLevel | null = heads;
  return {
    caption: "Every head: its weight on the token that matters most, and the fall with the head off",
    columns: ["head", "attention on the token that matters most", "fall", "from", "to"],
    rows: level?.weight.length ?? 0,
    row: (at) => [
      headName(at, shape),
      level?.weight[at] ?? 0,
      level?.fall[at] ?? 0,
      level?.low[at] ?? 0,
      level?.high[at] ?? 0,
    ],
  };
}
