import type { AnyTrace } from "../../../engine/model.ts";
import { percentText } from "../../../lib/format.ts";
import { keyTokens, queryTokens } from "../axes.ts";
import { strongest, tokenText, wordAt } from "../cells.ts";
import type { CodeRun, Mark } from "../evidence.ts";
import type { Keys, TaskName } from "../types.ts";
import { factText } from "./words.ts";

type Proof = (trace: AnyTrace, key: Keys["code"], runs: readonly CodeRun[]) => Mark | undefined;

const PROOFS: Readonly<Partial<Record<TaskName, Proof>>> = {
  "looked-at"(trace, { cases: [first] }) {
    const word = first?.word ?? "";
    const [query] = wordAt(queryTokens(trace, "cross"), word);
    if (query === undefined) return undefined;
    const cells = keyTokens(trace, "cross").map((token, at) => ({ cell: { query, key: at }, token }));
    const all = cells.map((entry) => ({ ...entry, ...strongest(trace, "cross", entry.cell) }));
    const [best] = all.sort((a, b) => b.weight - a.weight);
    if (!best) return undefined;
    const label = factText(`${word} → ${tokenText(best.token)}: ${best.weight.toFixed(2)}`);
    return { head: best.head, cells: [best.cell], label };
  },
  alignment(_, __, [first]) {
    const right = first?.expected.find(({ name }) => name === "right")?.value;
    const shares = (right ?? []) as readonly (readonly number[])[];
    const all = shares.flatMap((heads, layer) => heads.map((share, head) => ({ layer, head, share })));
    const [best] = all.sort((a, b) => b.share - a.share);
    if (!best) return undefined;
    const { layer, head, share } = best;
    return { head: { kind: "cross", layer, head }, label: `aligns ${percentText(share)}` };
  },
};

/** Where the figure shows what a right function found on its run. */
export function proofOf(key: Keys["code"], trace: AnyTrace, runs: readonly CodeRun[]): Mark | undefined {
  return PROOFS[key.task]?.(trace, key, runs);
}
