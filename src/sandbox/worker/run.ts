/** One order, carried out: the program is run on each trace, and its function called where one is asked for. */
import { CELL_NAMES } from "../names.ts";
import { type Call, type Fault, LIMITS, type Order, type Report, type Returned } from "../protocol.ts";
import type { Ask } from "./ask.ts";
import { plainOf } from "./plain.ts";
import { bodyOf, compile, lineOf, Unreadable, type Wanted } from "./program.ts";
import { type Scope, type Show, scopeOf, valuesOf } from "./scope.ts";
import { shownOf, wordsOf } from "./show.ts";

type Send = (report: Report) => void;

/** Runs it and reports. Never throws: what goes wrong in the reader's code is a report. */
export async function carryOut({ text, traces, call }: Order, send: Send, ask: Ask): Promise<void> {
  try {
    const program = compile(bodyOf(text, call?.function ?? null), CELL_NAMES);
    for (const [index, trace] of traces.entries()) {
      const scope = scopeOf(trace, { show: index === 0 ? counted(send) : () => {}, index, ask });
      const wanted = await runOn(scope, program, index === 0 ? send : () => {});
      if (call) send({ type: "returned", trace: index, returned: await callOn(scope, call, index, wanted) });
    }
  } catch (thrown) {
    send({ type: "fault", fault: faultOf(thrown) });
  }
  send({ type: "done" });
}

/**
 * Runs the program once, and gives the function that is wanted of it. A program that breaks off may have defined it all the
 * same: a line that tries it on one sentence need not work on another.
 */
async function runOn(scope: Scope, program: ReturnType<typeof compile>, send: Send): Promise<unknown> {
  let wanted: Wanted = () => undefined;
  const handOut = (found: Wanted): void => {
    wanted = found;
  };
  try {
    sendValue(await program(handOut, valuesOf(scope)), scope, send);
  } catch (thrown) {
    send({ type: "fault", fault: faultOf(thrown) });
  }
  try {
    return wanted();
  } catch {
    // The program broke off before the definition.
    return undefined;
  }
}

/** Passes on what is shown until it is too much, and then says so. */
function counted(send: Send): Show {
  let count = 0;
  return (shown) => {
    count += 1;
    if (count < LIMITS.shown) send({ type: "shown", shown });
    else if (count === LIMITS.shown) {
      const text = `Cut here: a run shows ${LIMITS.shown} things at most.`;
      send({ type: "shown", shown: { type: "text", text } });
    }
  };
}

function sendValue(value: unknown, { names }: Scope, send: Send): void {
  if (value === undefined) return;
  for (const shown of shownOf([value], names)) send({ type: "value", shown });
}

async function callOn(scope: Scope, call: Call, trace: number, wanted: unknown): Promise<Returned> {
  if (typeof wanted !== "function") {
    return { ok: false, fault: { message: `The function ${call.function} is not there.`, line: null } };
  }
  try {
    const values: Readonly<Record<string, unknown>> = scope.values;
    const given = (call.given[trace] ?? []).map((argument) =>
      "name" in argument ? values[argument.name] : argument.value,
    );
    return { ok: true, value: plainOf(await wanted(...given)) };
  } catch (thrown) {
    return { ok: false, fault: faultOf(thrown) };
  }
}

/** What was thrown, in words; the reader may throw anything, errors that lie included. */
function faultOf(thrown: unknown): Fault {
  try {
    if (thrown instanceof Unreadable) return { message: thrown.message.slice(0, LIMITS.text), line: thrown.line };
    const words = thrown instanceof Error ? wordsOf(thrown) : `The code threw ${wordsOf(thrown, 1)}.`;
    return { message: words.slice(0, LIMITS.text), line: lineOf(thrown) };
  } catch {
    return { message: "The code threw something that cannot be shown.", line: null };
  }
}
