/** All heads by how well their attention goes with the effect of removal, as shapes. */

import { type Axis, axisOver } from "../../../lib/axis.ts";
import type { Shape } from "../../../lib/scene.ts";
import type { Comparison, Removal } from "../../../stored/removal.ts";

/** One head, or the mean of all (null), over the texts of the study. */
export interface Rank {
  readonly head: number | null;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The place of a row of the picture. */
export interface Band {
  readonly head: number | null;
  readonly y: number;
  readonly height: number;
}

export interface RanksOptions {
  readonly removal: Removal;
  readonly by: Comparison;
  readonly head: number | null;
  /** The shown text's own values: `[head + 1]`, last of the mean of all. */
  readonly own: readonly number[];
  /** Whose text it is: "your sentence". */
  readonly ownName: string;
}

export const RANKS_WIDTH = 400;
const LEFT = 118;
const RIGHT = 388;
const TOP = 52;
const SIZE = 12;
/** Rows that have room for a name of their own. */
const NAMED = 20;

/** The mean of all heads first, then every head, best first. */
export function ranksOf({ rho, hit }: Pick<Removal, "rho" | "hit">, by: Comparison): Rank[] {
  const { mean, low, high } = by === "rho" ? rho : hit;
  const all = mean.map((value, at) => ({
    head: at < mean.length - 1 ? at : null,
    mean: value,
    low: low[at] ?? value,
    high: high[at] ?? value,
  }));
  const heads = all.slice(0, -1).sort((a, b) => b.mean - a.mean);
  return [...all.slice(-1), ...heads];
}

/** "layer 2, head 1". */
export function headName(head: number | null, shape: readonly number[]): string {
  if (head === null) return "mean of all heads";
  const [, heads = 1] = shape;
  return `layer ${Math.floor(head / heads) + 1}, head ${(head % heads) + 1}`;
}

/** The picture and the places of its rows. */
export function rankPicture(options: RanksOptions): { shapes: Shape[]; bands: Band[]; height: number } {
  const { removal, by, own } = options;
  const ranks = ranksOf(removal, by);
  const bands = bandsOf(ranks);
  const last = bands.at(-1);
  const bottom = (last?.y ?? TOP) + (last?.height ?? 0);
  const ends = ranks.flatMap(({ low, high }) => [low, high]);
  const across = axisOver(by === "rho" ? [...ends, ...own, 0, 1] : [0, 1], LEFT, RIGHT);
  const shapes: Shape[] = [
    ...grid(across, bottom),
    ...(by === "hit" ? baseline(across, removal.chance, bottom) : []),
    ...ofAll(across, options, bottom),
    ...ranks.flatMap((rank, row) => rankShapes(rank, bands[row], across, options)),
    ...ranks.flatMap((rank, row) => ownMark(rank, bands[row], across, own)),
    ...caption(by, bottom),
  ];
  return { shapes, bands, height: bottom + 46 };
}

/** Rows from above; those of many heads are lines without a name. The first, of all heads, stands apart. */
function bandsOf(ranks: readonly Rank[]): Band[] {
  const height = ranks.length - 1 > NAMED ? Math.max(1.5, 330 / ranks.length) : 20;
  return ranks.map(({ head }, row) =>
    row === 0 ? { head, y: TOP, height: 22 } : { head, y: TOP + 28 + (row - 1) * height, height },
  );
}

function grid(across: Axis, bottom: number): Shape[] {
  return across.ticks.flatMap((value): Shape[] => [
    {
      kind: "path",
      d: `M${across.at(value)} ${TOP}V${bottom + 4}`,
      stroke: value === 0 ? "var(--uh-ink-soft)" : "var(--uh-rule)",
      width: 1,
    },
    soft(across.at(value), bottom + 20, String(value).replace("-", "−"), "middle"),
  ]);
}

type Text = Extract<Shape, { kind: "text" }>;

function soft(x: number, y: number, text: string, anchor: NonNullable<Text["anchor"]>): Text {
  return { kind: "text", x, y, text, fill: "var(--uh-ink-soft)", size: SIZE, font: "sans", anchor };
}

function baseline(across: Axis, chance: number, bottom: number): Shape[] {
  return [
    { kind: "path", d: `M${across.at(chance)} ${TOP}V${bottom + 4}`, stroke: "var(--uh-ink-faint)", width: 2 },
    soft(across.at(chance), TOP - 4, "by lot", "middle"),
  ];
}

/** The mean of all heads over the texts as a line through the rows, and that of the shown text beside it. */
function ofAll(across: Axis, { removal, by, own, ownName }: RanksOptions, bottom: number): Shape[] {
  const all = ranksOf(removal, by)[0]?.mean ?? 0;
  const mine = own.at(-1) ?? 0;
  return [
    { kind: "path", d: `M${across.at(all)} ${TOP + 4}V${bottom + 4}`, stroke: "var(--uh-attention)", width: 1.5 },
    { kind: "path", d: dashes(across.at(mine), 38, bottom + 4), stroke: "var(--uh-key)", width: 1.5 },
    {
      ...soft(hold(across.at(mine), 90, RIGHT - 70), 32, `◇ ${ownName}: ${valueText(mine, by)}`, "middle"),
      fill: "var(--uh-key)",
      weight: 600,
    },
  ];
}

function hold(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** A dashed line, as a path that needs no attribute of its own. */
function dashes(x: number, from: number, to: number): string {
  const parts = Math.ceil((to - from) / 7);
  return Array.from({ length: parts }, (_, part) => `M${x} ${from + 7 * part}v4`).join("");
}

/** "ρ = 0.43", or a share. */
export function valueText(value: number, by: Comparison): string {
  return by === "rho" ? `ρ = ${value.toFixed(2).replace("-", "−")}` : `${Math.round(100 * value)} %`;
}

function rankShapes(rank: Rank, band: Band | undefined, across: Axis, options: RanksOptions): Shape[] {
  if (!band) return [];
  const middle = band.y + band.height / 2;
  const chosen = rank.head === options.head;
  const named = band.height >= 12;
  const colour = chosen ? "var(--uh-attention)" : "var(--uh-ink-soft)";
  const thick = named ? 3.5 : 1;
  const back: Shape = {
    kind: "rect",
    x: 0,
    y: band.y,
    width: RANKS_WIDTH,
    height: band.height,
    radius: 3,
    fill: "var(--uh-attention)",
    opacity: named ? 0.14 : 0.5,
  };
  const name: Text = {
    ...soft(LEFT - 10, middle + 4, headName(rank.head, options.removal.shape), "end"),
    ...(chosen && { fill: "var(--uh-ink)", weight: 600 }),
  };
  return [
    ...(chosen ? [back] : []),
    ...(named ? [name] : []),
    {
      kind: "path",
      d: `M${across.at(rank.low)} ${middle}H${across.at(rank.high)}`,
      stroke: colour,
      width: thick,
      opacity: 0.55,
    },
    ring(across.at(rank.mean), middle, named ? 3.5 : 1.2, colour),
  ];
}

function ring(x: number, y: number, radius: number, fill: string): Shape {
  const d = `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  return { kind: "path", d, fill };
}

/** The shown text's value in a row, where rows are high enough to carry it. */
function ownMark({ head }: Rank, band: Band | undefined, across: Axis, own: readonly number[]): Shape[] {
  const value = own[head ?? own.length - 1];
  if (!band || band.height < 12 || value === undefined) return [];
  const x = across.at(value);
  const y = band.y + band.height / 2;
  return [
    { kind: "path", d: `M${x - 5} ${y}l5 -5l5 5l-5 5Z`, stroke: "var(--uh-key)", fill: "var(--uh-paper)", width: 1.5 },
  ];
}

function caption(by: Comparison, bottom: number): Shape[] {
  const text =
    by === "rho"
      ? "Spearman’s ρ, mean over texts, 95 % interval →"
      : "outputs whose most-attended token costs most, share →";
  return [soft(RIGHT, bottom + 40, text, "end")];
}
