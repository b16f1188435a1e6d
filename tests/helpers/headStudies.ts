/** Stored studies, and the views that the page on numbers draws of them. */
import { readFileSync } from "node:fs";
import type { PlotName } from "../../src/components/plots/data.ts";
import { type NumbersView, viewsOf } from "../../src/components/widgets/numbers/views.ts";
import { decodePairs, type StoredPairs } from "../../src/stored/headPairs.ts";
import { diagonalShare, type GoldPair } from "../../src/stored/pairs.ts";
import { decodeStudy, type StoredStudy } from "../../src/stored/study.ts";

function read(path: string): unknown {
  return JSON.parse(readFileSync(`src/stored/${path}.json`, "utf8"));
}

export const goldPairs = read("gold-pairs") as readonly GoldPair[];

/** A model's scores over the treebank, with the distances between its heads. */
export function numbersOfModel(model: string) {
  return {
    study: decodeStudy(read(`studies/${model}-treebank`) as StoredStudy),
    pairs: decodePairs(read(`numbers/${model}-pairs`) as StoredPairs),
  };
}

export const BESIDE = { diagonal: diagonalShare(goldPairs), taught: { layer: 1, head: 0 } };

/** The views of a plot, MiniLM's first; for alignment, the translator's. */
export function storedViews(plot: PlotName): NumbersView[] {
  if (plot === "alignment") {
    return viewsOf(plot, [{ study: decodeStudy(read("studies/translator-en-fr-pairs") as StoredStudy) }], BESIDE);
  }
  return viewsOf(plot, ["encoder-minilm", "translator-en-fr"].map(numbersOfModel));
}
