/** From what the reader wrote to a function that runs it: types off, mistakes found with their line, last value kept. */
import { type Options, type Program, parse } from "acorn";
import { transform } from "sucrase";
import { LIMITS } from "../protocol.ts";

/** The text cannot be run; the message is for the reader. */
export class Unreadable extends Error {
  readonly line: number | null;

  constructor(message: string, line: number | null) {
    super(message);
    this.line = line;
  }
}

/** By this name the reader's text stands in a stack trace. */
const FILE = "reader-code.ts";
const STRICT = '"use strict";';
const ACORN: Options = { ecmaVersion: "latest", sourceType: "script", allowAwaitOutsideFunction: true };

/** Under this name a program hands out the function that is wanted of it, before its first own line. */
const HAND_OUT = "handOut$";

/** Gives the function that is wanted, once the program has come to its definition. */
export type Wanted = () => unknown;

/** The body of a function that runs the text and gives its last value; its lines are those of the text. @throws Unreadable */
export function bodyOf(text: string, wanted: string | null): string {
  if (text.length > LIMITS.program) {
    throw new Unreadable(`The code is longer than ${LIMITS.program} characters.`, null);
  }
  const body = STRICT + withoutTypes(text);
  const last = parsed(body).body.slice(1).at(-1);
  const first = wanted === null ? "" : `${HAND_OUT}(() => (typeof ${wanted} === "function" ? ${wanted} : undefined));`;
  return STRICT + first + withValue(body, last).slice(STRICT.length);
}

/** The body, its last statement given back where it is an expression. */
function withValue(body: string, last: Program["body"][number] | undefined): string {
  if (last?.type !== "ExpressionStatement") return body;
  // All of the statement but its semicolon: brackets around an expression are no part of it for the parser.
  const expression = body.slice(last.start, last.end).replace(/;$/, "");
  return `${body.slice(0, last.start)}return (${expression});${body.slice(last.end)}`;
}

/** A function that runs a body with these names in reach; the text may name things like them itself, and may wait. */
export function compile(
  body: string,
  names: readonly string[],
): (handOut: (wanted: Wanted) => void, values: readonly unknown[]) => Promise<unknown> {
  const make = makerOf("async function", body, names);
  return (handOut, values) => make(handOut, ...values)();
}

function makerOf(kind: string, body: string, names: readonly string[]) {
  return new Function(HAND_OUT, ...names, `return ${kind} () {${body}\n}\n//# sourceURL=${FILE}`);
}

/** Lines that stand before the text's first in a stack trace; browsers differ. */
const LINES_BEFORE = linesBefore();

/** The line of the reader's text in which something was thrown; null where the text is not in its trace. */
export function lineOf(thrown: unknown): number | null {
  const line = lineInTrace(thrown);
  return line === null ? null : line - LINES_BEFORE;
}

function linesBefore(): number {
  try {
    makerOf("function", "throw new Error();", [])()();
  } catch (thrown) {
    return (lineInTrace(thrown) ?? 1) - 1;
  }
  return 0;
}

function lineInTrace(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || typeof thrown.stack !== "string") return null;
  const [, line] = /reader-code\.ts:(\d+)/.exec(thrown.stack) ?? [];
  return line === undefined ? null : Number(line);
}

function withoutTypes(text: string): string {
  try {
    return transform(text, { transforms: ["typescript"], disableESTransforms: true, keepUnusedImports: true }).code;
  } catch (thrown) {
    throw unreadable(thrown);
  }
}

function parsed(body: string): Program {
  try {
    return parse(body, ACORN);
  } catch (thrown) {
    throw unreadable(thrown);
  }
}

/** Both parsers end their message with "(line:column)"; sucrase begins it with a name. */
function unreadable(thrown: unknown): Unreadable {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const [, words = message, line] = /^(?:Error transforming [^:]*: )?(.*?)\s*\((\d+):\d+\)$/s.exec(message) ?? [];
  const plain = /'import' and 'export'/.test(words) ? "Nothing can be imported or exported here" : words;
  return new Unreadable(`${plain}.`, line === undefined ? null : Number(line));
}
