/** Checks one entry of a record, field by field, and builds it anew: what is not named here does not come through. */
import type { AttentionKind, HeadRef } from "../../../engine/model.ts";
import type { Mark } from "../evidence.ts";
import type { Answers, Cell, Facts, HeadAnswer, Kind, Source, TokenAnswer, VerdictState } from "../types.ts";
import type { Entry, KeptVerdict } from "./record.ts";

/** A record was refused, and why, in words for the reader. */
export class Refusal extends Error {
  /** Written by a later version: to be left alone. */
  readonly future: boolean;

  constructor(reason: string, future = false) {
    super(reason);
    this.future = future;
  }
}

const STATES: readonly VerdictState[] = ["right", "close", "wrong", "unsettled"];
const SOURCES: readonly Source[] = ["live", "stored", "none"];
const ATTENTION: readonly AttentionKind[] = ["encoder", "decoder", "cross"];
const MOST_CELLS = 1024;

/** How the answer of each kind is read; each throws where it is of another shape. */
const ANSWERS: { readonly [K in Kind]: (value: unknown) => Answers[K] } = {
  numeric: finite,
  choice: (value) => text(value, /^[\w-]{1,60}$/),
  head: headAnswer,
  show: headAnswer,
  predict: (value) => ({ ...cellOf(value), kind: oneOf(ATTENTION, object(value).kind) }),
  cells: (value) => {
    const { cells, rows, columns } = object(value);
    return { cells: cellsOf(cells), rows: count(rows), columns: count(columns) };
  },
  order: names,
  tokens: tokenAnswer,
  several: names,
  off: (value) => list(value).map(headOf),
  reach: finite,
  bet: tokenAnswer,
  disagree: finite,
  steps: count,
  flip: tokenAnswer,
  code: program,
};

/** The entry of an exercise. @throws Refusal naming the exercise. */
export function checkEntry(id: string, value: unknown): Entry {
  try {
    return entryOf(object(value));
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    throw new Refusal(`The entry of “${id}” is not one that this site writes: ${thrown.message}.`);
  }
}

function entryOf(value: Record<string, unknown>): Entry {
  const kind = oneOf(Object.keys(ANSWERS) as Kind[], value.kind);
  return {
    kind,
    version: text(value.version, /^[\w-]{1,40}$/),
    answer: value.answer === null ? null : ANSWERS[kind](value.answer),
    verdict: value.verdict === null ? null : verdictOf(object(value.verdict)),
    tries: count(value.tries),
    hints: count(value.hints),
    solutionSeen: yesNo(value.solutionSeen),
    done: yesNo(value.done),
    changed: yesNo(value.changed),
    at: count(value.at),
  };
}

function verdictOf(value: Record<string, unknown>): KeptVerdict {
  return {
    state: oneOf(STATES, value.state),
    why: text(value.why, /^[\w.-]{1,60}$/),
    facts: factsOf(object(value.facts)),
    ...(value.mark === undefined ? {} : { mark: markOf(object(value.mark)) }),
    source: oneOf(SOURCES, value.source),
  };
}

function markOf(value: Record<string, unknown>): Mark {
  return {
    ...(value.head === undefined ? {} : { head: headOf(value.head) }),
    ...(value.cells === undefined ? {} : { cells: cellsOf(value.cells) }),
    label: plain(value.label),
  };
}

function factsOf(value: Record<string, unknown>): Facts {
  const names = Object.keys(value);
  if (names.length > 40) throw new Refusal("too many numbers");
  return Object.fromEntries(
    names.map((name) => [
      text(name, /^[a-z]\w{0,39}$/i),
      typeof value[name] === "number" ? finite(value[name]) : plain(value[name]),
    ]),
  );
}

function tokenAnswer(value: unknown): TokenAnswer {
  const { places, tokens } = object(value);
  return { places: list(places).map(count), tokens: count(tokens) };
}

function headAnswer(value: unknown): HeadAnswer {
  return value === "none" ? "none" : headOf(value);
}

function headOf(value: unknown): HeadRef {
  const { kind, layer, head } = object(value);
  return { kind: oneOf(ATTENTION, kind), layer: count(layer), head: count(head) };
}

function cellOf(value: unknown): Cell {
  const { query, key } = object(value);
  return { query: count(query), key: count(key) };
}

function cellsOf(value: unknown): Cell[] {
  if (!Array.isArray(value) || value.length > MOST_CELLS) throw new Refusal("a list of cells is missing or too long");
  return value.map(cellOf);
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MOST_CELLS) throw new Refusal("a list is missing or too long");
  return value;
}

function names(value: unknown): string[] {
  return list(value).map((name) => text(name, /^[\w-]{1,60}$/));
}

/** A reader's program: it only ever becomes text in an editor, and runs nowhere but in a closed frame. */
function program(value: unknown): string {
  return text(value, /^[^\0]{0,20000}$/);
}

/** Whether a value is an object with names, not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function object(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new Refusal("something is missing");
  if (Object.hasOwn(value, "__proto__")) throw new Refusal("it holds a forbidden name");
  return value;
}

function text(value: unknown, pattern: RegExp): string {
  if (typeof value !== "string" || !pattern.test(value)) throw new Refusal("a text does not look as expected");
  return value;
}

/** A token or a label: short, and without markup, except a special token alone, such as `</s>`. */
function plain(value: unknown): string {
  const short = text(value, /^[^\n]{0,160}$/);
  if (/<[a-z!/]/i.test(short.replaceAll(/<\/?(s|pad|unk)>/g, ""))) throw new Refusal("a text holds HTML");
  return short;
}

function finite(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Refusal("a number is missing");
  return value;
}

function count(value: unknown): number {
  const number = finite(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new Refusal("a number is not a count");
  return number;
}

function yesNo(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Refusal("a yes or no is missing");
  return value;
}

function oneOf<T extends string>(names: readonly T[], value: unknown): T {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Refusal("a name is unknown");
  return found;
}
