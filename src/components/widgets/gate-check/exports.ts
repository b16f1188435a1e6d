/** What the figure gives away: the plot, every head as a row, and the same as data. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { wrapped } from "../../../lib/wrapped.ts";
import type { Question } from "../../views/attribution/question.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import type { Gated } from "./askGates.ts";
import { gatePlot, PLOT, type PlotOptions } from "./gatePlot.ts";
import { type HeadChange, headsOf, offBy } from "./heads.ts";

const MARGIN = 24;
const TOP = 48;
const LINE = 18;
const LETTERS = 78;

export function gateScene(title: string, reading: string, options: PlotOptions): Scene {
  const lines = wrapped(reading, LETTERS);
  const below = TOP + PLOT.height + LINE;
  const ink = { kind: "text", x: MARGIN, fill: "var(--uh-ink)", font: "sans" } as const;
  return {
    title,
    reading,
    width: PLOT.width + 2 * MARGIN,
    height: below + lines.length * LINE + MARGIN / 2,
    shapes: [
      { ...ink, y: 30, text: title, size: 16, weight: 600 },
      ...gatePlot(options).shapes.map((shape) => moved(shape, MARGIN, TOP)),
      ...lines.map((text, at): Shape => ({ ...ink, y: below + at * LINE, text, size: 12 })),
    ],
  };
}

/** A shape further right and down. */
function moved(shape: Shape, x: number, y: number): Shape {
  if (shape.kind === "path") return { ...shape, at: { x, y, scale: 1 } };
  return { ...shape, x: shape.x + x, y: shape.y + y };
}

/** One line a head, the farthest off first. */
export function gateTable({ study, followed }: Gated): FigureTable {
  const heads = headsOf(study).sort((a, b) => offBy(b) - offBy(a));
  return {
    caption: `Change of the logit of ${followed} without each head: foretold by the slope of its switch, and true`,
    columns: ["kind", "layer", "head", "foretold", "true", "off by"],
    rows: heads.length,
    row: (index) => rowOf(heads[index]),
  };
}

function rowOf(head: HeadChange | undefined): (string | number)[] {
  if (!head) return [];
  const { kind, layer, head: number, foretold, change } = head;
  return [kind, layer + 1, number + 1, kept(foretold), kept(change), kept(offBy(head))];
}

/** The study with its question; layers and heads counted from 0. */
export function gateJson(question: Question, { study, followed }: Gated, live: boolean): unknown {
  const { source, target, place, follow } = question;
  const { model, value, correlation, cost } = study;
  return {
    question: { source, target, place, follow },
    followed,
    live,
    model,
    value,
    correlation,
    cost,
    heads: headsOf(study),
  };
}

/** Five figures: more is noise of Float32. */
function kept(value: number): number {
  return Number(value.toPrecision(5));
}
