/** The model view as a picture that stands alone: every layer and head, and the chosen one large. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { visiblePiece } from "../tokens/face.ts";
import type { HeadMatrix } from "./matrix.ts";
import type { Picture } from "./picture.ts";
import { STEPS, thumbnailPaths } from "./thumbnail.ts";
import { labelRuns } from "./ticks.ts";

const THUMB = 84;
const GAP = 10;
const MARGIN = 28;
const TOP = 80;
const LABEL = 7.4;

/** Lays out thumbnails at the left and the chosen head's matrix with its tokens at the right. */
export function modelScene(title: string, reading: string, picture: Picture, layer: number, head: number): Scene {
  const gridWidth = picture.heads * (THUMB + GAP);
  const gridHeight = picture.layers * (THUMB + GAP);
  const large = largeMatrix(picture, layer, head, MARGIN + 24 + gridWidth + 32);
  const name = `Layer ${layer + 1}, head ${head + 1}`;
  const width = Math.max(large.right + MARGIN, MARGIN * 2 + reading.length * 6.2);
  const height = Math.max(TOP + gridHeight, large.bottom) + 56;
  const shapes: Shape[] = [
    { kind: "text", x: MARGIN, y: 30, text: title, fill: "var(--uh-ink)", size: 16, font: "sans", weight: 600 },
    ...gridShapes(picture),
    ...large.shapes,
    {
      kind: "text",
      x: large.left,
      y: TOP - 26,
      text: name,
      fill: "var(--uh-ink)",
      size: 13,
      font: "sans",
      weight: 600,
    },
    { kind: "text", x: MARGIN, y: height - 20, text: reading, fill: "var(--uh-ink-soft)", size: 12, font: "sans" },
  ];
  return { title, reading, width, height, shapes };
}

function gridShapes(picture: Picture): Shape[] {
  const numbers = { kind: "text", fill: "var(--uh-ink-soft)", size: 12, font: "sans", anchor: "middle" } as const;
  const shapes: Shape[] = [];
  const left = MARGIN + 24;
  for (let head = 0; head < picture.heads; head++) {
    shapes.push({ ...numbers, x: left + head * (THUMB + GAP) + THUMB / 2, y: TOP - 8, text: String(head + 1) });
  }
  for (let layer = 0; layer < picture.layers; layer++) {
    const y = TOP + layer * (THUMB + GAP);
    shapes.push({ ...numbers, x: MARGIN + 8, y: y + THUMB / 2 + 4, text: String(layer + 1) });
    for (let head = 0; head < picture.heads; head++) {
      const x = left + head * (THUMB + GAP);
      shapes.push(...matrixShapes(picture.matrix(layer, head), head, x, y, THUMB, THUMB));
    }
  }
  return shapes;
}

/** A matrix that fills a box. */
function matrixShapes(matrix: HeadMatrix, head: number, x: number, y: number, width: number, height: number): Shape[] {
  const at = { x, y, scale: width / Math.max(1, matrix.columns), scaleDown: height / Math.max(1, matrix.rows) };
  const fill = `var(--uh-head-${head % 12})`;
  return [
    { kind: "rect", x, y, width, height, fill: "none", stroke: "var(--uh-rule)" },
    ...thumbnailPaths(matrix).map(({ step, d }): Shape => ({ kind: "path", d, fill, opacity: step / STEPS, at })),
  ];
}

function largeMatrix(picture: Picture, layer: number, head: number, from: number) {
  const matrix = picture.matrix(layer, head);
  const longest = (items: Picture["rows"]) =>
    items.reduce((most, item) => Math.max(most, Math.min(24, visiblePiece(item.piece).length)), 3) * LABEL + 10;
  const x = from + longest(picture.rows);
  const y = TOP + longest(picture.columns) - 24;
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
  return { shapes, left: x, right: x + width, bottom: y + height };
}
