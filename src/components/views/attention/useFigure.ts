import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import { keepAddress } from "../figure/keepAddress.ts";
import type { AttentionFigure } from "./attentionFigure.ts";

/** Brings a figure to life in the browser: state from the URL, edits, exercises, and the state back into the URL. */
export function useFigure(figure: AttentionFigure): void {
  useEffect(() => {
    figure.restore(location.search);
    const stops = [figure.live.follow(), figure.connect(), keepAddress(figure.id, figure.fields), showMark(figure)];
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

/** Brings the figure into view when a mark asks for it: a reader who works elsewhere on the page is not carried away. */
function showMark(figure: AttentionFigure): () => void {
  return effect(() => {
    if (!figure.mark.value?.bring) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const element = document.getElementById(figure.id);
    element?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  });
}
