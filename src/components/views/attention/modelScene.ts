/** The model view as a picture that stands alone: every layer and head, and the chosen one large. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { largeMatrix, matrixShapes } from "./matrixScene.ts";
import type { Picture } from "./picture.ts";

const THUMB = 84;
const GAP = 10;
const MARGIN = 28;
const TOP = 80;

/** Lays out thumbnails at the left and the chosen head's matrix with its tokens at the right. */
export function modelScene(title: string, reading: string, picture: Picture, layer: number, head: number): Scene {
  const gridWidth = picture.heads * (THUMB + GAP);
  const gridHeight = picture.layers * (THUMB + GAP);
  const large = largeMatrix(picture, layer, head, MARGIN + 24 + gridWidth + 32, TOP);
  const name = `Layer ${layer + 1}, head ${head + 1}`;
  const width = Math.max(large.box.x + large.box.width + MARGIN, MARGIN * 2 + reading.length * 6.2);
  const height = Math.max(TOP + gridHeight, large.box.y + large.box.height) + 56;
  const shapes: Shape[] = [
    { kind: "text", x: MARGIN, y: 30, text: title, fill: "var(--uh-ink)", size: 16, font: "sans", weight: 600 },
    ...gridShapes(picture),
    ...large.shapes,
    {
      kind: "text",
      x: large.box.x,
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
