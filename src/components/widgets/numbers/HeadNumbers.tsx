import "../../../styles/numbers.css";
import { type Signal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import { aboutModel } from "../../../stored/models.ts";
import { clientOf } from "../../../workers/client.ts";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import type { Mark } from "../../exercises/evidence.ts";
import type { PlotName } from "../../plots/data.ts";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { LayerLegend } from "./LayerLegend.tsx";
import type { Beside } from "./numbersOf.ts";
import { PlotField } from "./PlotField.tsx";
import { shownDrawing } from "./pointing.ts";
import { jsonOf, type NumbersState, numbersState } from "./state.ts";
import type { NumbersView } from "./views.ts";
import { headName, PART_NAMES, tableOf } from "./words.ts";

export interface HeadNumbersProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  readonly plot: PlotName;
  /** What is stored, from `viewsOf`; the first is drawn at build time. */
  readonly views: readonly NumbersView[];
  readonly beside?: Beside;
  /** Models that this copy of the site holds: `PRESENT`. */
  readonly present: readonly string[];
  /** Marks the chosen head in the figure that shows matrices … */
  readonly jump?: Signal<Mark | null>;
  /** … of this model … */
  readonly jumpModel?: string;
  /** … and has this id. */
  readonly jumpTo?: string;
  /** The first view, drawn: `<DrawnNumbers view={views[0]} />`. */
  readonly children?: ComponentChildren;
}

/** A plot of all heads of a model: stored numbers at first, a study in the reader's browser on request. */
export function HeadNumbers(props: HeadNumbersProps) {
  const { id, title, plot, views, beside, present } = props;
  const state = useMemo(() => numbersState({ id, plot, views, beside, present, clientOf }), []);
  useEffect(() => {
    state.restore(location.search);
    return keepAddress(id, state.fields);
  }, []);
  useMark(props, state);
  const show = jumpOf(props, state);
  return (
    <Figure
      id={id}
      title={title}
      wide={plot !== "alignment"}
      status={state.status}
      actions={state.actions}
      controls={<Controls state={state} />}
      departure={state.departure}
      reading={state.reading}
      notice={state.notice}
      link={() => linkOf(state)}
      onReset={state.reset}
      exports={{
        scene: () => sceneOf(state, title),
        table: () => tableOf(state.view.value.data, title),
        json: () => jsonOf(state.view.value),
      }}
    >
      <PlotField state={state} onEnter={show}>
        {props.children}
      </PlotField>
      <LayerLegend data={state.view.value.data} />
      <Below state={state} show={show} />
    </Figure>
  );
}

function Controls({ state }: { readonly state: NumbersState }) {
  const parts = state.parts.value;
  return (
    <>
      {state.models.length > 1 && (
        <ModelPicker
          id={state.id}
          models={state.models.map((model) => aboutModel(model).info)}
          value={state.model.value}
          onChange={state.chooseModel}
          placeOf={state.placeOf}
        />
      )}
      {parts.length > 1 && (
        <Segmented
          name={`${state.id}-part`}
          label={state.plot === "relations" ? "Links from a word" : "Part"}
          options={parts.map((part) => ({ value: part, label: PART_NAMES[part] }))}
          value={state.view.value.part}
          onChange={state.choosePart}
        />
      )}
    </>
  );
}

/** The mark of the chosen head in the figure that shows matrices; null where the page has none for it. */
function markOf({ jump, jumpModel }: HeadNumbersProps, state: NumbersState): Mark | null {
  const head = state.chosen.value;
  if (!jump || head === null || state.model.value !== jumpModel) return null;
  return { head, label: `From the plot: ${headName(head).toLowerCase()}.` };
}

/** What is chosen here is chosen there, too. */
function useMark(props: HeadNumbersProps, state: NumbersState): void {
  useSignalEffect(() => {
    const mark = markOf(props, state);
    if (mark && props.jump) props.jump.value = mark;
  });
}

/** Brings that figure into view, which wakes it where it was never seen. */
function jumpOf(props: HeadNumbersProps, state: NumbersState): (() => void) | null {
  if (markOf(props, state) === null) return null;
  return () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const figure = document.getElementById(props.jumpTo ?? "");
    figure?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  };
}

function Below({ state, show }: { readonly state: NumbersState; readonly show: (() => void) | null }) {
  const cost = state.cost.value;
  const head = state.chosen.value;
  return (
    <p class="uh-numbers-below">
      {show && head && (
        <button type="button" class="uh-button" onClick={show}>
          Show the matrix of {headName(head).toLowerCase()}
        </button>
      )}
      {cost && (
        <span>
          Computed here: {cost.runs} runs of the model, {cost.seconds.toFixed(1)} s.
        </span>
      )}
    </p>
  );
}

function linkOf(state: NumbersState): string {
  return `${withState(location.href, state.id, state.fields()).split("#")[0]}#${state.id}`;
}

async function sceneOf(state: NumbersState, title: string) {
  const { svgScene } = await import("../../plots/svgScene.ts");
  const root = document.getElementById(state.id);
  const svg = root && shownDrawing(root);
  if (!svg) throw new Error("There is no drawing to save.");
  return svgScene(svg, title, state.reading.value);
}
