import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { placeAt, showPlace } from "./pointing.ts";
import type { NumbersState } from "./state.ts";
import { countOf } from "./words.ts";

interface PlotFieldProps {
  readonly state: NumbersState;
  /** Enter on what is chosen. */
  readonly onEnter: (() => void) | null;
  /** The drawing that the page was built with. */
  readonly children?: ComponentChildren;
}

const STEPS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The drawing, pointed at and walked through; drawn anew when it is to show something else than at the start. */
export function PlotField({ state, onEnter, children }: PlotFieldProps) {
  const root = useRef<HTMLDivElement>(null);
  const fresh = useRef<HTMLDivElement>(null);
  useDrawing(state, root, fresh);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") state.choose(null);
    if (event.key === "Enter" && onEnter) onEnter();
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    state.step(...step);
  };
  return (
    <div
      ref={root}
      class="uh-numbers-plot"
      role="application"
      aria-roledescription="plot"
      aria-label={labelOf(state, onEnter !== null)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is read with the arrow keys.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => state.point(placeAt(event.currentTarget, event))}
      onPointerLeave={() => state.point(null)}
      onClick={(event) => state.choose(placeAt(event.currentTarget, event))}
    >
      <div hidden={!state.first.value}>{children}</div>
      <div hidden={state.first.value} ref={fresh} />
    </div>
  );
}

function labelOf({ view, plot }: NumbersState, enters: boolean): string {
  const things = plot === "alike" ? "pairs of heads" : plot === "relations" ? "relations" : "heads";
  const enter = enters ? " Enter shows its matrix." : "";
  return `${countOf(view.value.data)} ${things}. Arrow keys move from one to the next.${enter} Escape lets go.`;
}

/** Draws views that are not the first one, and marks what is chosen. */
function useDrawing(
  state: NumbersState,
  root: { readonly current: HTMLDivElement | null },
  fresh: { readonly current: HTMLDivElement | null },
): void {
  useSignalEffect(() => {
    const { data } = state.view.value;
    if (state.first.value) return;
    void import("../../plots/draw.ts").then(({ drawNumbers }) => {
      if (state.view.peek().data !== data || !fresh.current || !root.current) return;
      // Numbers and names of ours alone: no text of a reader comes into a plot.
      fresh.current.innerHTML = drawNumbers(data, document);
      showPlace(root.current, state.at.peek());
    });
  });
  useSignalEffect(() => {
    if (root.current) showPlace(root.current, state.at.value);
  });
  // What a link chose is marked once the drawing is there.
  useEffect(() => {
    if (root.current) showPlace(root.current, state.at.peek());
  }, []);
}
