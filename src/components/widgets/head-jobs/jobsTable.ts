import type { FigureTable } from "../../views/figure/types.ts";
import { measureName } from "./measures.ts";
import type { HeadJobsState } from "./state.ts";
import { baselineName } from "./words.ts";

/** The heads in the order of the figure's own table, with everything that is known of them. */
export function jobsTable(state: HeadJobsState): FigureTable {
  const ranking = state.ranking.value;
  const rows = state.rows.value;
  const baseline = ranking?.baseline;
  return {
    caption: ranking ? `${state.model.value.name}: ${measureName(ranking.measure)}` : "No scores yet",
    columns: ["layer", "head", "score", "low", "high", "stands out in", "weight there", "taught"],
    rows: rows.length + (baseline ? 1 : 0),
    row: (index) => {
      const row = rows[index];
      if (row === undefined) {
        return ["", baseline ? baselineName(baseline) : "", baseline?.score ?? "", "", "", "", "", ""];
      }
      const { ref, mean, low, high, most } = row;
      const pattern = most ? [measureName(most.measure), most.mean] : ["", ""];
      return [ref.layer + 1, ref.head + 1, mean, low, high, ...pattern, state.taught(ref) ? "yes" : ""];
    },
  };
}
