import type { AnyTrace } from "../../../engine/model.ts";
import { givenOf } from "../../../sandbox/given.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import { loadStored } from "../../../stored/load.ts";
import type { Evidence } from "../evidence.ts";
import { answeringOf } from "./answering.ts";
import type { Cell } from "./cell.ts";
import { CELL_WORDS } from "./words.ts";

/** Runs a cell on what the figure shows, else on a stored run; says so where there is neither. */
export async function runOn(cell: Cell, shown: Evidence | null, stored: string | null): Promise<void> {
  const trace = await traceFor(shown, stored);
  if (!trace) {
    cell.status.value = stored === null ? CELL_WORDS.noTrace : CELL_WORDS.notFetched;
    return;
  }
  const slopes = await gradientsFor(cell, shown);
  if (slopes && !slopes.ok) {
    cell.status.value = slopes.message;
    return;
  }
  const { source, target } = trace;
  const written = target === null || target.origin === "generated" ? null : target.text;
  const gold = alignmentOf(source.text, written) ?? null;
  const tracing = shown?.tracing ?? null;
  const answering = answeringOf(tracing, [{ trace, followed: tracing?.followed ?? null }]);
  await cell.run([givenOf(trace, { gold, gradients: slopes?.value ?? null })], { answering });
}

/** A figure that colours text keeps no attention beside its stored text: the stored run has all. */
async function traceFor(shown: Evidence | null, stored: string | null): Promise<AnyTrace | null> {
  if (shown?.live || stored === null) return shown?.trace ?? null;
  const whole = await loadStored(stored).catch(() => null);
  const same = !shown || whole?.source.text === shown.trace.source.text;
  return whole && same ? whole : (shown?.trace ?? null);
}

/** The figure's gradient, where the program speaks of it. */
async function gradientsFor(cell: Cell, shown: Evidence | null) {
  if (!shown?.tracing || !/\b(embedding|gradient)\b/.test(cell.text.peek())) return null;
  cell.status.value = CELL_WORDS.asking;
  return shown.tracing.gradient(shown.tracing.followed);
}
