/** What the figure says of its state. */
import { percentText } from "../../../lib/format.ts";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import type { Question } from "../../views/attribution/question.ts";
import { type ScoreScale, scaleOf, scoreText } from "../../views/attribution/scale.ts";
import { itemText, type ScoredItem, type ScoredLine } from "../../views/attribution/scored.ts";
import { quoted } from "../../views/tokens/face.ts";
import type { Row } from "./rows.ts";

const SCALES: Readonly<Record<Question["scale"], string>> = {
  logit: "logit",
  "log-probability": "log-probability",
  probability: "probability",
};

/** What is followed: “the logit of “chien””, “the lead of “chien” over “chat””. */
export function followedText({ output }: Pick<Row, "output">, { scale, against }: Question): string {
  if (output === null) return "the similarity of the two sentences";
  if (against !== "") return `the lead of ${quoted(output)} over ${quoted(against)} (${SCALES[scale]})`;
  return `the ${SCALES[scale]} of ${quoted(output)}`;
}

/** A heading over a coloured text: which output, and in whose place. */
export function headingText({ output }: Pick<Row, "output">, against: string): string {
  if (output === null) return "Similarity of the two sentences";
  return against === "" ? `Why ${quoted(output)}` : `Why ${quoted(output)} and not ${quoted(against)}`;
}

/** The sentence under the picture. */
export function readingOf(
  row: Row,
  lines: readonly ScoredLine[],
  question: Question,
  pointed: ScoredItem | null,
): string {
  const items = lines.flatMap((line) => line.items).filter(({ score }) => Number.isFinite(score));
  const scale = scaleOf(
    items.map(({ score }) => score),
    row.attribution.signed,
  );
  if (pointed) return tokenText(pointed, items, scale);
  const followed = followedText(row, question);
  const number = `${followed[0]?.toUpperCase()}${followed.slice(1)} is ${valueText(row.value)}.`;
  const parts = [number, scale.signed ? signedText(items, scale) : strengthText(items, scale), targetText(lines)];
  return [...parts, gapText(row)].filter((part) => part !== "").join(" ");
}

function signedText(items: readonly ScoredItem[], scale: ScoreScale): string {
  const sorted = [...items].sort((a, b) => b.score - a.score);
  const [top, low] = [sorted[0], sorted.at(-1)];
  if (!top || !low) return "";
  const high = top.score > 0 ? `${itemText(top, scale)} is the highest score` : "No score is above 0";
  return `${high}; ${low.score < 0 ? `${itemText(low, scale)} the lowest` : "none is below 0"}.`;
}

function strengthText(items: readonly ScoredItem[], scale: ScoreScale): string {
  const [top, next] = [...items].sort((a, b) => b.score - a.score);
  if (!top) return "";
  return `${itemText(top, scale)} is the strongest${next ? `, then ${itemText(next, scale)}` : ""}.`;
}

/** The share of the scores' sizes that lies on what had been written before. */
export function targetShare(lines: readonly ScoredLine[]): number | null {
  const sizes = lines.map(({ items }) => items.reduce((sum, { score }) => sum + (Math.abs(score) || 0), 0));
  const [source = 0, target] = sizes;
  return target === undefined || source + target === 0 ? null : target / (source + target);
}

function targetText(lines: readonly ScoredLine[]): string {
  const share = targetShare(lines);
  return share === null ? "" : `The target so far holds ${percentText(share)} of all score, sizes added up.`;
}

/** Methods with a baseline: what the scores sum to, beside what they ought to. */
function gapText({ attribution, row, value }: Row): string {
  const { completeness, method } = attribution;
  if (!completeness || method === "occlusion") return "";
  const change = value - (completeness.baseline[row] ?? 0);
  const sum = change + (completeness.gap[row] ?? 0);
  return `The scores sum to ${valueText(sum)}; from the baseline to the text the number moved by ${valueText(change)}.`;
}

function tokenText(item: ScoredItem, items: readonly ScoredItem[], scale: ScoreScale): string {
  const size = Math.abs(item.score);
  const rank = 1 + items.filter(({ score }) => Math.abs(score) > size).length;
  const total = items.reduce((sum, { score }) => sum + Math.abs(score), 0);
  const share = total === 0 ? "" : `, ${percentText(size / total)} of all score, sizes added up`;
  return `${itemText(item, scale)}: number ${rank} of ${items.length} by size${share}.`;
}

/** A number with three figures and its sign. */
export function valueText(value: number): string {
  const text = scoreText(Math.abs(value), { signed: false, extreme: Math.abs(value) });
  return value < 0 ? `−${text}` : text;
}

/** What a score of either sign says, for the legend. */
export function legendWords(method: Question["method"]): { readonly minus: string; readonly plus: string } {
  return METHOD_WORDS[method].signed ? { minus: "against it", plus: "for it" } : { minus: "", plus: "" };
}
