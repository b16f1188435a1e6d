/**
 * The way from the baseline to the text: above, the followed number; below, how fast it climbs at each step, as bars as wide as
 * the stretch that the step stands for. The bars' area is what integrated gradients add up.
 */
import { type Axis, axisOver } from "../../../lib/axis.ts";
import type { Shape } from "../../../lib/scene.ts";
import { dot, joined, label, line, rules, tenth } from "./marks.ts";
import type { Step, Walk } from "./walk.ts";

export const PATH_PLOT = { width: 400, height: 404 } as const;
const LEFT = 48;
const RIGHT = 388;
const UPPER = { top: 28, bottom: 168 } as const;
const LOWER = { top: 212, bottom: 352 } as const;
/** With more steps than this, dots would cover the line. */
const MOST_DOTS = 64;

export interface PathPlotOptions {
  readonly walk: Walk;
  /** The same way in finer steps; null where none is known. */
  readonly curve: Curve | null;
  /** The step that is looked at. */
  readonly step: number;
  /** What is followed: `logit of “Mary”`. */
  readonly followed: string;
  /** Whether the bars up to the chosen step stand out. */
  readonly chosen: boolean;
}

/** The followed number along the way: `[step]` both. */
export interface Curve {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** A place on the way and the part of the picture that belongs to it. */
export interface Stretch {
  readonly step: number;
  readonly x: number;
  readonly width: number;
}

/** The picture, and where each step can be pointed at. */
export function pathPlot(options: PathPlotOptions): { shapes: Shape[]; stretches: Stretch[] } {
  const { walk, curve, followed } = options;
  const heights = [...pointsOf(walk, walk.steps), ...curvePoints(walk, curve)].map(([, value]) => value);
  const upper = axisOver(heights, UPPER.bottom, UPPER.top);
  const lower = axisOver([0, ...walk.steps.map(({ slope }) => slope)], LOWER.bottom, LOWER.top);
  const shapes = [
    ...rules(upper, LEFT, RIGHT),
    label(2, 14, `↑ ${followed}`),
    ...curveOf(options, upper),
    ...rules(lower, LEFT, RIGHT),
    label(2, UPPER.bottom + 30, "↑ slope, how fast it climbs"),
    ...barsOf(options, lower),
    ...ends(),
  ];
  return { shapes, stretches: walk.steps.map(stretchOf) };
}

function across(place: number): number {
  return tenth(LEFT + place * (RIGHT - LEFT));
}

function stretchOf({ between: [from, to] }: Step, step: number): Stretch {
  return { step, x: across(from), width: Math.max(1, across(to) - across(from)) };
}

/** Places with both ends of the way. */
function pointsOf(
  { from, to }: Walk,
  between: readonly { readonly place: number; readonly value: number }[],
): [place: number, value: number][] {
  return [[0, from], ...between.map(({ place, value }): [number, number] => [place, value]), [1, to]];
}

function curvePoints(walk: Walk, curve: Curve | null): [place: number, value: number][] {
  if (!curve || curve.places.length <= walk.steps.length) return pointsOf(walk, walk.steps);
  return pointsOf(
    walk,
    curve.places.map((place, at) => ({ place, value: curve.values[at] ?? Number.NaN })),
  );
}

function curveOf({ walk, curve, step }: PathPlotOptions, axis: Axis): Shape[] {
  const way = joined(curvePoints(walk, curve).map(([place, value]) => [across(place), axis.at(value)]));
  const here = walk.steps[step];
  const few = walk.steps.length <= MOST_DOTS ? walk.steps : [];
  return [
    line(way, "var(--uh-ink-soft)", { width: 1.5 }),
    ...(here
      ? [line(`M${across(here.place)} ${UPPER.top}V${LOWER.bottom}`, "var(--uh-ink-faint)", { dash: [3, 3] })]
      : []),
    ...few.map(({ place, value }) => dot(across(place), tenth(axis.at(value)), 3, { fill: "var(--uh-ink)" })),
    dot(across(0), tenth(axis.at(walk.from)), 4.5, { fill: "var(--uh-paper)", stroke: "var(--uh-ink)", width: 1.5 }),
    dot(across(1), tenth(axis.at(walk.to)), 4.5, { fill: "var(--uh-paper)", stroke: "var(--uh-ink)", width: 1.5 }),
    ...(here ? [dot(across(here.place), tenth(axis.at(here.value)), 6, { fill: "var(--uh-accent)" })] : []),
  ];
}

function barsOf({ walk, step, chosen }: PathPlotOptions, axis: Axis): Shape[] {
  return walk.steps.map(({ between: [from, to], slope }, at): Shape => {
    const [top, bottom] = [axis.at(Math.max(0, slope)), axis.at(Math.min(0, slope))];
    const gap = walk.steps.length <= MOST_DOTS ? 0.75 : 0;
    return {
      kind: "rect",
      x: across(from) + gap / 2,
      y: tenth(top),
      width: Math.max(0.4, tenth(across(to) - across(from) - gap)),
      height: Math.max(0.6, tenth(bottom - top)),
      fill: slope < 0 ? "var(--uh-negative)" : "var(--uh-positive)",
      ...(chosen && at > step && { opacity: 0.35 }),
      ...(at === step && { stroke: "var(--uh-ink)" }),
    };
  });
}

/** What the ends of the way are. */
function ends(): Shape[] {
  const y = LOWER.bottom + 20;
  const middles = [0.25, 0.5, 0.75].map((place) => label(across(place), y, String(place), { anchor: "middle" }));
  return [
    label(across(0), y, "0", { anchor: "middle" }),
    ...middles,
    label(across(1), y, "1", { anchor: "middle" }),
    label(across(0) - 6, y + 19, "baseline"),
    label(across(0.5), y + 19, "α, share of the way →", { anchor: "middle" }),
    label(across(1) + 6, y + 19, "your text", { anchor: "end" }),
  ];
}
