import type { Trace } from "../../../engine/model.ts";
import { percentText, weightText } from "../../../lib/format.ts";
import { quoted } from "../../views/tokens/face.ts";
import { ENTRIES, type EntryKey, pythonName } from "./entries.ts";
import { hardest, lossRows } from "./loss.ts";
import { type Choice, type Label, type Slice, sliceOf, valueAt } from "./slice.ts";

/** How Python gets at the chosen number: `output.cross_attentions[1][0, 2, 3, 6]`. */
export function pythonIndex(key: EntryKey, choice: Choice): string {
  const name = pythonName(key);
  const { layer, head, row, column } = choice;
  const { numbers } = ENTRIES[key];
  if (numbers.form === "loss") return name;
  if (numbers.form === "attention") return `${name}[${layer}][0, ${head}, ${row}, ${column}]`;
  if (numbers.form === "hidden" && !numbers.last) return `${name}[${layer}][0, ${row}, ${column}]`;
  return `${name}[0, ${row}, ${column}]`;
}

/** A number with five digits, as it is read out in full. */
export function fullNumber(value: number): string {
  if (!Number.isFinite(value)) return "not a number";
  return String(Number(value.toPrecision(5))).replace("-", "−");
}

/** The one sentence under the figure. */
export function readingText(trace: Trace, open: EntryKey | null, choice: Choice): string {
  if (open === null) return closedReading(trace);
  const { numbers } = ENTRIES[open];
  if (numbers.form === "loss") return lossReading(trace);
  const slice = sliceOf(trace, open, choice);
  if (!slice) return `${pythonName(open)} is too large to be stored; the model gives it when it runs.`;
  if (numbers.form === "attention") return attentionReading(slice, choice);
  if (numbers.form === "logits") return logitsReading(slice, choice);
  return hiddenReading(slice, choice, numbers.last ? null : choice.layer);
}

function closedReading(trace: Trace): string {
  const source = trace.source.tokens.length;
  return `For ${source} source tokens and ${trace.target.read.length} target tokens the model gave back eight results; unfold one to see its numbers.`;
}

function lossReading(trace: Trace): string {
  const worst = hardest(lossRows(trace));
  const loss = `The loss is ${trace.loss.toFixed(3)}`;
  if (!worst) return `${loss}.`;
  const chance = percentText(worst.probability);
  return `${loss}; the hardest token to write was ${quoted(worst.writes.piece)} at position ${worst.position}, given ${chance}.`;
}

function attentionReading(slice: Slice, { layer, head, row, column }: Choice): string {
  const weight = valueAt(slice, row, column);
  const asks = rowWords(slice.row(row));
  const looked = quoted(slice.column(column).name);
  if (slice.masked(row, column)) {
    return `${looked} comes later than ${quoted(slice.row(row).name)}: the mask forbids to look there, so the weight is zero.`;
  }
  return `In layer ${layer + 1}, head ${head + 1}, ${asks} gives ${looked} a weight of ${weightText(weight)}; the weights of its row sum to one.`;
}

function hiddenReading(slice: Slice, { row, column }: Choice, state: number | null): string {
  const where =
    state === null ? "the encoder's last state" : state === 0 ? "the embedding" : `the state after layer ${state}`;
  const value = fullNumber(valueAt(slice, row, column));
  return `Number ${column} of the ${slice.columns} that stand for ${quoted(slice.row(row).name)} in ${where} is ${value}.`;
}

function logitsReading(slice: Slice, { row, column }: Choice): string {
  const value = fullNumber(valueAt(slice, row, column));
  const { name } = slice.column(column);
  const token = name === String(column) ? `the token with id ${column}` : quoted(name);
  return `Having read ${quoted(slice.row(row).name)}, the model gives ${token} a score of ${value}.`;
}

/** A row in words: a token, or what a position reads and then writes. */
function rowWords({ name, writes }: Label): string {
  return writes ? `the position that reads ${quoted(name)} and writes ${quoted(writes.piece)}` : quoted(name);
}
