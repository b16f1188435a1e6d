/** A reader's function on every run that it is checked on, beside what the page computes itself. */
import type { AnyTrace } from "../../../engine/model.ts";
import { givenOf } from "../../../sandbox/given.ts";
import { loadStored } from "../../../stored/load.ts";
import type { Evidence } from "../evidence.ts";
import type { CodeCase, Keys } from "../types.ts";
import type { Cell } from "./cell.ts";
import { compared, type Trial } from "./compared.ts";
import { callOf, expectedOf } from "./tasks.ts";
import { CELL_WORDS } from "./words.ts";

/** A trial, and whether its run is the one that the figure shows. */
type Tried = Trial & { readonly inFigure: boolean };

/** Runs the cell's program on all cases. Null where it came to no end: then there is nothing to compare. */
export async function tryOut(
  cell: Cell,
  { task, cases }: Keys["code"],
  shown: Evidence | null,
): Promise<Evidence | null> {
  const text = cell.text.peek();
  const trials = await trialsOf({ task, cases }, shown).catch(() => null);
  if (trials === null) {
    cell.status.value = CELL_WORDS.notFetched;
    return null;
  }
  const given = trials.map(({ trace, one }) => givenOf(trace, one.gold ?? null));
  const result = await cell.run(given, callOf(task, cases));
  const [first] = trials;
  if (!result || !first || (result.ending !== "done" && result.ending !== "fault")) return null;
  const code = { text, runs: compared(task, trials, result), inFigure: first.inFigure };
  const live = first.inFigure && shown?.live === true;
  return { figure: shown?.figure ?? "", trace: first.trace, live, focus: null, code };
}

/** The runs to try on: the first is the figure's, where it can settle the question. */
async function trialsOf({ task, cases }: Keys["code"], shown: Evidence | null): Promise<Tried[]> {
  return Promise.all(
    cases.map(async (one, index) => {
      const stored = await loadStored(one.run);
      const inFigure = index === 0 && shown !== null && settles(task, shown.trace, stored, one);
      return { trace: inFigure ? shown.trace : stored, one, inFigure };
    }),
  );
}

/** Gold belongs to one pair of texts; a word may stand in others too. */
function settles(task: Keys["code"]["task"], shown: AnyTrace, stored: AnyTrace, one: CodeCase): boolean {
  const same = shown.source.text === stored.source.text && shown.target?.text === stored.target?.text;
  return (same || one.gold === undefined) && expectedOf(task, shown, one) !== null;
}
