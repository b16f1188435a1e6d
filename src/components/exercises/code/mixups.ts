import type { TaskName } from "../types.ts";

/** Mistakes that a task knows by the numbers they give; each needs an explanation of its own. */
export const MIXUPS: Readonly<Record<TaskName, readonly string[]>> = {
  /** Another part of the model; the row of the token that is read there instead; the mean over heads; one layer alone. */
  "looked-at": ["encoder", "decoder", "shifted", "mean", "lastLayer"],
  /** The number of hits, not their share; the weight on the right words; hits among all words, judged or not. */
  alignment: ["count", "weight"],
  /** Sizes added up; the length of the gradient; gradients or embeddings alone; the other side's tokens. */
  "input-x-gradient": ["sizes", "norm", "slopes", "states", "target"],
  /** Both left out; one of the two parts alone; the baseline or a side left out; sign or size of the gap; a share of the difference. */
  completeness: ["neither", "total", "difference", "noBaseline", "turned", "share", "sourceOnly"],
};
