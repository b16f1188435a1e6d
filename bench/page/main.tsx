/**
 * The bench's own page: the site's real figures, fed with made-up runs. Not part of the site.
 */
import { type ComponentType, render } from "preact";
import "../../src/styles/fonts.css";
import "../../src/styles/palette.css";
import "../../src/styles/site.css";
import { HeadView, type HeadViewProps } from "../../src/components/widgets/head-view/HeadView.tsx";
import { ModelView, type ModelViewProps } from "../../src/components/widgets/model-view/ModelView.tsx";
import { encodeTrace, type StoredTrace } from "../../src/stored/format.ts";
import { syntheticTrace } from "../synthetic.ts";
import { prepare } from "./client.ts";

type View = "model" | "head";

declare global {
  interface Window {
    /** Starts the clock; see painted.js. */
    dataPresent: () => void;
    /** Milliseconds until what `draw` sets off is painted. */
    painted: (draw: () => void, how?: { asks: boolean }) => Promise<number>;
    /** Draws a figure where there was none. */
    drawNew: (view: View, length: number) => Promise<number>;
    /** Makes the data of a round of `drawAgain` before it is timed. */
    prepareAgain: (length: number, round: number) => void;
    /** Draws new data in the figure that stands; `drawNew` comes first. */
    drawAgain: (length: number, round: number) => Promise<number>;
  }
}

const VIEWS: Readonly<Record<View, ComponentType<HeadViewProps & ModelViewProps>>> = {
  model: ModelView,
  head: HeadView,
};

const runs = new Map<number, StoredTrace>();

/** The stored form of a run, made before the clock starts. */
function runOf(length: number): StoredTrace {
  const run = runs.get(length) ?? encodeTrace("synthetic", syntheticTrace(length));
  runs.set(length, run);
  return run;
}

function find<E extends Element>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`The bench's page has no ${selector}.`);
  return found;
}

window.drawNew = (view, length) => {
  const root = find<HTMLElement>("#root");
  const View = VIEWS[view];
  const stored = runOf(length);
  render(null, root);
  return window.painted(() => render(<View id="drawn" title="Drawn" kind="encoder" stored={stored} />, root));
};

/** The text of a round, of as many words as the run has tokens. */
function textOf(length: number, round: number): string {
  return Array.from({ length }, (_, index) => `w${index + round + 1}`).join(" ");
}

window.prepareAgain = (length, round) => prepare(textOf(length, round), round + 2);

window.drawAgain = (length, round) => {
  const field = find<HTMLTextAreaElement>("#drawn-source");
  const ask = () => {
    field.value = textOf(length, round);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  return window.painted(ask, { asks: true });
};
