import type { AnyTrace } from "../../../engine/model.ts";
import { givenOf } from "../../../sandbox/given.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import { loadStored } from "../../../stored/load.ts";
import type { Cell } from "./cell.ts";
import { CELL_WORDS } from "./words.ts";

/** Runs a cell on what the figure shows, else on a stored run; says so where there is neither. */
export async function runOn(cell: Cell, shown: AnyTrace | null, stored: string | null): Promise<void> {
  const trace = shown ?? (stored === null ? null : await loadStored(stored).catch(() => null));
  if (!trace) {
    cell.status.value = stored === null ? CELL_WORDS.noTrace : CELL_WORDS.notFetched;
    return;
  }
  const { source, target } = trace;
  const written = target === null || target.origin === "generated" ? null : target.text;
  await cell.run([givenOf(trace, alignmentOf(source.text, written) ?? null)]);
}
