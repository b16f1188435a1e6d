/** What the figures say of their numbers. */
import { percentText as percentOf } from "../../../lib/format.ts";
import { type Estimate, type HeadRow, type NumbersData, pairAt } from "../../plots/data.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import type { Part } from "./numbersOf.ts";

/** A share in percent that no line break parts. */
function percentText(share: number): string {
  return percentOf(share).replaceAll(" ", "\u00a0");
}

/** Names of parts, as a control offers them. */
export const PART_NAMES: Readonly<Record<Part, string>> = {
  encoder: "encoder",
  decoder: "decoder",
  cross: "cross-attention",
  head: "to its head",
  dependant: "to its dependants",
};

/** "Layer 3, head 5". */
export function headName({ layer, head }: HeadRow): string {
  return `Layer ${layer + 1}, head ${head + 1}`;
}

/** How many things can be chosen in a plot. */
export function countOf(data: NumbersData): number {
  return data.plot === "alike" ? data.below.length : data.rows.length;
}

/** The head at a place; of a pair, the later one. */
export function headAt(data: NumbersData, at: number): HeadRow | null {
  if (data.plot !== "alike") return data.rows[at] ?? null;
  return at < data.below.length ? headOfNumber(pairAt(at).row, data.heads) : null;
}

function headOfNumber(number: number, heads: number): HeadRow {
  return { layer: Math.floor(number / heads), head: number % heads };
}

/** The sentence under the picture: of what is chosen, else of the whole. */
export function readingOf(data: NumbersData, sentences: number, at: number | null): string {
  const chosen = at === null ? null : readingAt(data, at);
  return chosen ?? overall(data, sentences);
}

function readingAt(data: NumbersData, at: number): string | null {
  switch (data.plot) {
    case "spread": {
      const row = data.rows[at];
      return (
        (row &&
          `${headName(row)}: entropy ${numberText(row.entropy)} nats, ${numberText(row.distance)} tokens away on average.`) ??
        null
      );
    }
    case "special": {
      const row = data.rows[at];
      return row ? `${headName(row)} puts ${shareText(row.weight)} of its weight on special tokens.` : null;
    }
    case "alike":
      return alikeReading(data, at);
    case "map": {
      const row = data.rows[at];
      return row ? `${headName(row)}. ${nearestText(data.rows, at)}` : null;
    }
    case "alignment": {
      const row = data.rows[at];
      return row
        ? `${headName(row)}: ${shareText(row.share)} of the words point at a right one, ${against(row.share, data.diagonal, "the same place in the sentence")}.`
        : null;
    }
    case "relations": {
      const row = data.rows[at];
      return row
        ? `${row.relation}: ${headName(row).toLowerCase()} is right on ${shareText(row.share)} of ${row.words} words, ${against(row.share, row.offset, `always looking ${offsetText(row.by)}`)}.`
        : null;
    }
  }
}

function alikeReading({ below, heads }: Extract<NumbersData, { plot: "alike" }>, at: number): string | null {
  const distance = below[at];
  if (distance === undefined) return null;
  const { row, column } = pairAt(at);
  const [one, other] = [headOfNumber(row, heads), headOfNumber(column, heads)];
  return `${headName(one)} and ${headName(other).toLowerCase()}: distance ${distance.toFixed(2)}; 0 is the same attention, ${MOST.toFixed(2)} none in common.`;
}

/** The largest Jensen–Shannon distance, in nats. */
const MOST = Math.sqrt(Math.log(2));

function nearestText(rows: readonly (HeadRow & { readonly x: number; readonly y: number })[], at: number): string {
  const here = rows[at];
  if (!here) return "";
  const [next] = rows
    .filter((_, other) => other !== at)
    .sort((a, b) => Math.hypot(a.x - here.x, a.y - here.y) - Math.hypot(b.x - here.x, b.y - here.y));
  return next ? `Nearest on this map: ${headName(next).toLowerCase()}.` : "";
}

