/** One head's matrix as a picture that stands alone, and as a part of one. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { wrapped } from "../../../lib/wrapped.ts";
import { visiblePiece } from "../tokens/face.ts";
import { banOf } from "./mask.ts";
import type { HeadMatrix } from "./matrix.ts";
import type { Picture } from "./picture.ts";
import { STEPS, thumbnailPaths } from "./thumbnail.ts";
import { labelRuns } from "./ticks.ts";

const MARGIN = 28;
const TOP = 96;
const LABEL = 7.4;
const LINE = 17;

/** Letters in a line of the sentence under the picture. */
const LONGEST = 76;

/** One head with its mask: what is forbidden is hatched. */
export function matrixScene(
  title: string,
  reading: string,
  name: string,
  picture: Picture,
  layer: number,
  head: number,
): Scene {
  const { shapes, box } = largeMatrix(picture, layer, head, MARGIN, TOP);
  const text = { kind: "text", x: MARGIN, font: "sans" } as const;
  const lines = wrapped(reading, LONGEST);
  const height = box.y + box.height + 38 + LINE * lines.length;
  const all: Shape[] = [
    { ...text, y: 30, text: title, fill: "var(--uh-ink)", size: 16, weight: 600 },
    { ...text, y: 52, text: name, fill: "var(--uh-ink-soft)", size: 13 },
    ...shapes,
    ...hatchShapes(picture, box),
    ...lines.map((line, at): Shape => {
      const y = box.y + box.height + 34 + LINE * at;
      return { ...text, y, text: line, fill: "var(--uh-ink-soft)", size: 12 };
    }),
  ];
  const width = Math.max(box.x + box.width + MARGIN, MARGIN * 2 + LONGEST * 6.2);
  return { title, reading, width, height, shapes: all };
}

/** Where the cells of a matrix stand. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function hatchShapes(picture: Picture, box: Box): Shape[] {
  const across = box.width / Math.max(1, picture.columns.length);
  const down = box.height / Math.max(1, picture.rows.length);
  return picture.rows.flatMap((_, row) =>
    picture.columns.flatMap((__, column): Shape[] => {
      if (banOf(picture, row, column) === null) return [];
      const at = { x: box.x + column * across, y: box.y + row * down };
      return [
        { kind: "rect", ...at, width: across, height: down, fill: "var(--uh-rule)", opacity: 0.5 },
        { kind: "path", d: hatchedCell(at.x, at.y, across, down), stroke: "var(--uh-ink-faint)", width: 1 },
      ];
    }),
  );
}

function hatchedCell(x: number, y: number, width: number, height: number): string {
  const half = [x + width / 2, y + height / 2] as const;
  const ends = [x + width, y + height] as const;
  const line = (...points: readonly number[]) => `M${points.slice(0, 2).join(" ")}L${points.slice(2).join(" ")}`;
  return line(x, half[1], half[0], y) + line(x, ends[1], ends[0], y) + line(half[0], ends[1], ends[0], half[1]);
}

/** A matrix that fills a box. */
export function matrixShapes(
  matrix: HeadMatrix,
  head: number,
  x: number,
  y: number,
  width: number,
  height: number,
): Shape[] {
  const at = { x, y, scale: width / Math.max(1, matrix.columns), scaleDown: height / Math.max(1, matrix.rows) };
  const fill = `var(--uh-head-${head % 12})`;
  return [
    { kind: "rect", x, y, width, height, fill: "none", stroke: "var(--uh-rule)" },
    ...thumbnailPaths(matrix).map(({ step, d }): Shape => ({ kind: "path", d, fill, opacity: step / STEPS, at })),
  ];
}

/** One head large, its tokens around it, and the box that its cells fill. */
export function largeMatrix(
  picture: Picture,
  layer: number,
  head: number,
  from: number,
  top: number,
): { shapes: Shape[]; box: Box } {
  const matrix = picture.matrix(layer, head);
  const longest = (items: Picture["rows"]) =>
    items.reduce((most, item) => Math.max(most, Math.min(24, visiblePiece(item.piece).length)), 3) * LABEL + 10;
  const x = from + longest(picture.rows);
  const y = top + longest(picture.columns) - 24;
  const width = Math.max(360, Math.min(720, 24 * matrix.columns));
  const across = width / Math.max(1, matrix.columns);
  const height = Math.max(width * 0.35, Math.min(across * matrix.rows, width * 1.3));
  const down = height / Math.max(1, matrix.rows);
  const label = { kind: "text", size: 12, font: "mono", fill: "var(--uh-ink)" } as const;
  const shapes: Shape[] = [
    ...matrixShapes(matrix, head, x, y, width, height),
    ...labelRuns(picture.rows.length).map(({ at }): Shape => {
      const text = visiblePiece(picture.rows[at]?.piece ?? "");
      return { ...label, x: x - 6, y: y + (at + 0.5) * down + 4, text, anchor: "end" };
    }),
    ...labelRuns(picture.columns.length).map(({ at }): Shape => {
      const text = visiblePiece(picture.columns[at]?.piece ?? "");
      return { ...label, x: x + (at + 0.5) * across + 4, y: y - 6, text, turn: -90 };
    }),
  ];
  return { shapes, box: { x, y, width, height } };
}
