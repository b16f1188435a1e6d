/** What the figure says of its state. */
import type { RemovalRow } from "../../../engine/study.ts";
import type { Comparison, Removal } from "../../../stored/removal.ts";
import { topOf, weightsOf } from "../../../stored/removalRows.ts";
import { headName, ranksOf, valueText } from "./ranks.ts";

/** Falls below this change nothing that counts, in nats. */
export const STILL = 0.1;

const quoted = (text: string): string => `“${text}”`;
const nats = (fall: number): string => `${fall.toFixed(2).replace("-", "−")} nats`;

/** The sentence under the picture: this output, then the texts of the study. */
export function readingOf(
  removal: Removal,
  row: RemovalRow,
  { head, by, token }: { readonly head: number | null; readonly by: Comparison; readonly token: number | null },
): string {
  const whose = head === null ? "all heads together" : headName(head, removal.shape);
  return `${token === null ? rowText(row, head, whose) : tokenText(row, head, token, whose)} ${by === "rho" ? `${rowRho(row, head)} ` : ""}${corpusText(removal, head, by, whose)}`;
}

/** This output alone; its correlations end with that of the mean of all heads. */
function rowRho({ output, correlation }: RemovalRow, head: number | null): string {
  const own = correlation.at(head ?? -1) ?? Number.NaN;
  return `For ${quoted(output)}: ${valueText(own, "rho")}.`;
}

function rowText(row: RemovalRow, head: number | null, whose: string): string {
  const weights = weightsOf(row, head);
  const [most, costliest] = [topOf(weights), topOf(row.effect)];
  const seen =
    `While ${quoted(row.output)} is written, ${whose} look most at ${quoted(row.tokens[most] ?? "")} (${(weights[most] ?? 0).toFixed(2)}).`.replace(
      /(layer \d+, head \d+) look/,
      "$1 looks",
    );
  const fall = row.effect[costliest] ?? 0;
  if (fall < STILL) return `${seen} No single token is missed: every fall is below ${STILL} nats.`;
  const cost = nats(fall);
  if (most === costliest) return `${seen} Its removal also costs most: ${cost}.`;
  return `${seen} But it would miss ${quoted(row.tokens[costliest] ?? "")} most: ${cost}, against ${nats(row.effect[most] ?? 0)}.`;
}

function tokenText(row: RemovalRow, head: number | null, token: number, whose: string): string {
  const name = quoted(row.tokens[token] ?? "");
  const fall = row.effect[token] ?? 0;
  const left = Math.exp(-fall);
  const share =
    left >= 0.995
      ? "as likely as before"
      : `${left < 0.005 ? "less than 1 %" : `${Math.round(100 * left)} %`} as likely`;
  return `${name} gets ${(weightsOf(row, head)[token] ?? 0).toFixed(2)} from ${whose}; without it ${quoted(row.output)} falls by ${nats(fall)}: ${share}.`;
}

function corpusText(removal: Removal, head: number | null, by: Comparison, whose: string): string {
  const rank = ranksOf(removal, by).find((each) => each.head === head);
  if (!rank) return "";
  const ends = (value: number): string =>
    by === "rho" ? value.toFixed(2).replace("-", "−") : `${Math.round(100 * value)} %`;
  const over = `Over ${removal.texts} texts, ${whose}:`;
  const between = `(${ends(rank.low)} to ${ends(rank.high)})`;
  if (by === "rho") return `${over} ${valueText(rank.mean, by)} ${between}.`;
  return `${over} the most-attended token is the costliest for ${valueText(rank.mean, by)} of the outputs ${between}, by lot ${Math.round(100 * removal.chance)} %.`;
}
