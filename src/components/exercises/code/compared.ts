import type { AnyTrace } from "../../../engine/model.ts";
import type { Fault } from "../../../sandbox/protocol.ts";
import type { Result } from "../../../sandbox/runner.ts";
import type { CodeRun } from "../evidence.ts";
import type { CodeCase, TaskName } from "../types.ts";
import { expectedOf } from "./tasks.ts";

/** A run with what it is asked about. */
export interface Trial {
  readonly trace: AnyTrace;
  readonly one: CodeCase;
}

const NOTHING: Fault = { message: "The function was not reached.", line: null };

/** What came back, run by run, beside what should have. */
export function compared(
  task: TaskName,
  trials: readonly Trial[],
  { returned, fault }: Pick<Result, "returned" | "fault">,
): CodeRun[] {
  return trials.map(({ trace, one }, index) => ({
    sentence: trace.source.text,
    returned: returned[index] ?? { ok: false, fault: fault ?? NOTHING },
    expected: expectedOf(task, trace, one) ?? [],
  }));
}
