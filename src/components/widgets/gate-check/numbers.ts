/** Numbers of a study, as exercises ask for them. */
import type { Gated } from "./askGates.ts";
import { farthestOf, headsOf, offBy } from "./heads.ts";

/** By name: `pearson`, `spearman`, and of the head that is farthest off `far.foretold`, `far.change` and `far.off`. */
export function numbersOf({ study }: Pick<Gated, "study">): Readonly<Record<string, number>> {
  const far = farthestOf(headsOf(study));
  const { pearson, spearman } = study.correlation;
  if (!far) return { pearson, spearman };
  return { pearson, spearman, "far.foretold": far.foretold, "far.change": far.change, "far.off": offBy(far) };
}
