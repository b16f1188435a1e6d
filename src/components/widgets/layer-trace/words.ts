/** What the figure says in words. */
import { listText, percentText } from "../../../lib/format.ts";
import type { ScoredItem, ScoredLine } from "../../views/attribution/scored.ts";
import { quoted } from "../../views/tokens/face.ts";
import { type LayerMap, layersOf, longestAt, type Measure, type Row, shareAt } from "./row.ts";

export const MEASURES: Readonly<Record<Measure, string>> = {
  score: "state × gradient",
  norm: "length of the gradient",
};

/** What is followed. */
export function followedText({ output }: Pick<Row, "output">): string {
  return output === null ? "the similarity of the two sentences" : `the logit of ${quoted(output)}`;
}

/** A number with its sign where it is below 0. */
export function valueText(value: number): string {
  return `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
}

/** The sentence under the picture. */
export function readingOf(
  row: Row,
  maps: readonly LayerMap[],
  attention: readonly ScoredLine[],
  rollout: readonly ScoredLine[],
): string {
  const followed = followedText(row);
  const start = `${followed[0]?.toUpperCase()}${followed.slice(1)} is ${valueText(row.value)}.`;
  return [start, ...maps.map((map) => mapText(map)), methodsText(attention, rollout)].join(" ");
}

/** Where the longest gradients are at the bottom, in the middle and at the top, with their share. */
function mapText(map: LayerMap): string {
  const last = layersOf(map);
  const layers = [...new Set([0, Math.ceil(last / 2), last])];
  const parts = layers.map((layer) => {
    const token = longestAt(map, layer);
    const where = layer === 0 ? "in the embeddings" : `after layer ${layer}`;
    const share = percentText(shareAt(map, layer, token));
    return `${where} at ${quoted(map.tokens[token]?.piece ?? "")} (${layer === 0 ? `${share} of all length` : share})`;
  });
  const start = map.label === "" ? "The gradient" : `${map.label}: the gradient`;
  return `${start} is longest ${listText(parts)}.`;
}

function methodsText(attention: readonly ScoredLine[], rollout: readonly ScoredLine[]): string {
  const [one, other] = [strongest(attention), strongest(rollout)];
  if (!one || !other) return "";
  if (one.side === other.side && one.item.start === other.item.start)
    return `Attention × gradient and rollout are both strongest at ${quoted(one.item.piece)}.`;
  return `Attention × gradient is strongest at ${quoted(one.item.piece)}, rollout at ${quoted(other.item.piece)}.`;
}

/** The item with the highest score. */
export function strongest(
  lines: readonly ScoredLine[],
): { readonly side: ScoredLine["side"]; readonly item: ScoredItem } | null {
  const all = lines.flatMap(({ side, items }) => items.map((item) => ({ side, item })));
  return all.reduce<(typeof all)[number] | null>(
    (best, each) => (best && best.item.score >= each.item.score ? best : each),
    null,
  );
}
