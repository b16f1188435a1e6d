/** What a neuron view says of the head that it shows, or does not show yet. */
import type { AttentionKind, HeadInside, HeadRef } from "../../../engine/model.ts";
import type { StoredInside } from "../../../stored/inside.ts";
import { aboutModel } from "../../../stored/models.ts";
import type { FigureStatus } from "../../views/figure/status.ts";
import { quoted } from "../../views/tokens/face.ts";

export const LINK_NOTICE = "Parts of the link were not understood and stand at their defaults.";

const PARTS: Readonly<Record<AttentionKind, string>> = {
  encoder: "encoder",
  decoder: "decoder",
  cross: "cross-attention",
};

/** A head within a sentence, counted from 1. */
export function headName({ kind, layer, head }: HeadRef): string {
  return `layer ${layer + 1}, head ${head + 1} (${PARTS[kind]})`;
}

/** What is shown, once it is no longer the head and the query that the figure starts with; null while it is. */
export function departureText(first: StoredInside, start: number, inside: HeadInside, query: number): string | null {
  const { model, head, queries } = inside;
  const same = head.kind === first.head.kind && head.layer === first.head.layer && head.head === first.head.head;
  if (model === first.model && same && query === start) return null;
  return `${headName(head)} of ${aboutModel(model).info.name}, query of ${quoted(queries[query]?.piece ?? "")}`;
}

/** Why another head is shown than the one chosen. */
export function waitingText(
  inside: HeadInside,
  wanted: HeadRef,
  { phase, absent }: Pick<FigureStatus, "phase" | "absent">,
): string {
  const shown = `The picture still shows ${headName(inside.head)}`;
  if (absent) return `${shown}: of this model, this copy of the site has only the stored head.`;
  if (phase === "loading" || phase === "running") return `${shown}, until the model has run.`;
  return `${shown}; run it live to see ${headName(wanted)}.`;
}
