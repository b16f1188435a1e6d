/** A reader's function on every run that it is checked on, beside what the page computes itself. */
import type { AnyTrace } from "../../../engine/model.ts";
import { givenOf } from "../../../sandbox/given.ts";
import { loadStored } from "../../../stored/load.ts";
import type { Evidence } from "../evidence.ts";
import type { CodeCase, Keys } from "../types.ts";
import type { Cell } from "./cell.ts";
import { compared, type Trial } from "./compared.ts";
import { callOf, expectedOf } from "./tasks.ts";

/** Whether the run is the live model's. */
type Tried = Trial & { readonly live: boolean };

/** Runs the cell's program on all cases. Null where it came to no end: then there is nothing to compare. */
export async function tryOut(
  cell: Cell,
  { task, cases }: Keys["code"],
  shown: Evidence | null,
): Promise<Evidence | null> {
  const text = cell.text.peek();
  const trials = await trialsOf({ task, cases }, shown);
  const given = trials.map(({ trace, one }) => givenOf(trace, one.gold ?? null));
  const result = await cell.run(given, callOf(task, cases));
  const [first] = trials;
  if (!result || !first || (result.ending !== "done" && result.ending !== "fault")) return null;
  const runs = compared(task, trials, result);
  return { figure: shown?.figure ?? "", trace: first.trace, live: first.live, focus: null, code: { text, runs } };
}

/** The runs to try on: the first is the figure's, where it can settle the question. */
async function trialsOf({ task, cases }: Keys["code"], shown: Evidence | null): Promise<Tried[]> {
  return Promise.all(
    cases.map(async (one, index) => {
      const stored = await loadStored(one.run);
      const live = index === 0 && shown !== null && settles(task, shown.trace, stored, one);
      return { trace: live ? shown.trace : stored, one, live: live && shown.live };
    }),
  );
}

/** Gold belongs to one pair of texts; a word may stand in others too. */
function settles(task: Keys["code"]["task"], shown: AnyTrace, stored: AnyTrace, one: CodeCase): boolean {
  const same = shown.source.text === stored.source.text && shown.target?.text === stored.target?.text;
  return (same || one.gold === undefined) && expectedOf(task, shown, one) !== null;
}
