/** The curve of a nudged output with the straight line of its gradient, as shapes: the same are drawn on the page and saved. */
import type { NudgeStudy } from "../../../engine/attribute.ts";
import { type Axis, axisOver } from "../../../lib/axis.ts";
import type { Shape } from "../../../lib/scene.ts";
import { type CurvePoint, pointsOf } from "./curve.ts";

export const PLOT = { width: 440, height: 330 } as const;
const LEFT = 52;
const RIGHT = 428;
const TOP = 30;
const BOTTOM = 270;
const SIZE = 12;
/** How far, in heights of the curve, the axis opens for the straight line. */
const ROOM = 0.6;

export interface PlotOptions {
  readonly study: NudgeStudy;
  /** The point that is looked at. */
  readonly point: CurvePoint;
  /** What the axes say. */
  readonly up: string;
  readonly across: string;
  /** What stands at the two ends of the way, and at its start. */
  readonly ends: readonly [back: string, start: string, end: string];
}

/** The picture, and where a place in it stands on the way. */
export function curvePlot(options: PlotOptions): { readonly shapes: Shape[]; readonly shareAt: (x: number) => number } {
  const { study, point } = options;
  const points = pointsOf(study);
  const reach = points.at(-1)?.share ?? 1;
  const down = axisOver(heightsOf(points), BOTTOM, TOP);
  const xOf = (share: number) => round(LEFT + ((share / reach + 1) / 2) * (RIGHT - LEFT));
  const shapes: Shape[] = [
    ...grid(options, down, reach, xOf),
    { kind: "path", d: lineOf(study, down, reach, xOf), stroke: toneOf(study.slope), width: 2, dash: [7, 5] },
    { kind: "path", d: pathOf(points, xOf, down), stroke: "var(--uh-ink)", width: 2 },
    ...points.map(({ share, model }) => disc(xOf(share), down.at(model), 2, "var(--uh-ink)")),
    ...lookedAt(point, study.slope, xOf, down),
  ];
  const shareAt = (x: number) => Math.max(-1, Math.min(1, (2 * (x - LEFT)) / (RIGHT - LEFT) - 1)) * reach;
  return { shapes, shareAt };
}

/** What the axis must hold: the whole curve, and of the straight line what is not far outside. */
function heightsOf(points: readonly CurvePoint[]): number[] {
  const curve = points.map(({ model }) => model);
  const [low, high] = [Math.min(...curve), Math.max(...curve)];
  const room = (high - low) * ROOM;
  const line = points.map((point) => Math.max(low - room, Math.min(high + room, point.line)));
  return [...curve, ...line];
}

/** The straight line as far as the axis reaches. */
function lineOf({ value, slope }: NudgeStudy, { low, high, at }: Axis, reach: number, xOf: (share: number) => number) {
  const within = (share: number) => {
    const height = Math.max(low, Math.min(high, value + slope * share));
    return slope === 0 ? share : (height - value) / slope;
  };
  const [from, to] = [within(-reach), within(reach)];
  return `M${xOf(from)} ${round(at(value + slope * from))}L${xOf(to)} ${round(at(value + slope * to))}`;
}

function pathOf(points: readonly CurvePoint[], xOf: (share: number) => number, { at }: Axis): string {
  return `M${points.map(({ share, model }) => `${xOf(share)} ${round(at(model))}`).join("L")}`;
}

/** Both numbers at the point that is looked at, and how far apart they are. */
function lookedAt(
  { share, model, line }: CurvePoint,
  slope: number,
  xOf: (share: number) => number,
  down: Axis,
): Shape[] {
  const x = xOf(share);
  const onLine = down.at(Math.max(down.low, Math.min(down.high, line)));
  return [
    { kind: "path", d: `M${x} ${TOP}V${BOTTOM}`, stroke: "var(--uh-ink-faint)", width: 1 },
    {
      kind: "path",
      d: `M${x} ${round(down.at(model))}V${round(onLine)}`,
      stroke: toneOf(slope),
      width: 3,
      opacity: 0.5,
    },
    ring(x, onLine, 5, toneOf(slope)),
    disc(x, down.at(model), 5, "var(--uh-ink)"),
  ];
}

function toneOf(slope: number): string {
  return slope < 0 ? "var(--uh-negative)" : "var(--uh-positive)";
}

function grid({ up, across, ends }: PlotOptions, down: Axis, reach: number, xOf: (share: number) => number): Shape[] {
  const text = { kind: "text", fill: "var(--uh-ink-soft)", size: SIZE, font: "sans" } as const;
  const rule = { kind: "path", stroke: "var(--uh-rule)", width: 1 } as const;
  const [back, start, end] = ends;
  const named = [
    { share: -reach, name: back, anchor: "start" },
    { share: 0, name: start, anchor: "middle" },
    { share: reach, name: end, anchor: "end" },
  ] as const;
  return [
    ...down.ticks.flatMap((value): Shape[] => [
      { ...rule, d: `M${LEFT} ${round(down.at(value))}H${RIGHT}` },
      { ...text, x: LEFT - 8, y: round(down.at(value)) + 4, text: numeral(value), anchor: "end" },
    ]),
    { ...rule, d: `M${xOf(0)} ${TOP}V${BOTTOM}`, stroke: "var(--uh-ink-soft)" },
    ...[-reach, -reach / 2, 0, reach / 2, reach].map(
      (share): Shape => ({ ...text, x: xOf(share), y: BOTTOM + 18, text: percent(share), anchor: "middle" }),
    ),
    ...named.map(
      ({ share, name, anchor }): Shape => ({
        ...text,
        x: anchor === "middle" ? xOf(share) : share < 0 ? LEFT - 14 : RIGHT + 12,
        y: BOTTOM + 34,
        text: name,
        anchor,
        fill: "var(--uh-ink)",
        font: "mono",
      }),
    ),
    { ...text, x: LEFT - 44, y: 14, text: `↑ ${up}` },
    { ...text, x: RIGHT + 12, y: BOTTOM + 54, text: `${across} →`, anchor: "end" },
  ];
}

function percent(share: number): string {
  return `${numeral(Math.round(share * 1e4) / 100)} %`;
}

function numeral(value: number): string {
  return String(value).replace("-", "−");
}

function disc(x: number, y: number, radius: number, fill: string): Shape {
  return { kind: "path", d: circle(x, y, radius), fill };
}

function ring(x: number, y: number, radius: number, stroke: string): Shape {
  return { kind: "path", d: circle(x, y, radius), fill: "var(--uh-paper)", stroke, width: 2 };
}

function circle(x: number, y: number, radius: number): string {
  return `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