function overall(data: NumbersData, sentences: number): string {
  const over = `over ${sentences} sentences`;
  switch (data.plot) {
    case "spread": {
      const [low, high] = ends(data.rows, ({ entropy }) => entropy[0]);
      const [near, far] = ends(data.rows, ({ distance }) => distance[0]);
      return `${data.rows.length} heads ${over}. Lowest entropy: ${lower(low.row)}, ${low.value.toFixed(2)} nats; highest: ${lower(high.row)}, ${high.value.toFixed(2)}. Nearest: ${lower(near.row)}, ${near.value.toFixed(1)} tokens; furthest: ${lower(far.row)}, ${far.value.toFixed(1)}.`;
    }
    case "special": {
      const [, high] = ends(data.rows, ({ weight }) => weight[0]);
      const above = data.rows.filter(({ weight }) => weight[0] > 0.5).length;
      return `${data.rows.length} heads ${over}. ${above} of them put more than half of their weight on special tokens; most of all ${lower(high.row)}, ${percentText(high.value)}.`;
    }
    case "alike": {
      const at = data.below.indexOf(Math.min(...data.below));
      const closest = alikeReading(data, at) ?? "";
      return `${data.below.length} pairs of heads ${over}. Most alike: ${closest.charAt(0).toLowerCase()}${closest.slice(1)}`;
    }
    case "map":
      return `${data.rows.length} heads ${over}. Two axes hold ${percentText(data.kept)} of what tells the heads apart: near on the map may still differ.`;
    case "alignment": {
      const better = data.rows.filter(({ share }) => share[1] > data.diagonal).length;
      return `${better} of ${data.rows.length} heads point at a right word more often than the same place in the sentence does (${percentText(data.diagonal)}), ${over}.`;
    }
    case "relations": {
      const better = data.rows.filter(({ share, offset }) => share[1] > offset).length;
      return `For ${better} of ${data.rows.length} relations the best head is right more often than the best fixed offset, by more than its interval, ${over}.`;
    }
  }
}

interface End<Row> {
  readonly row: Row;
  readonly value: number;
}

function ends<Row extends HeadRow>(rows: readonly Row[], of: (row: Row) => number): [End<Row>, End<Row>] {
  const sorted = rows.map((row) => ({ row, value: of(row) })).sort((a, b) => a.value - b.value);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!low || !high) throw new RangeError("a plot of no heads");
  return [low, high];
}

function lower(row: HeadRow): string {
  return headName(row).toLowerCase();
}

/** "1.23 (1.20 to 1.26)". */
function numberText([mean, low, high]: Estimate): string {
  return `${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** "43 % (40 % to 46 %)". */
function shareText([mean, low, high]: Estimate): string {
  return low === high ? percentText(mean) : `${percentText(mean)} (${percentText(low)} to ${percentText(high)})`;
}

function against([mean, low, high]: Estimate, baseline: number, what: string): string {
  const other = `${what} on ${percentText(baseline)}`;
  if (low > baseline) return `${other}: the head is better`;
  if (high < baseline) return `${other}: the head is worse`;
  return `${other}: ${mean >= baseline ? "no sure lead" : "no sure difference"}`;
}

/** "one word ahead", "2 words back". */
export function offsetText(by: number): string {
  const far = Math.abs(by) === 1 ? "one word" : `${Math.abs(by)} words`;
  return `${far} ${by > 0 ? "ahead" : "back"}`;
}

/** The numbers behind a plot. */
export function tableOf(data: NumbersData, title: string): FigureTable {
  const { columns, row, rows } = tableParts(data);
  return { caption: title, columns, rows, row };
}

type Cells = readonly (string | number)[];

function tableParts(data: NumbersData): { columns: readonly string[]; rows: number; row: (at: number) => Cells } {
  if (data.plot === "alike") return pairTable(data);
  const { columns, cells } = headTable(data);
  return {
    columns: ["layer", "head", ...columns],
    rows: data.rows.length,
    row: (at) => {
      const row = data.rows[at];
      return row ? [row.layer + 1, row.head + 1, ...cells(at)] : [];
    },
  };
}

function pairTable({ below, heads }: Extract<NumbersData, { plot: "alike" }>) {
  return {
    columns: ["layer", "head", "other layer", "other head", "distance"],
    rows: below.length,
    row: (at: number): Cells => {
      const { row, column } = pairAt(at);
      const [one, other] = [headOfNumber(row, heads), headOfNumber(column, heads)];
      return [one.layer + 1, one.head + 1, other.layer + 1, other.head + 1, below[at] ?? 0];
    },
  };
}

function headTable(data: Exclude<NumbersData, { plot: "alike" }>): { columns: string[]; cells: (at: number) => Cells } {
  const none: Cells = [];
  switch (data.plot) {
    case "spread":
      return {
        columns: [...interval("entropy"), ...interval("distance")],
        cells: (at) => [...(data.rows[at]?.entropy ?? none), ...(data.rows[at]?.distance ?? none)],
      };
    case "special":
      return { columns: interval("weight"), cells: (at) => data.rows[at]?.weight ?? none };
    case "map":
      return { columns: ["across", "up"], cells: (at) => [data.rows[at]?.x ?? 0, data.rows[at]?.y ?? 0] };
    case "alignment":
      return {
        columns: [...interval("share"), "same place"],
        cells: (at) => [...(data.rows[at]?.share ?? none), data.diagonal],
      };
    case "relations":
      return {
        columns: ["relation", ...interval("share"), "best offset", "offset’s share", "words"],
        cells: (at) => {
          const row = data.rows[at];
          return row ? [row.relation, ...row.share, row.by, row.offset, row.words] : none;
        },
      };
  }
}

function interval(name: string): string[] {
  return [name, `${name}, low`, `${name}, high`];
}
