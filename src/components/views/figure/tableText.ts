import type { FigureTable } from "./types.ts";

const ROWS_A_CHUNK = 500;
/** Significant digits of a saved number: those that a Float32 surely holds. */
const DIGITS = 6;

/** A table as CSV (RFC 4180), in pieces small enough to be written between two frames. */
export function* csvChunks(table: FigureTable): Generator<string> {
  yield csvLine(table.columns);
  for (let from = 0; from < table.rows; from += ROWS_A_CHUNK) {
    const to = Math.min(from + ROWS_A_CHUNK, table.rows);
    let chunk = "";
    for (let row = from; row < to; row++) chunk += csvLine(table.row(row));
    yield chunk;
  }
}

function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** One cell: a broken number without the noise of a Float32; text that a spreadsheet would take for a formula is kept text by a quotation mark in front. */
export function csvCell(cell: string | number): string {
  if (typeof cell === "number") return String(Number.isInteger(cell) ? cell : rounded(cell));
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Data as JSON, typed arrays written as lists piece by piece. */
export function* jsonChunks(value: unknown): Generator<string> {
  if (value instanceof Float32Array) return yield* numberChunks(value);
  if (Array.isArray(value)) return yield* listChunks(value);
  if (typeof value === "object" && value !== null) return yield* recordChunks(Object.entries(value));
  yield JSON.stringify(value) ?? "null";
}

function* numberChunks(values: Float32Array): Generator<string> {
  yield "[";
  for (let from = 0; from < values.length; from += ROWS_A_CHUNK) {
    const part = Array.from(values.subarray(from, from + ROWS_A_CHUNK), rounded);
    yield (from === 0 ? "" : ",") + part.join(",");
  }
  yield "]";
}

function* listChunks(values: readonly unknown[]): Generator<string> {
  yield "[";
  for (const [index, value] of values.entries()) {
    if (index > 0) yield ",";
    yield* jsonChunks(value);
  }
  yield "]";
}

function* recordChunks(entries: readonly [string, unknown][]): Generator<string> {
  yield "{";
  for (const [index, [key, value]] of entries.entries()) {
    yield `${index > 0 ? "," : ""}${JSON.stringify(key)}:`;
    yield* jsonChunks(value);
  }
  yield "}\n";
}
