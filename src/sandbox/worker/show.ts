/** Values as the page shows them: short texts, and tables for lists. Everything is cut to size here, and said so. */
import { LIMITS, type Shown, type Table } from "../protocol.ts";
import type { Names } from "./lists.ts";

const DIGITS = 5;

/** What `print(...values)` shows: short values in one line, each list as a table of its own. */
export function shownOf(values: readonly unknown[], names: Names): Shown[] {
  const shown: Shown[] = [];
  let line: string[] = [];
  const endLine = (): void => {
    if (line.length > 0) shown.push({ type: "text", text: cutText(line.join(" ")) });
    line = [];
  };
  for (const value of values) {
    const table = tableOf(value, names);
    if (table === null) line.push(wordsOf(value));
    else {
      endLine();
      shown.push({ type: "table", table });
    }
  }
  endLine();
  return shown;
}

/** A value in a few words. */
export function wordsOf(value: unknown, depth = 0): string {
  if (typeof value === "string") return depth === 0 ? value : JSON.stringify(cut(value, LIMITS.name));
  if (typeof value === "number") return numberText(value);
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const list = listOf(value);
  if (list) return listWords(list, depth);
  if (depth > 2) return "{…}";
  const entries = Object.entries(value).slice(0, LIMITS.columns);
  return `{ ${entries.map(([name, item]) => `${name}: ${wordsOf(item, depth + 1)}`).join(", ")} }`;
}

/** Up to five digits that count. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(DIGITS)));
}

/** A text with its end cut off and said so. */
export function cutText(text: string): string {
  if (text.length <= LIMITS.text) return text;
  return `${text.slice(0, LIMITS.text)} … cut here, ${text.length - LIMITS.text} characters more`;
}

export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Any list, however it is kept, without copying it. */
export function listOf(value: unknown): ArrayLike<unknown> | null {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as unknown as ArrayLike<unknown>;
  if (value instanceof Set || value instanceof Map) return [...value];
  return null;
}

function listWords(list: ArrayLike<unknown>, depth: number): string {
  const shape = shapeOf(list);
  if (shape.length > 2) return `a list of shape [${shape.join(", ")}]: choose one of its matrices to see numbers`;
  if (depth > 1) return "[…]";
  const some = firstOf(list, LIMITS.columns).map((item) => wordsOf(item, depth + 1));
  return `[${some.join(", ")}${list.length > some.length ? ", …" : ""}]`;
}

/** Lengths of a list and of the first list in it, and so on. */
function shapeOf(list: ArrayLike<unknown>): number[] {
  const [first] = firstOf(list, 1);
  const inner = listOf(first);
  return inner ? [list.length, ...shapeOf(inner)] : [list.length];
}

function firstOf(list: ArrayLike<unknown>, most: number): unknown[] {
  return Array.from({ length: Math.min(list.length, most) }, (_, index) => list[index]);
}

/** A list as a table: of lists, of objects, or of values in one row. Null for everything else, and for deeper lists. */
function tableOf(value: unknown, names: Names): Table | null {
  const list = listOf(value);
  if (!list || list.length === 0 || shapeOf(list).length > 2) return null;
  const items = firstOf(list, LIMITS.rows);
  const { rows, columns } = names.of(list);
  if (items.every((item) => listOf(item) !== null)) return matrixTable(items.map(rowOf), list, rows, columns);
  if (items.every(isRecord)) return recordTable(items as Readonly<Record<string, unknown>>[], list.length);
  return {
    columns: headings(columns, Math.min(list.length, LIMITS.columns)),
    rows: [{ name: "", cells: firstOf(list, LIMITS.columns).map(cellOf) }],
    more: leftOut(0, list.length - LIMITS.columns),
  };
}

function rowOf(item: unknown): ArrayLike<unknown> {
  return listOf(item) ?? [];
}

function isRecord(item: unknown): boolean {
  return typeof item === "object" && item !== null && listOf(item) === null;
}

function matrixTable(
  items: readonly ArrayLike<unknown>[],
  list: ArrayLike<unknown>,
  rows: readonly string[],
  columns: readonly string[],
): Table {
  const width = items.reduce((most, row) => Math.max(most, row.length), 0);
  return {
    columns: headings(columns, Math.min(width, LIMITS.columns)),
    rows: items.map((row, index) => ({
      name: heading(rows, index),
      cells: firstOf(row, LIMITS.columns).map(cellOf),
    })),
    more: leftOut(list.length - items.length, width - LIMITS.columns),
  };
}

function recordTable(items: readonly Readonly<Record<string, unknown>>[], length: number): Table {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))].slice(0, LIMITS.columns);
  return {
    columns: columns.map((name) => cut(name, LIMITS.name)),
    rows: items.map((item, index) => ({ name: String(index), cells: columns.map((name) => cellOf(item[name])) })),
    more: leftOut(length - items.length, 0),
  };
}

function headings(names: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => heading(names, index));
}

/** A name with its place, counted from 0 as in the code; the place alone where there is no name. */
function heading(names: readonly string[], index: number): string {
  const name = names[index];
  return name === undefined ? String(index) : cut(`${index} ${name}`, LIMITS.name);
}

function cellOf(value: unknown): number | string {
  if (typeof value === "number") return value;
  return value === undefined ? "" : cut(wordsOf(value, typeof value === "string" ? 0 : 1), LIMITS.name);
}

/** What a table or picture leaves out, in words. */
export function leftOut(rows: number, columns: number): string {
  const parts = [rows > 0 ? `${rows} rows` : "", columns > 0 ? `${columns} columns` : ""].filter(Boolean);
  return parts.length === 0 ? "" : `${parts.join(" and ")} more, not shown`;
}
