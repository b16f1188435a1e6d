/** Show one head alone: settled by what the figure shows, not by anything that is typed. */
import type { AnyTrace, AttentionKind } from "../../../engine/model.ts";
import { shapeOf, tensorOf } from "../axes.ts";
import { type Checker, type Solution, unsettled } from "../types.ts";
import { KIND_WORDS, ordinal } from "../words.ts";

function lastLayer(trace: AnyTrace, kind: AttentionKind): number {
  return shapeOf(tensorOf(trace, kind)).layers - 1;
}

/** A single head in the figure. */
export const show: Checker<"show"> = {
  check: (answer, key, evidence) => {
    if (!evidence) return unsettled("no-figure");
    if (answer === null) return unsettled("no-answer");
    if (answer === "none") return { state: "wrong", why: "several", facts: {} };
    const facts = { shown: KIND_WORDS[answer.kind], layer: ordinal(answer.layer), head: ordinal(answer.head) };
    if (answer.kind !== key.kind) return { state: "close", why: "otherKind", facts };
    if (answer.layer !== lastLayer(evidence.trace, key.kind)) return { state: "close", why: "otherLayer", facts };
    return { state: "right", why: "right", facts };
  },
  solve: (key, evidence): Solution<"show"> => {
    if (!evidence) return { answer: null, facts: {} };
    const head = { kind: key.kind, layer: lastLayer(evidence.trace, key.kind), head: 0 };
    const facts = { shown: KIND_WORDS[head.kind], layer: ordinal(head.layer), head: ordinal(head.head) };
    return { answer: head, facts, mark: { head, label: "shown alone" } };
  },
  explanations: () => ["right", "several", "otherKind", "otherLayer"],
  facts: ["shown", "layer", "head"],
  ends: ["right"],
  measured: () => true,
};
