/** What the figure gives away: both pictures side by side, every point and every token as a row, and the same as data. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { wrapped } from "../../../lib/wrapped.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import type { Nudged } from "./askNudge.ts";
import { type CurvePoint, pointsOf, tokenSlopes } from "./curve.ts";
import { curvePlot, PLOT, type PlotOptions } from "./curvePlot.ts";
import type { NudgeQuestion } from "./nudgeQuestion.ts";
import { BARS_WIDTH, slopeBars } from "./slopeBars.ts";
import { acrossText, endsOf, followedText } from "./words.ts";

/** What is shown. */
export interface NudgeShown {
  readonly question: NudgeQuestion;
  readonly result: Nudged;
}

const MARGIN = 24;
const TOP = 76;
const LINE = 18;
const LETTERS = 120;

/** The curve's picture. */
export function plotOptions({ question, result }: NudgeShown, point: CurvePoint): PlotOptions {
  const { study, followed } = result;
  return {
    study,
    point,
    up: followedText(question.scale, followed),
    across: acrossText(study, question),
    ends: endsOf(study, question),
  };
}

/** Curve and slopes beside each other. */
export function nudgeScene(title: string, reading: string, shown: NudgeShown, point: CurvePoint): Scene {
  const bars = slopeBars(tokenSlopes(shown.result.study), shown.result.study.token);
  const plot = curvePlot(plotOptions(shown, point));
  const ink = { kind: "text", x: MARGIN, fill: "var(--uh-ink)", font: "sans" } as const;
  const right = MARGIN * 3 + PLOT.width;
  return {
    title,
    reading,
    width: right + BARS_WIDTH + MARGIN,
    height: TOP + MARGIN + Math.max(PLOT.height, bars.height),
    shapes: [
      { ...ink, y: 30, text: title, size: 16, weight: 600 },
      ...wrapped(reading, LETTERS).map((text, line): Shape => ({ ...ink, y: 50 + line * LINE, text, size: 12 })),
      ...plot.shapes.map((shape) => moved(shape, MARGIN, TOP + LINE)),
      { ...ink, x: right, y: TOP + LINE, text: "Steepest slope of each token", size: 12, weight: 600 },
      ...bars.shapes.map((shape) => moved(shape, right, TOP + LINE + 8)),
    ],
  };
}

/** A shape further right and down. */
function moved(shape: Shape, x: number, y: number): Shape {
  if (shape.kind === "path") return { ...shape, at: { x, y, scale: 1 } };
  return { ...shape, x: shape.x + x, y: shape.y + y };
}

/** First every point of the curve, then every token. */
export function nudgeTable(shown: NudgeShown): FigureTable {
  const { study, followed } = shown.result;
  const { scale } = shown.question;
  const points = pointsOf(study).map(({ share, model, line }): (string | number)[] => {
    return [acrossText(study, shown.question), kept(share), kept(model), kept(line), kept(model - line), "", ""];
  });
  const tokens = tokenSlopes(study).map(({ side, place, piece, byGradient, byRuns }): (string | number)[] => {
    const name = `${visiblePiece(piece)} (${side}, token ${place + 1})`;
    return [`steepest slope of ${name}`, "", "", "", "", kept(byGradient), kept(byRuns)];
  });
  const rows = [...points, ...tokens];
  return {
    caption: `The ${followedText(scale, followed)} while one token is moved, and the steepest slope of every token`,
    columns: ["what", "share", "model", "straight line", "model − line", "slope by gradient", "slope by two runs"],
    rows: rows.length,
    row: (index) => rows[index] ?? [],
  };
}

/** The data behind both pictures; places counted from 0. */
export function nudgeJson({ question, result }: NudgeShown): unknown {
  const { study, followed } = result;
  const { source, target, shares, values, steepest, steepestMeasured, ...rest } = study;
  return {
    question,
    followed,
    ...rest,
    points: pointsOf(study),
    tokens: tokenSlopes(study),
  };
}

/** Six figures: more is noise of Float32. */
function kept(value: number): number {
  return Number(value.toPrecision(6));
}
