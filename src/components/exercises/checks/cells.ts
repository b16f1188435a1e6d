/** Click the cells that the mask forbids: right when they are exactly the cells that are 0 in every head. */
import type { AnyTrace, AttentionKind } from "../../../engine/model.ts";
import { keyTokens, queryTokens, shapeOf, tensorOf } from "../axes.ts";
import { forbidden, strongest, tokenText } from "../cells.ts";
import type { Evidence } from "../evidence.ts";
import {
  type Cell,
  type CellAnswer,
  type Checker,
  type Facts,
  type Keys,
  type Solution,
  unsettled,
  type Verdict,
} from "../types.ts";
import { ordinal } from "../words.ts";

const nameOf = (cell: Cell): string => `${cell.query}:${cell.key}`;

/** The tokens of a cell's row and column. */
function labels(trace: AnyTrace, kind: AttentionKind, cell: Cell): Facts {
  return { query: tokenText(queryTokens(trace, kind)[cell.query]), key: tokenText(keyTokens(trace, kind)[cell.key]) };
}

/** Why a cell was clicked wrongly: the reverse of the mask, the token itself, or a token before. */
function reasonFor(cell: Cell, answer: CellAnswer, missing: number, zeros: number): string {
  if (missing === zeros && answer.cells.length > 1) return "reversed";
  return cell.key === cell.query ? "self" : "before";
}

function check(answer: CellAnswer | null, key: Keys["cells"], evidence: Evidence | null): Verdict {
  if (answer === null || answer.cells.length === 0) return unsettled("no-answer");
  if (!evidence) return unsettled("no-figure");
  const { queries, keys } = shapeOf(tensorOf(evidence.trace, key.kind));
  if (answer.rows !== queries || answer.columns !== keys) return unsettled("other-size");

  const zeros = forbidden(evidence.trace, key.kind);
  const clicked = new Set(answer.cells.map(nameOf));
  const zeroNames = new Set(zeros.map(nameOf));
  const extra = answer.cells.filter((cell) => !zeroNames.has(nameOf(cell)));
  const missing = zeros.filter((cell) => !clicked.has(nameOf(cell)));
  const counts = { clicked: clicked.size, zeros: zeros.length, extra: extra.length, missing: missing.length };

  const [firstExtra] = [...extra].sort((a, b) => heaviest(evidence.trace, key.kind, b, a));
  if (firstExtra) {
    const why = reasonFor(firstExtra, answer, missing.length, zeros.length);
    return decided(evidence.trace, key.kind, "wrong", why, firstExtra, counts);
  }
  const [firstMissing] = missing;
  if (firstMissing) return decided(evidence.trace, key.kind, "close", "missing", firstMissing, counts);
  return { state: "right", why: "right", facts: counts, mark: markOf(key.kind, zeros, "0 in every head") };
}

function heaviest(trace: AnyTrace, kind: AttentionKind, a: Cell, b: Cell): number {
  return strongest(trace, kind, a).weight - strongest(trace, kind, b).weight;
}

function decided(
  trace: AnyTrace,
  kind: AttentionKind,
  state: "wrong" | "close",
  why: string,
  cell: Cell,
  counts: Facts,
): Verdict {
  const { head, weight } = strongest(trace, kind, cell);
  const facts = {
    ...counts,
    ...labels(trace, kind, cell),
    weight,
    layer: ordinal(head.layer),
    head: ordinal(head.head),
  };
  const label = `weight ${weight === 0 ? "0 in every head" : weight.toFixed(2)}`;
  return { state, why, facts, mark: { ...markOf(kind, [cell], label), head } };
}

function markOf(kind: AttentionKind, cells: readonly Cell[], label: string) {
  return { head: { kind, layer: 0, head: 0 }, cells, label };
}

/** Cells of the matrix that are zero by the mask. */
export const cells: Checker<"cells"> = {
  check,
  solve: (key, evidence): Solution<"cells"> => {
    if (!evidence) return { answer: null, facts: {} };
    const zeros = forbidden(evidence.trace, key.kind);
    const { queries, keys } = shapeOf(tensorOf(evidence.trace, key.kind));
    return {
      answer: { cells: zeros, rows: queries, columns: keys },
      facts: { zeros: zeros.length },
      mark: markOf(key.kind, zeros, "0 in every head"),
    };
  },
  explanations: () => ["right", "reversed", "self", "before", "missing"],
  facts: ["clicked", "zeros", "extra", "missing", "query", "key", "weight", "layer", "head"],
  ends: ["right"],
  measured: () => true,
};
