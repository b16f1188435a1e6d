/** What the figure gives away: its pictures under each other, every step as a row, and the same as data. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { type Block, scoreScene, textBlock } from "../../views/attribution/scoreScene.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { GAP_PLOT, type GapPlotOptions, gapPlot } from "./gapPlot.ts";
import { PATH_PLOT, type PathPlotOptions, pathPlot } from "./pathPlot.ts";
import { linesScale, scoreLines, slopeLines, type TextOptions } from "./texts.ts";
import type { Walk } from "./walk.ts";

const BETWEEN = 32;

/** Both plots beside each other, then the coloured texts. */
export function igScene(
  title: string,
  reading: string,
  path: PathPlotOptions,
  gaps: GapPlotOptions,
  options: TextOptions,
): Scene {
  const { walk, step } = path;
  const [slopes, scores] = [slopeLines(walk, step, options), scoreLines(walk, options)];
  return scoreScene(title, reading, [
    beside(pathPlot(path).shapes, gapPlot(gaps)),
    textBlock(slopes, linesScale(slopes)),
    textBlock(scores, linesScale(scores)),
  ]);
}

function beside(left: readonly Shape[], right: readonly Shape[]): Block {
  const by = PATH_PLOT.width + BETWEEN;
  return {
    width: by + GAP_PLOT.width,
    height: Math.max(PATH_PLOT.height, GAP_PLOT.height),
    shapes: [...left, ...right.map((shape) => aside(shape, by))],
  };
}

function aside(shape: Shape, by: number): Shape {
  return shape.kind === "path" ? { ...shape, at: { x: by, y: 0, scale: 1 } } : { ...shape, x: shape.x + by };
}

/** A row a step with the slope of every token; the last row holds the sums. */
export function igTable(walk: Walk, followed: string): FigureTable {
  const names = [...walk.source, ...walk.target].map(({ piece }) => visiblePiece(piece));
  const sum = walk.to - walk.from + walk.gap;
  const rows = [
    ...walk.steps.map(({ place, weight, value, slope, tokens }) =>
      [place, weight, value, slope, ...tokens].map(rounded),
    ),
    ["attribution", "", "", rounded(sum), ...walk.scores.map(rounded)],
  ];
  return {
    caption: `The ${followed} on the way: ${walk.steps.length} steps, and the slope by token`,
    columns: ["α", "weight", followed, "slope", ...names.map((name, at) => `slope: ${name} (${at + 1})`)],
    rows: rows.length,
    row: (index) => rows[index] ?? [],
  };
}

/** The walk, and the gaps beside it. */
export function igJson(walk: Walk, { lines, own }: GapPlotOptions, question: unknown): unknown {
  return { question, walk, gaps: lines, own };
}

/** Float32 carries no more figures than these. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
