/** What the figure shows beside model, kind and head: corpus, measure and the order of the table. Read from a link, checked. */
import type { Measure } from "../../../engine/study.ts";
import { type ReadState, readState } from "../../../lib/urlState.ts";
import type { StudyName } from "../../../stored/studyExamples.ts";

/** Columns that the table can be sorted by. */
export type SortColumn = "place" | "score" | "low" | "most";

export interface Sorting {
  readonly column: SortColumn;
  readonly down: boolean;
}

export interface Place {
  readonly corpus: StudyName;
  readonly measure: Measure;
  readonly sort: Sorting;
}

/** Names of the fields in a link. */
export const PLACE_FIELDS: readonly string[] = ["corpus", "measure", "sort", "down"];

const CORPORA: readonly StudyName[] = ["treebank", "pairs", "repeats", "sentence"];
const COLUMNS: readonly SortColumn[] = ["place", "score", "low", "most"];

/** The fields of a link. */
export function placeFields({ corpus, measure, sort }: Place): Record<string, unknown> {
  return { corpus, measure, sort: sort.column, down: sort.down };
}

/** What a query string says of the place; whatever is not understood stands at its default. */
export function readPlace(search: string, id: string, defaults: Place): Place {
  const state: ReadState = readState(search, id);
  if (state.kind !== "read") return defaults;
  const field = (name: string): unknown => state.fields.get(name);
  const measure = field("measure");
  return {
    corpus: CORPORA.find((name) => name === field("corpus")) ?? defaults.corpus,
    // Any name will do here: one that the study does not have is replaced by one that it has.
    measure: typeof measure === "string" && measure.length < 40 ? (measure as Measure) : defaults.measure,
    sort: {
      column: COLUMNS.find((name) => name === field("sort")) ?? defaults.sort.column,
      down: typeof field("down") === "boolean" ? field("down") === true : defaults.sort.down,
    },
  };
}
