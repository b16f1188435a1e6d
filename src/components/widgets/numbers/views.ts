/** What a figure starts from: the stored numbers of each model and part that it offers. For pages, which call it when they are built. */
import type { HeadPairs, HeadStudy } from "../../../engine/study.ts";
import type { NumbersData, PlotName } from "../../plots/data.ts";
import { type Beside, numbersOf, type Part, partsOf } from "./numbersOf.ts";

/** The numbers of one part of one model. */
export interface NumbersView {
  readonly model: string;
  readonly part: Part;
  readonly sentences: number;
  readonly data: NumbersData;
}

/** A study with the distances between heads, where those are stored apart from it. */
export interface StoredNumbers {
  readonly study: HeadStudy;
  readonly pairs?: readonly HeadPairs[];
}

/** Every part of every study that a plot can show. */
export function viewsOf(plot: PlotName, stored: readonly StoredNumbers[], beside: Beside = {}): NumbersView[] {
  return stored.flatMap(({ study, pairs }) => viewsOfStudy(plot, pairs ? { ...study, pairs } : study, beside));
}

/** Every part of one study that a plot can show. */
export function viewsOfStudy(plot: PlotName, study: HeadStudy, beside: Beside): NumbersView[] {
  const compared = plot === "alike" || plot === "map" ? study.pairs?.[0]?.sentences : undefined;
  return partsOf(plot, study).map((part) => ({
    model: study.model,
    part,
    sentences: compared ?? study.sentences,
    data: numbersOf(plot, study, part, beside),
  }));
}
