import { readFileSync } from "node:fs";
import { compared } from "../../src/components/exercises/code/compared.ts";
import { callOf } from "../../src/components/exercises/code/tasks.ts";
import type { Evidence } from "../../src/components/exercises/evidence.ts";
import type { Keys } from "../../src/components/exercises/types.ts";
import { givenOf } from "../../src/sandbox/given.ts";
import type { Fault, Returned } from "../../src/sandbox/protocol.ts";
import { carryOut } from "../../src/sandbox/worker/run.ts";
import { decodeTrace, type StoredTrace } from "../../src/stored/format.ts";

/** Runs a reader's program on the cases of an exercise, without a frame: what the page then judges. */
export function runCode(text: string, { task, cases }: Keys["code"]): Evidence {
  const trials = cases.map((one) => ({ trace: storedRun(one.run), one }));
  const returned: Returned[] = [];
  let fault: Fault | null = null;
  const traces = trials.map(({ trace, one }) => givenOf(trace, one.gold ?? null));
  carryOut({ run: 1, text, traces, call: callOf(task, cases) }, (report) => {
    if (report.type === "returned") returned[report.trace] = report.returned;
    if (report.type === "fault") fault = report.fault;
  });
  const runs = compared(task, trials, { returned, fault });
  const [first] = trials;
  if (!first) throw new Error("an exercise in code needs a run");
  return { figure: "test", trace: first.trace, live: false, focus: null, code: { text, runs, inFigure: true } };
}

export function storedRun(id: string) {
  return decodeTrace(JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8")) as StoredTrace);
}
