import type { Trace } from "../../../engine/model.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { ENTRIES, ENTRY_KEYS, type EntryKey, pythonName } from "./entries.ts";
import { lossRows } from "./loss.ts";
import { type Sizes, shapeText } from "./shape.ts";
import { type Choice, labelText, rowOf, type Slice, sliceOf } from "./slice.ts";

/** What stands behind the figure: the chosen tensor where one is unfolded, else the list of what came back. */
export function walkTable(trace: Trace, sizes: Sizes, open: EntryKey | null, choice: Choice): FigureTable {
  if (open === "loss") return lossTable(trace);
  const slice = open && sliceOf(trace, open, choice);
  return open && slice ? sliceTable(slice, titleOf(open, choice)) : listTable(sizes);
}

/** The chosen tensor with its names, for JSON. */
export function walkJson(trace: Trace, sizes: Sizes, open: EntryKey | null, choice: Choice): unknown {
  const about = { model: trace.model, source: trace.source.text, target: trace.target.text };
  if (open === "loss") return { ...about, name: pythonName(open), loss: trace.loss, steps: lossRows(trace) };
  const slice = open && sliceOf(trace, open, choice);
  if (!open || !slice) return { ...about, shapes: shapes(sizes) };
  return {
    ...about,
    name: titleOf(open, choice),
    shape: [slice.rows, slice.columns],
    rows: names(slice.rows, slice.row),
    columns: names(slice.columns, slice.column),
    values: Array.from({ length: slice.rows }, (_, row) => rowOf(slice, row)),
  };
}

function lossTable(trace: Trace): FigureTable {
  const rows = lossRows(trace);
  const best = rows[0]?.predictions.length ?? 0;
  const guesses = Array.from({ length: best }, (_, place) => [`guess ${place + 1}`, `P(guess ${place + 1})`]).flat();
  return {
    caption: `${pythonName("loss")}, position by position`,
    columns: ["position", "reads", "writes", "−log P", "P", ...guesses],
    rows: rows.length,
    row: (index) => {
      const row = rows[index];
      if (!row) return [];
      const likely = row.predictions.flatMap(({ piece, probability }) => [piece, probability]);
      return [row.position, row.reads?.piece ?? "", row.writes.piece, row.loss, row.probability, ...likely];
    },
  };
}

function sliceTable(slice: Slice, caption: string): FigureTable {
  return {
    caption,
    columns: [slice.rowNoun, ...names(slice.columns, slice.column)],
    rows: slice.rows,
    row: (row) => [labelText(slice.row(row)), ...Array.from(rowOf(slice, row))],
  };
}

function listTable(sizes: Sizes): FigureTable {
  return {
    caption: "What came back",
    columns: ["name", "shape", "what it is"],
    rows: ENTRY_KEYS.length,
    row: (index) => {
      const key = ENTRY_KEYS[index];
      return key ? [pythonName(key), shapeText(ENTRIES[key].shape(sizes)), ENTRIES[key].sentence] : [];
    },
  };
}

function shapes(sizes: Sizes): Record<string, string> {
  return Object.fromEntries(ENTRY_KEYS.map((key) => [pythonName(key), shapeText(ENTRIES[key].shape(sizes))]));
}

/** The tensor that is shown, as Python names it: `output.cross_attentions[1][0, 2]`. */
export function titleOf(key: EntryKey, { layer, head }: Choice): string {
  const { numbers } = ENTRIES[key];
  if (numbers.form === "attention") return `${pythonName(key)}[${layer}][0, ${head}]`;
  if (numbers.form === "hidden" && !numbers.last) return `${pythonName(key)}[${layer}][0]`;
  return numbers.form === "loss" ? pythonName(key) : `${pythonName(key)}[0]`;
}

function names(count: number, label: Slice["row"]): readonly string[] {
  return Array.from({ length: count }, (_, index) => labelText(label(index)));
}
