import type { FigureTable } from "../../views/figure/types.ts";
import { measureName } from "./measures.ts";
import type { HeadJobsState } from "./state.ts";
import { baselineName } from "./words.ts";

const COLUMNS = [
  "layer",
  "head",
  "score",
  "low",
  "high",
  "baseline",
  "baseline is",
  "stands out in",
  "weight there",
  "taught",
  "measure",
  "model",
  "corpus",
];

/** The heads in the order of the figure's own table, with everything that is known of them; each row says what it is of. */
export function jobsTable(state: HeadJobsState): FigureTable {
  const ranking = state.ranking.value;
  const rows = state.rows.value;
  const baseline = ranking?.baseline;
  const beside = baseline ? [baseline.score, baselineName(baseline)] : ["", ""];
  const measure = ranking ? measureName(ranking.measure) : "";
  const about = [measure, state.model.value.id, state.place.value.corpus];
  return {
    caption: ranking ? `${state.model.value.name}: ${measure}` : "No scores yet",
    columns: COLUMNS,
    rows: rows.length,
    row: (index) => {
      const row = rows[index];
      if (row === undefined) return [];
      const { ref, mean, low, high, most } = row;
      const pattern = most ? [measureName(most.measure), most.mean] : ["", ""];
      const taught = state.taught(ref) ? "yes" : "";
      return [ref.layer + 1, ref.head + 1, mean, low, high, ...beside, ...pattern, taught, ...about];
    },
  };
}
