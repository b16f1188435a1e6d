/** What `plot` sends out: numbers and names. The page draws them. */
import { LIMITS, type Plot, type PlotKind } from "../protocol.ts";
import type { Names } from "./lists.ts";
import { cut, leftOut, listOf, wordsOf } from "./show.ts";

/** How the reader says what a plot is. */
export interface PlotOptions {
  readonly kind?: PlotKind;
  /** Names of the values: texts, or tokens. */
  readonly labels?: ArrayLike<unknown>;
  /** Names of the rows of a matrix. */
  readonly rows?: ArrayLike<unknown>;
  readonly title?: string;
}

const KINDS: readonly string[] = ["bars", "line", "matrix"];

/** Checks and cuts what is to be drawn. @throws TypeError saying what `plot` takes */
export function plotOf(values: unknown, options: PlotOptions, names: Names): Plot {
  const list = listOf(values);
  if (!list || list.length === 0) throw new TypeError("plot takes a list of numbers, or a list of such lists");
  const nested = listOf(list[0]) !== null;
  const kind = options.kind ?? (nested ? "matrix" : "bars");
  if (!KINDS.includes(kind)) throw new TypeError(`plot knows the kinds ${KINDS.join(", ")}, not ${wordsOf(kind)}`);
  if (nested !== (kind === "matrix")) {
    throw new TypeError(`a plot of kind ${kind} takes ${nested ? "one list of numbers" : "a list of lists"}`);
  }

  const rows = nested ? first(list, LIMITS.rows).map((row) => listOf(row) ?? []) : [list];
  const most = nested ? LIMITS.columns : LIMITS.points;
  const width = rows.reduce((longest, row) => Math.max(longest, row.length), 0);
  const known = names.of(list);
  return {
    kind,
    values: rows.map((row) => first(row, most).map(numberOf)),
    columns: labelsOf(options.labels, known.columns, Math.min(width, most)),
    rows: nested ? labelsOf(options.rows, known.rows, rows.length) : [],
    title: cut(options.title === undefined ? "" : wordsOf(options.title), LIMITS.name),
    more: leftOut(nested ? list.length - rows.length : 0, width - most),
  };
}

function first(list: ArrayLike<unknown>, most: number): unknown[] {
  return Array.from({ length: Math.min(list.length, most) }, (_, index) => list[index]);
}

function numberOf(value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`plot takes numbers; found ${wordsOf(value, 1)}`);
  return value;
}

function labelsOf(given: ArrayLike<unknown> | undefined, known: readonly string[], count: number): string[] {
  const labels = given ? first(given, count).map(labelOf) : known.slice(0, count);
  return labels.map((label) => cut(label, LIMITS.name));
}

/** A token is named by its text. */
function labelOf(label: unknown): string {
  return typeof label === "object" && label !== null && "text" in label ? wordsOf(label.text) : wordsOf(label);
}
