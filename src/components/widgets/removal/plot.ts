/** Named dots on two axes, as shapes: the same are drawn on the page and saved. */

import { type Axis, axisOver } from "../../../lib/axis.ts";
import type { Shape } from "../../../lib/scene.ts";

export const PLOT = { width: 400, height: 330 } as const;
const LEFT = 46;
const RIGHT = 388;
const TOP = 30;
const BOTTOM = 284;
const SIZE = 12;
/** Width of a letter of the mono face at that size. */
const LETTER = 7.3;
const GAP = 15;

/** A dot with its two numbers. */
export interface Dot {
  readonly name: string;
  readonly across: number;
  readonly up: number;
  /** Ends of an interval around `up`. */
  readonly interval?: readonly [low: number, high: number];
}

/** A named dot, with its place in the picture. */
export interface Spot {
  readonly index: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Whether an interval stands around it. */
  readonly barred: boolean;
}

export interface PlotOptions {
  readonly named: readonly Dot[];
  /** Faint, without a name. */
  readonly others: readonly Dot[];
  /** The named dot that is pointed at. */
  readonly chosen: number | null;
  /** What the axes say. */
  readonly across: string;
  readonly up: string;
}

/** The picture and the places of its named dots. */
export function plotDots({ named, others, chosen, ...words }: PlotOptions): { shapes: Shape[]; spots: Spot[] } {
  const all = [...named, ...others];
  const across = axisOver([0, ...all.map((dot) => dot.across)], LEFT, RIGHT);
  const down = axisOver([0, ...all.flatMap(({ up, interval }) => [up, ...(interval ?? [])])], BOTTOM, TOP);
  const spots = named.map(
    (dot, index): Spot => ({
      index,
      name: dot.name,
      x: across.at(dot.across),
      y: down.at(dot.up),
      barred: dot.interval !== undefined,
    }),
  );
  const shapes: Shape[] = [
    ...grid(across, down, words),
    ...others.map((dot) =>
      ring(across.at(dot.across), down.at(dot.up), 3, { stroke: "var(--uh-ink-faint)", opacity: 0.55 }),
    ),
    ...named.flatMap((dot, index) => bar(dot, spots[index]?.x ?? 0, down)),
    ...spots.map(({ x, y, index }) => ring(x, y, index === chosen ? 7 : 5, { fill: "var(--uh-attention)" })),
    ...labels(spots, chosen),
  ];
  return { shapes, spots };
}

/** The interval of a dot. */
function bar({ interval }: Dot, x: number, down: Axis): Shape[] {
  if (!interval) return [];
  const [low, high] = interval;
  return [
    {
      kind: "path",
      d: `M${x} ${down.at(low)}V${down.at(high)}`,
      stroke: "var(--uh-attention)",
      width: 1.5,
      opacity: 0.6,
    },
  ];
}

function ring(x: number, y: number, radius: number, look: Partial<Extract<Shape, { kind: "path" }>>): Shape {
  const d = `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  return { kind: "path", d, ...look };
}

function grid(across: Axis, down: Axis, words: Pick<PlotOptions, "across" | "up">): Shape[] {
  const text = { kind: "text", fill: "var(--uh-ink-soft)", size: SIZE, font: "sans" } as const;
  const line = (d: string, strong: boolean): Shape => ({
    kind: "path",
    d,
    stroke: strong ? "var(--uh-ink-soft)" : "var(--uh-rule)",
    width: 1,
  });
  return [
    ...down.ticks.flatMap((value): Shape[] => [
      line(`M${LEFT} ${down.at(value)}H${RIGHT}`, value === 0),
      { ...text, x: LEFT - 8, y: down.at(value) + 4, text: tickText(value), anchor: "end" },
    ]),
    ...across.ticks.map(
      (value): Shape => ({ ...text, x: across.at(value), y: BOTTOM + 18, text: tickText(value), anchor: "middle" }),
    ),
    line(`M${LEFT} ${TOP}V${BOTTOM}`, false),
    { ...text, x: LEFT - 38, y: 14, text: `↑ ${words.up}` },
    { ...text, x: RIGHT, y: BOTTOM + 38, text: `${words.across} →`, anchor: "end" },
  ];
}

function tickText(value: number): string {
  return String(value).replace("-", "−");
}

/** The place of a name. */
interface Box {
  readonly x: number;
  readonly half: number;
  readonly y: number;
}

/** Names beside the dots, from the highest down; a name that would cover another goes further up, or is left out. */
function labels(spots: readonly Spot[], chosen: number | null): Shape[] {
  // Names beside dots must not cover the others.
  const taken: Box[] = spots.flatMap(({ x, y, barred }) => (barred ? [{ x, half: 5, y: y + 4 }] : []));
  const order = ({ index, y }: Spot): number => (index === chosen ? Number.NEGATIVE_INFINITY : y);
  return [...spots]
    .sort((a, b) => order(a) - order(b))
    .flatMap((spot): Shape[] => {
      const place = placeOf(spot, taken);
      if (!place) return [];
      taken.push(place);
      const { x, y } = place;
      const weight = spot.index === chosen ? { weight: 700 } : {};
      const style = { fill: "var(--uh-ink)", size: SIZE, font: "mono", anchor: "middle", ...weight } as const;
      const text: Shape = { kind: "text", x, y, text: spot.name, ...style };
      return y < spot.y - 12 ? [lead(place, spot), text] : [text];
    });
}

/** The first free place: beside a dot that has an interval, else above it. */
function placeOf(spot: Spot, taken: readonly Box[]): Box | undefined {
  const half = (spot.name.length * LETTER) / 2;
  const x = Math.min(Math.max(spot.x, LEFT + half + 2), RIGHT - half);
  const beside = spot.barred
    ? [1, -1].map((side): Box => ({ x: spot.x + side * (half + 10), half, y: spot.y + 4 }))
    : [];
  const above = [0, 1, 2, 3, 4, 5].map((up): Box => ({ x, half, y: spot.y - 10 - GAP * up }));
  // At the top of the picture there is room below alone.
  const below: Box = { x, half, y: spot.y + 20 };
  const free = (box: Box): boolean => box.y > TOP - 12 && !taken.some((other) => covers(box, other));
  return [...beside.filter((box) => box.x + half < RIGHT + 6 && box.x - half > LEFT), ...above, below].find(free);
}

/** From a name that had to go up, down to its dot. */
function lead({ x, y }: Box, spot: Spot): Shape {
  return { kind: "path", d: `M${x} ${y + 3}L${spot.x} ${spot.y - 6}`, stroke: "var(--uh-ink-faint)", width: 0.75 };
}

function covers(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < a.half + b.half + 4 && Math.abs(a.y - b.y) < GAP - 1;
}
