import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { AttentionFigure } from "./attentionFigure.ts";

/** How long the state must rest before it is written into the address, in milliseconds. */
const REST = 400;

/** Brings a figure to life in the browser: state from the URL, edits, exercises, and the state back into the URL. */
export function useFigure(figure: AttentionFigure): void {
  useEffect(() => {
    figure.restore(location.search);
    const stops = [figure.live.follow(), figure.connect(), keepAddress(figure), showMark(figure)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [figure]);
}

/** The page's address with the whole state of a figure in it. */
export function figureLink(figure: AttentionFigure): string {
  const bare = withState(location.href, figure.id, figure.fields() ?? { ...figure.choice.peek() });
  return `${bare.split("#")[0]}#${figure.id}`;
}

function keepAddress(figure: AttentionFigure): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = JSON.stringify(figure.fields());
  const stop = effect(() => {
    const fields = figure.fields();
    clearTimeout(timer);
    if (JSON.stringify(fields) === written) return;
    timer = setTimeout(() => {
      written = JSON.stringify(fields);
      writeAddress(withState(location.href, figure.id, fields));
    }, REST);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Some browsers refuse many changes in a short time: the state then simply stays out of the address. */
function writeAddress(address: string): void {
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // "Copy link" still works.
  }
}

/** Brings the figure into view when an exercise marks something in it. */
function showMark(figure: AttentionFigure): () => void {
  return effect(() => {
    if (figure.mark.value === null) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const element = document.getElementById(figure.id);
    element?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  });
}
