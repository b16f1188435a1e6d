/** Coloured text and tables of scores as pictures that stand alone. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { wrapped } from "../../../lib/wrapped.ts";
import { visiblePiece } from "../tokens/face.ts";
import type { ScoreGrid } from "./grid.ts";
import { fillOf, type ScoreScale, scoreText, shortScore } from "./scale.ts";
import type { ScoredItem, ScoredLine } from "./scored.ts";

/** A part of a picture, and how large it is. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const MARGIN = 28;
const LETTER = 8;
const SMALL = 6.4;
const WIDEST = 860;
const LABEL = { kind: "text", font: "sans", size: 12, fill: "var(--uh-ink-soft)" } as const;
const MONO = { kind: "text", font: "mono", fill: "var(--uh-ink)" } as const;

/** Puts blocks under each other, with the title above and the reading below. */
export function scoreScene(title: string, reading: string, blocks: readonly Block[]): Scene {
  const shapes: Shape[] = [];
  let y = 64;
  for (const block of blocks) {
    shapes.push(...block.shapes.map((shape) => moved(shape, MARGIN, y)));
    y += block.height + 24;
  }
  const width = Math.max(560, ...blocks.map((block) => block.width + 2 * MARGIN));
  const lines = wrapped(reading, Math.floor((width - 2 * MARGIN) / SMALL));
  const text = { kind: "text", x: MARGIN, font: "sans" } as const;
  return {
    title,
    reading,
    width,
    height: y + 17 * lines.length + 16,
    shapes: [
      { ...text, y: 34, text: title, fill: "var(--uh-ink)", size: 16, weight: 600 },
      ...shapes,
      ...lines.map(
        (line, at): Shape => ({ ...text, y: y + 8 + 17 * at, text: line, fill: "var(--uh-ink-soft)", size: 12 }),
      ),
    ],
  };
}

/** Tokens on their colours with their scores under them. */
export function textBlock(lines: readonly ScoredLine[], scale: ScoreScale): Block {
  const shapes: Shape[] = [];
  let [y, width] = [0, 0];
  for (const line of lines) {
    shapes.push({ ...LABEL, x: 0, y: y + 10, text: line.label });
    y += 18;
    let x = 0;
    for (const item of line.items) {
      const wide = Math.max(visiblePiece(item.piece).length * LETTER, scoreText(item.score, scale).length * SMALL) + 14;
      if (x > 0 && x + wide > WIDEST) [x, y] = [0, y + 46];
      shapes.push(...tokenShapes(item, scale, x, y, wide));
      x += wide + 4;
      width = Math.max(width, x);
    }
    y += 54;
  }
  return { width, height: Math.max(0, y - 12), shapes };
}

function tokenShapes(item: ScoredItem, scale: ScoreScale, x: number, y: number, width: number): Shape[] {
  const middle = { x: x + width / 2, anchor: "middle" } as const;
  const box = { kind: "rect", x, y, width, height: 24, radius: 4 } as const;
  return [
    { ...box, ...fillOf(item.score, scale) },
    { ...box, fill: "none", stroke: "var(--uh-rule)" },
    { ...MONO, ...middle, y: y + 16, size: 13, text: visiblePiece(item.piece) },
    { ...LABEL, ...middle, y: y + 38, size: 11, text: scoreText(item.score, scale) },
  ];
}

/** A table of scores, its tokens around it. */
export function gridBlock(grid: ScoreGrid, scales: readonly ScoreScale[], dense = false): Block {
  const { rows, columns, scores } = grid;
  const cell = { width: dense ? 16 : 40, height: dense ? 16 : 26 };
  const longest = (labels: ScoreGrid["rows"]) =>
    labels.reduce((most, { name }) => Math.max(most, Math.min(24, visiblePiece(name).length)), 4) * 7.4;
  const left = longest(rows) + 10;
  const top = longest(columns) + 10;
  const shapes: Shape[] = columns.map((label, column) => {
    const x = left + (column + 0.5) * cell.width + 4;
    return { ...MONO, x, y: top - 6, size: 12, text: visiblePiece(label.name), turn: -90 };
  });
  for (const [row, label] of rows.entries()) {
    const y = top + row * cell.height;
    shapes.push({
      ...MONO,
      x: left - 6,
      y: y + cell.height / 2 + 4,
      size: 12,
      anchor: "end",
      text: visiblePiece(label.name),
    });
    const scale = scales[row] ?? { signed: true, extreme: 0 };
    for (let column = 0; column < columns.length; column++) {
      const score = scores[row * columns.length + column] ?? Number.NaN;
      shapes.push(...cellShapes(score, scale, { x: left + column * cell.width, y, ...cell }, dense));
    }
  }
  return { width: left + columns.length * cell.width, height: top + rows.length * cell.height, shapes };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function cellShapes(score: number, scale: ScoreScale, box: Box, dense: boolean): Shape[] {
  if (!Number.isFinite(score)) return [];
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 + 4, anchor: "middle" } as const;
  const text = dense ? (scale.signed && score < 0 ? "−" : "") : shortScore(score, scale);
  return [
    { kind: "rect", ...box, ...fillOf(score, scale) },
    { kind: "rect", ...box, fill: "none", stroke: "var(--uh-rule)" },
    { ...MONO, ...middle, size: 10.5, text },
  ];
}

/** A shape further right and down. */
function moved(shape: Shape, x: number, y: number): Shape {
  if (shape.kind === "path") {
    const at = shape.at ?? { x: 0, y: 0, scale: 1 };
    return { ...shape, at: { ...at, x: at.x + x, y: at.y + y } };
  }
  return { ...shape, x: shape.x + x, y: shape.y + y };
}
