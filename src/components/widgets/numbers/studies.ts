/** The study behind each plot, to be run anew in the reader's browser. */
import type { StudyRequest } from "../../../engine/study.ts";
import { PAIR_TREEBANK } from "../../../stored/numbersCorpora.ts";
import { pairCorpus } from "../../../stored/pairs.ts";
import { TREEBANK } from "../../../stored/studyExamples.ts";
import type { PlotName } from "../../plots/data.ts";

/** Scores of all heads over a corpus. */
export type HeadsRequest = Extract<StudyRequest, { job: "heads" }>;

/** What is asked of the model for a plot. The pairs with gold alignment are fetched when they are asked for. */
export async function requestOf(plot: PlotName): Promise<HeadsRequest> {
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
