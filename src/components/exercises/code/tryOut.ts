/** A reader's function on every run that it is checked on, beside what the page computes itself. */
import type { AnyTrace } from "../../../engine/model.ts";
import { givenOf } from "../../../sandbox/given.ts";
import { loadStored } from "../../../stored/load.ts";
import type { Evidence } from "../evidence.ts";
import type { CodeCase, Keys } from "../types.ts";
import { answeringOf } from "./answering.ts";
import type { Cell } from "./cell.ts";
import { compared } from "./compared.ts";
import { askModel, followedBy } from "./said.ts";
import { callOf, expectedOf, type Trial, wantedOf } from "./tasks.ts";
import { CELL_WORDS } from "./words.ts";

/** A trial, whether its run is the one that the figure shows, and whether the live model settles it. */
type Tried = Trial & { readonly inFigure: boolean; readonly live: boolean };

/** Why there is nothing to compare with, in words. */
class NoTrial extends Error {}

/** Runs the cell's program on all cases. Null where it came to no end: then there is nothing to compare. */
export async function tryOut(cell: Cell, key: Keys["code"], shown: Evidence | null): Promise<Evidence | null> {
  const text = cell.text.peek();
  const trials = await trialsOf(key, shown).catch((thrown: unknown) => {
    cell.status.value = thrown instanceof NoTrial ? thrown.message : CELL_WORDS.notFetched;
    return null;
  });
  if (trials === null) return null;
  const given = trials.map(({ trace, one, said }) =>
    givenOf(trace, { gold: one.gold ?? null, gradients: said?.gradient ?? null }),
  );
  const asking = trials.map(({ trace, said }) => ({ trace, followed: said?.followed ?? null }));
  const answering = answeringOf(shown?.tracing ?? null, asking);
  const result = await cell.run(given, { call: callOf(key.task, key.cases), answering });
  const [first] = trials;
  if (!result || !first || (result.ending !== "done" && result.ending !== "fault")) return null;
  const code = { text, runs: compared(key.task, trials, result), inFigure: first.inFigure };
  return { figure: shown?.figure ?? "", trace: first.trace, live: first.live, focus: null, code };
}

/** The runs to try on: the first is the figure's, where it can settle the question. */
async function trialsOf({ task, cases }: Keys["code"], shown: Evidence | null): Promise<Tried[]> {
  const trials: Tried[] = [];
  for (const [index, one] of cases.entries()) {
    const stored = await loadStored(one.run);
    const inFigure = index === 0 && shown !== null && settles(task, shown, stored, one);
    const trace = inFigure ? shown.trace : stored;
    const answer = await askedOf(task, one, trace, shown);
    trials.push({ trace, one, inFigure, said: answer?.value ?? null, live: answer?.live ?? (inFigure && shown.live) });
  }
  return trials;
}

/** What the model says of a run, for a task on attributions. @throws NoTrial where it says nothing */
async function askedOf(task: Keys["code"]["task"], one: CodeCase, trace: AnyTrace, shown: Evidence | null) {
  const wanted = wantedOf(task, one);
  if (!wanted) return null;
  if (!shown?.tracing) throw new NoTrial(CELL_WORDS.noTrace);
  const followed = followedBy(shown, trace, one);
  if (!followed) throw new NoTrial(CELL_WORDS.noOutput);
  const answer = await askModel(shown.tracing, followed, wanted);
  if (!answer.ok) throw new NoTrial(answer.message);
  return answer;
}

/** Gold belongs to one pair of texts; a word may stand in others too; what the model says it says of any run. */
function settles(task: Keys["code"]["task"], shown: Evidence, stored: AnyTrace, one: CodeCase): boolean {
  if (wantedOf(task, one)) return shown.tracing !== undefined;
  const { trace } = shown;
  const same = trace.source.text === stored.source.text && trace.target?.text === stored.target?.text;
  return (same || one.gold === undefined) && expectedOf(task, { trace, one, said: null }) !== null;
}
