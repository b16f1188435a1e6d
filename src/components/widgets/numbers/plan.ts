/** The study behind each plot, to be run anew in the reader's browser; fetched when a reader asks for it. */
import type { HeadStudy } from "../../../engine/study.ts";
import { PAIR_TREEBANK } from "../../../stored/numbersCorpora.ts";
import { pairCorpus } from "../../../stored/pairs.ts";
import { TREEBANK } from "../../../stored/studyExamples.ts";
import type { PlotName } from "../../plots/data.ts";
import type { HeadsRequest, StudyPlan } from "./liveStudy.ts";
import type { Beside } from "./numbersOf.ts";
import { type NumbersView, viewsOfStudy } from "./views.ts";

/** What is asked of the model for a plot, and what the plot takes from the answer. */
export async function planOf(plot: PlotName, beside: Beside): Promise<StudyPlan<NumbersView[]>> {
  return { request: await requestOf(plot), take: (study: HeadStudy) => viewsOfStudy(plot, study, beside) };
}

async function requestOf(plot: PlotName): Promise<HeadsRequest> {
  switch (plot) {
    case "alike":
    case "map":
      return { job: "heads", corpus: PAIR_TREEBANK, pairs: true };
    case "alignment": {
      const { default: pairs } = await import("../../../stored/gold-pairs.json");
      return { job: "heads", corpus: pairCorpus(pairs) };
    }
    default:
      return { job: "heads", corpus: TREEBANK };
  }
}
