/** Reads what comes out of a frame as one reads a stranger's letter: built anew field by field, cut to size, or dropped. */
import {
  type Asked,
  type Fault,
  LIMITS,
  type Plain,
  type Plot,
  type Report,
  type Returned,
  type Shown,
  type Table,
} from "./protocol.ts";

/** A letter that is not of the agreed form. */
class Misshapen extends Error {}

/** The report of this run, or null for anything else. */
export function readReport(value: unknown, run: number): Report | null {
  try {
    const sealed = record(value);
    return sealed.run === run ? reportOf(record(sealed.report)) : null;
  } catch (thrown) {
    if (thrown instanceof Misshapen) return null;
    throw thrown;
  }
}

function reportOf(value: Fields): Report {
  switch (value.type) {
    case "ready":
    case "done":
      return { type: value.type };
    case "shown":
    case "value":
      return { type: value.type, shown: shownOf(record(value.shown)) };
    case "fault":
      return { type: "fault", fault: faultOf(record(value.fault)) };
    case "returned":
      return { type: "returned", trace: number(value.trace), returned: returnedOf(record(value.returned)) };
    case "ask":
      return { type: "ask", id: number(value.id), trace: number(value.trace), asked: askedOf(record(value.asked)) };
    default:
      throw new Misshapen();
  }
}

function askedOf({ method, options }: Fields): Asked {
  const entries = Object.entries(record(options));
  if (entries.length > LIMITS.options) throw new Misshapen();
  return {
    method: name(method),
    options: Object.fromEntries(entries.map(([key, value]) => [name(key), option(value)])),
  };
}

function shownOf(value: Fields): Shown {
  switch (value.type) {
    case "text":
      return { type: "text", text: text(value.text, 2 * LIMITS.text) };
    case "table":
      return { type: "table", table: tableOf(record(value.table)) };
    case "plot":
      return { type: "plot", plot: plotOf(record(value.plot)) };
    default:
      throw new Misshapen();
  }
}

function tableOf({ columns, rows, more }: Fields): Table {
  return {
    columns: list(columns, LIMITS.columns).map(name),
    rows: list(rows, LIMITS.rows).map((row) => {
      const { name: heading, cells } = record(row);
      return { name: name(heading), cells: list(cells, LIMITS.columns).map(cell) };
    }),
    more: name(more),
  };
}

function plotOf({ kind, values, columns, rows, title, more }: Fields): Plot {
  if (kind !== "bars" && kind !== "line" && kind !== "matrix") throw new Misshapen();
  return {
    kind,
    values: list(values, LIMITS.rows).map((row) => list(row, LIMITS.points).map(number)),
    columns: list(columns, LIMITS.points).map(name),
    rows: list(rows, LIMITS.rows).map(name),
    title: name(title),
    more: name(more),
  };
}

function returnedOf({ ok, value, fault }: Fields): Returned {
  return ok === true ? { ok, value: plain(value, 0) } : { ok: false, fault: faultOf(record(fault)) };
}

function faultOf({ message, line }: Fields): Fault {
  return { message: text(message, LIMITS.text), line: line === null ? null : number(line) };
}

/** The frame has counted the values; the page only sees to the depth and to what may be in it. */
function plain(value: unknown, depth: number): Plain {
  if (depth > LIMITS.depth) throw new Misshapen();
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string") {
    return value;
  }
  if (Array.isArray(value)) return list(value, LIMITS.returned).map((item) => plain(item, depth + 1));
  return Object.fromEntries(Object.entries(record(value)).map(([key, item]) => [key, plain(item, depth + 1)]));
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Misshapen();
  return value as Fields;
}

function list(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Misshapen();
  return value.slice(0, most);
}

function text(value: unknown, most: number): string {
  if (typeof value !== "string") throw new Misshapen();
  return value.slice(0, most);
}

function name(value: unknown): string {
  return text(value, LIMITS.name);
}

function number(value: unknown): number {
  if (typeof value !== "number") throw new Misshapen();
  return value;
}

function option(value: unknown): number | string {
  return typeof value === "number" ? value : text(value, LIMITS.text);
}

function cell(value: unknown): number | string {
  return typeof value === "number" ? value : name(value);
}
