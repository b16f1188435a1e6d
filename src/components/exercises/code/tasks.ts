/** What the page computes itself, to compare a reader's function with: the right numbers, and those of known mix-ups. */
import type { AnyTrace, AttentionKind } from "../../../engine/model.ts";
import { agreementOfHeads, massOfHeads } from "../../../sandbox/expected.ts";
import type { Call, Given } from "../../../sandbox/protocol.ts";
import { keyTokens, queryTokens, shapeOf, tensorOf } from "../axes.ts";
import { headsOf, weightAt, wordAt } from "../cells.ts";
import type { Named } from "../evidence.ts";
import type { CodeCase, TaskName } from "../types.ts";
import type { ModelSaid, Wanted } from "./said.ts";
import { gapOf, gapRequest, productsOf } from "./traced.ts";

/** A run with what it is asked about. */
export interface Trial {
  readonly trace: AnyTrace;
  readonly one: CodeCase;
  /** Null where the task asks the model nothing. */
  readonly said: ModelSaid | null;
}

/** How a task calls the reader's function, and what it should give. */
interface Task {
  readonly function: string;
  given(one: CodeCase): readonly Given[];
  wanted?(one: CodeCase): Wanted;
  /** Null where this run cannot settle it. */
  expected(trial: Trial): readonly Named[] | null;
}

const tasks: Readonly<Record<TaskName, Task>> = {
  /** The largest weight of any head on each source token while a word is written. */
  "looked-at": {
    function: "lookedAt",
    given: ({ word = "" }) => [{ value: word }, { name: "attention" }, { name: "tokens" }],
    expected({ trace, one: { word = "" } }) {
      const [row] = wordAt(queryTokens(trace, "cross"), word);
      if (row === undefined) return null;
      const read = wordAt(queryTokens(trace, "decoder"), word)[0] ?? row;
      const { layers } = shapeOf(tensorOf(trace, "cross"));
      return [
        { name: "right", value: summary(trace, "cross", row, most) },
        { name: "encoder", value: summary(trace, "encoder", row, most) },
        { name: "encoder", value: summary(trace, "encoder", read, most) },
        { name: "decoder", value: summary(trace, "decoder", row, most) },
        { name: "decoder", value: summary(trace, "decoder", read, most) },
        { name: "shifted", value: summary(trace, "cross", read, most) },
        { name: "mean", value: summary(trace, "cross", row, meanOf) },
        { name: "lastLayer", value: summary(trace, "cross", row, most, layers - 1) },
      ];
    },
  },
  /** For every head of the cross-attention, the share of words whose largest weight lies on a right word. */
  alignment: {
    function: "scoreHeads",
    given: () => [{ name: "attention" }, { name: "gold" }],
    expected({ trace, one: { gold } }) {
      if (!gold || trace.target === null) return null;
      const { shares, words } = agreementOfHeads(trace, gold);
      return [
        { name: "right", value: shares },
        { name: "count", value: shares.map((heads) => heads.map((share) => share * words)) },
        { name: "weight", value: massOfHeads(trace, gold) },
      ];
    },
  },
  "input-x-gradient": {
    function: "inputTimesGradient",
    given: () => [{ name: "embedding" }, { name: "gradient" }],
    wanted: () => ({ gradient: true, request: { method: "input-x-gradient" } }),
    expected: ({ said }) => productsOf(said),
  },
  completeness: {
    function: "gap",
    given: ({ steps = 4 }) => [{ name: "attribute" }, { value: steps }],
    wanted: ({ steps = 4 }) => ({ gradient: false, request: gapRequest(steps) }),
    expected: ({ said }) => gapOf(said),
  },
};

const most = (values: readonly number[]): number => Math.max(...values);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** For each key, one number over all heads of a part, or of one layer of it. */
function summary(
  trace: AnyTrace,
  kind: AttentionKind,
  query: number,
  over: (weights: readonly number[]) => number,
  layer?: number,
): number[] {
  const heads = headsOf(trace, kind).filter((head) => layer === undefined || head.layer === layer);
  return keyTokens(trace, kind).map((_, key) => over(heads.map((head) => weightAt(trace, head, { query, key }))));
}

/** What a task expects on a run. */
export function expectedOf(task: TaskName, trial: Trial): readonly Named[] | null {
  return tasks[task].expected(trial);
}

/** What a task asks of the model besides the run; null for nothing. */
export function wantedOf(task: TaskName, one: CodeCase): Wanted | null {
  return tasks[task].wanted?.(one) ?? null;
}

/** How the reader's function is called, run by run. */
export function callOf(task: TaskName, cases: readonly CodeCase[]): Call {
  return { function: tasks[task].function, given: cases.map((one) => tasks[task].given(one)) };
}
