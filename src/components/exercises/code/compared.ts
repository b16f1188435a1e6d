import type { Fault } from "../../../sandbox/protocol.ts";
import type { Result } from "../../../sandbox/runner.ts";
import type { CodeRun } from "../evidence.ts";
import type { TaskName } from "../types.ts";
import { expectedOf, type Trial } from "./tasks.ts";

const NOTHING: Fault = { message: "The function was not reached.", line: null };

/** What came back, run by run, beside what should have. */
export function compared(
  task: TaskName,
  trials: readonly Trial[],
  { returned, fault }: Pick<Result, "returned" | "fault">,
): CodeRun[] {
  return trials.map((trial, index) => ({
    sentence: trial.trace.source.text,
    returned: returned[index] ?? { ok: false, fault: fault ?? NOTHING },
    expected: expectedOf(task, trial) ?? [],
  }));
}
