/** Lines of a head view on a canvas, for pictures with too many lines for SVG. */
import { headOffset, isDrawn, isLit, LINE_STEPS, lineLook, lineStep } from "./lines.ts";
import type { HeadMatrix } from "./matrix.ts";
import type { Spotlight } from "./reading.ts";

export interface CanvasLines {
  readonly matrices: readonly HeadMatrix[];
  readonly heads: readonly number[];
  readonly floor: number;
  readonly spotlight: Spotlight | null;
  /** CSS pixels: height of a row, and the part of the columns that the canvas covers. */
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
}

/** Lines between two yields: a millisecond or two of drawing. */
const BATCH = 250;

/** Draws on a second canvas, slice by slice, and shows it when it is whole: no flicker while scrolling. */
export function* drawLines(canvas: HTMLCanvasElement, job: CanvasLines): Generator<void> {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(job.height * ratio);
  if (width === 0 || height === 0) return;
  const hidden = document.createElement("canvas");
  hidden.width = width;
  hidden.height = height;
  const context = hidden.getContext("2d");
  if (context === null) return;
  context.scale(ratio, ratio);
  context.translate(0, -job.top);
  for (const place of job.matrices.keys()) yield* drawHead(context, canvas, job, place);
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(hidden, 0, 0);
}

function* drawHead(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  job: CanvasLines,
  place: number,
): Generator<void> {
  const matrix = job.matrices[place];
  if (matrix === undefined) return;
  const width = canvas.clientWidth;
  const offset = headOffset(place, job.heads.length);
  context.strokeStyle = headStroke(canvas, job.heads[place] ?? 0);
  let paths = newPaths();
  let count = 0;
  for (let row = 0; row < matrix.rows; row++) {
    count += addRow(paths, matrix, row, offset, width, job);
    if (count < BATCH && row % 64 !== 63) continue;
    strokeAll(context, paths);
    paths = newPaths();
    count = 0;
    yield;
  }
  strokeAll(context, paths);
}

/** Adds the lines of a row that are lit, strong enough and in view; answers with how many. */
function addRow(
  paths: Path2D[],
  matrix: HeadMatrix,
  row: number,
  offset: number,
  width: number,
  job: CanvasLines,
): number {
  const from = (row + 0.5 + offset) * job.rowHeight;
  let count = 0;
  for (let column = 0; column < matrix.columns; column++) {
    const weight = matrix.weights[row * matrix.columns + column] ?? 0;
    if (!isDrawn(weight, job.floor) || !isLit(job.spotlight, row, column)) continue;
    const to = (column + 0.5 + offset) * job.rowHeight;
    if (Math.max(from, to) < job.top || Math.min(from, to) > job.top + job.height) continue;
    const path = paths[lineStep(weight)];
    path?.moveTo(0, from);
    path?.bezierCurveTo(width * 0.45, from, width * 0.55, to, width, to);
    count++;
  }
  return count;
}

function newPaths(): Path2D[] {
  return Array.from({ length: LINE_STEPS + 1 }, () => new Path2D());
}

function strokeAll(context: CanvasRenderingContext2D, paths: readonly Path2D[]): void {
  for (let step = 1; step <= LINE_STEPS; step++) {
    const { width, opacity } = lineLook(step);
    context.lineWidth = width;
    context.globalAlpha = opacity;
    const path = paths[step];
    if (path) context.stroke(path);
  }
}

function headStroke(canvas: HTMLCanvasElement, head: number): string {
  return (
    getComputedStyle(canvas)
      .getPropertyValue(`--uh-head-${head % 12}`)
      .trim() || "#888"
  );
}
