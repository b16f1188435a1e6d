/** The head view as a picture that stands alone. */

import { weightText } from "../../../lib/format.ts";
import type { Scene, Shape } from "../../../lib/scene.ts";
import type { AxisItem } from "../tokens/axis.ts";
import { visiblePiece } from "../tokens/face.ts";
import { headLines, headOffset, LINE_STEPS, lineLook } from "./lines.ts";
import { weightAt } from "./matrix.ts";
import { columnCaption, type Picture, rowCaption } from "./picture.ts";
import type { Spotlight } from "./reading.ts";

interface HeadSceneState {
  readonly picture: Picture;
  readonly layer: number;
  readonly heads: readonly number[];
  readonly floor: number;
  readonly spotlight: Spotlight | null;
}

const ROW = 24;
const TOP = 72;
const LETTER = 7.9;
const LINES = 320;
const MARGIN = 24;
const NUMBERS = 48;

/** Lays out the tokens, the lines of the shown heads, and numbers where a token is in the spotlight. */
export function headScene(title: string, reading: string, state: HeadSceneState): Scene {
  const { picture } = state;
  const left = MARGIN + NUMBERS + textWidth(picture.rows);
  const right = left + LINES;
  const width = right + textWidth(picture.columns) + NUMBERS + MARGIN;
  const height = TOP + ROW * Math.max(picture.rows.length, picture.columns.length) + 48;
  const caption = { kind: "text", size: 12, font: "sans", fill: "var(--uh-ink-soft)" } as const;
  const shapes: Shape[] = [
    { kind: "text", x: MARGIN, y: 28, text: title, fill: "var(--uh-ink)", size: 16, font: "sans", weight: 600 },
    { ...caption, x: left, y: TOP - 14, text: rowCaption(picture), anchor: "end" },
    { ...caption, x: right, y: TOP - 14, text: columnCaption(picture) },
    ...lineShapes(state, left),
    ...tokenShapes(picture.rows, left - 8, "end"),
    ...tokenShapes(picture.columns, right + 8, "start"),
    ...numberShapes(state, left, right),
    { ...caption, x: MARGIN, y: height - 18, text: reading },
  ];
  return { title, reading, width: Math.max(width, MARGIN * 2 + reading.length * 6.2), height, shapes };
}

function textWidth(items: readonly AxisItem[]): number {
  const longest = items.reduce((most, item) => Math.max(most, visiblePiece(item.piece).length), 4);
  return Math.min(40, longest) * LETTER + 16;
}

/** Lines are written across 0 to 100 and down in rows; here they take their size on paper. */
function lineShapes(state: HeadSceneState, left: number): Shape[] {
  const { picture, layer, heads, floor, spotlight } = state;
  return heads.flatMap((head, place) => {
    const offset = headOffset(place, heads.length);
    const paths = headLines(picture.matrix(layer, head), head, offset, floor, spotlight);
    return paths.map(({ step, d }): Shape => {
      const { width, opacity } = lineLook(Math.min(step, LINE_STEPS));
      return { kind: "path", d: onPaper(d, left), stroke: `var(--uh-head-${head % 12})`, width, opacity };
    });
  });
}

/** Rewrites a path's numbers, pair by pair, from the unit grid to the page. */
function onPaper(d: string, left: number): string {
  let across = false;
  return d.replace(/-?[\d.]+/g, (number) => {
    across = !across;
    const value = across ? left + (Number(number) * LINES) / 100 : TOP + Number(number) * ROW;
    return String(Math.round(value * 10) / 10);
  });
}

function tokenShapes(items: readonly AxisItem[], x: number, anchor: "start" | "end"): Shape[] {
  return items.map((item, index) => ({
    kind: "text",
    x,
    y: TOP + (index + 0.5) * ROW + 4.5,
    text: visiblePiece(item.piece),
    fill: item.special || item.instruction ? "var(--uh-ink-soft)" : "var(--uh-ink)",
    size: 13,
    font: "mono",
    anchor,
  }));
}

function numberShapes(state: HeadSceneState, left: number, right: number): Shape[] {
  const { picture, layer, heads, spotlight } = state;
  if (spotlight === null) return [];
  const toColumns = spotlight.side === "row";
  const items = toColumns ? picture.columns : picture.rows;
  const x = toColumns ? right + textWidth(items) : left - textWidth(items);
  return items.flatMap((_, index) => {
    const weights = heads.map((head) => {
      const matrix = picture.matrix(layer, head);
      return toColumns ? weightAt(matrix, spotlight.index, index) : weightAt(matrix, index, spotlight.index);
    });
    const most = Math.max(0, ...weights);
    if (most < 0.005) return [];
    const y = TOP + (index + 0.5) * ROW + 4;
    const fill = `var(--uh-head-${(heads[weights.indexOf(most)] ?? 0) % 12})`;
    const anchor = toColumns ? "start" : "end";
    return [{ kind: "text", x, y, text: weightText(most), fill, size: 12, font: "sans", anchor } as const];
  });
}
