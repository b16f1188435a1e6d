/** Foretold against true change, one mark a head, as shapes: the same are drawn on the page and saved. */
import type { AttentionKind } from "../../../engine/model.ts";
import { type Axis, axisOver } from "../../../lib/axis.ts";
import type { Shape } from "../../../lib/scene.ts";
import { farthestOf, type HeadChange, nameOf } from "./heads.ts";
import { headText } from "./words.ts";

export const PLOT = { width: 480, height: 400 } as const;
const LEFT = 56;
const RIGHT = 464;
const TOP = 34;
const BOTTOM = 344;
const SIZE = 12;
const RADIUS = 5;

export interface PlotOptions {
  readonly heads: readonly HeadChange[];
  /** The head that is looked at. */
  readonly chosen: HeadChange | null;
  /** Drawn without the head that is farthest off, so that the others can be told apart. */
  readonly close: boolean;
}

/** Where a head's mark stands. */
export interface Spot {
  readonly head: HeadChange;
  readonly x: number;
  readonly y: number;
}

/** The picture with the places of its marks. */
export function gatePlot({ heads, chosen, close }: PlotOptions): {
  readonly shapes: Shape[];
  readonly spots: readonly Spot[];
} {
  const far = close && heads.length > 2 ? farthestOf(heads) : null;
  const drawn = heads.filter((head) => head !== far);
  const across = axisOver(withRoom(drawn.map(({ foretold }) => foretold)), LEFT, RIGHT);
  const up = axisOver(withRoom(drawn.map(({ change }) => change)), BOTTOM, TOP);
  const spots = drawn.map((head) => ({ head, x: tenth(across.at(head.foretold)), y: tenth(up.at(head.change)) }));
  const at = chosen && spots.find(({ head }) => nameOf(head) === nameOf(chosen));
  return {
    shapes: [...rules(across, up), diagonal(across, up), ...spots.map(markOf), ...(at ? lookedAt(at) : [])],
    spots,
  };
}

/** Room beside the outermost marks, as a share of all. */
const ROOM = 0.08;

/** Ends of the values with 0, with room on either side. */
function withRoom(values: readonly number[]): number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = ROOM * (high - low);
  return [low - room, high + room];
}

function rules(across: Axis, up: Axis): Shape[] {
  const colour = (value: number) => (value === 0 ? "var(--uh-ink-soft)" : "var(--uh-rule)");
  return [
    ...across.ticks.flatMap((value): Shape[] => [
      line(`M${tenth(across.at(value))} ${TOP}V${BOTTOM}`, colour(value)),
      words(across.at(value), BOTTOM + 18, tick(value), "middle"),
    ]),
    ...up.ticks.flatMap((value): Shape[] => [
      line(`M${LEFT} ${tenth(up.at(value))}H${RIGHT}`, colour(value)),
      words(LEFT - 8, up.at(value) + 4, tick(value), "end"),
    ]),
    words(2, 16, "↑ true change of the logit, head off", "start"),
    words(RIGHT, BOTTOM + 40, "change that the slope of its switch foretells →", "end"),
  ];
}

/** Where foretold and true change are the same, as far as both axes reach. */
function diagonal(across: Axis, up: Axis): Shape {
  const [from, to] = [Math.max(across.low, up.low), Math.min(across.high, up.high)];
  const point = (value: number) => `${tenth(across.at(value))} ${tenth(up.at(value))}`;
  return { kind: "path", d: `M${point(from)}L${point(to)}`, stroke: "var(--uh-ink-soft)", width: 1.5, dash: [6, 4] };
}

/** A kind has a colour and a form of its own. */
export const MARKS: Readonly<Record<AttentionKind, { readonly colour: string; readonly form: string }>> = {
  encoder: { colour: "var(--uh-attention)", form: "●" },
  decoder: { colour: "var(--uh-ink)", form: "■" },
  cross: { colour: "var(--uh-accent)", form: "◆" },
};

function markOf({ head, x, y }: Spot): Shape {
  return { kind: "path", d: outlineOf(head.kind, x, y), fill: MARKS[head.kind].colour, opacity: 0.8 };
}

function outlineOf(kind: AttentionKind, x: number, y: number): string {
  const r = RADIUS;
  if (kind === "decoder") return `M${x - r + 0.5} ${y - r + 0.5}h${2 * r - 1}v${2 * r - 1}h${1 - 2 * r}Z`;
  if (kind === "cross") return `M${x} ${y - r - 1}L${x + r + 1} ${y}L${x} ${y + r + 1}L${x - r - 1} ${y}Z`;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

/** A ring around the mark, with the head's name on the side where there is room. */
function lookedAt({ head, x, y }: Spot): Shape[] {
  const r = RADIUS + 5;
  const right = x < (LEFT + RIGHT) / 2;
  const name = words(right ? x + r + 5 : x - r - 5, y + 4, headText(head), right ? "start" : "end");
  return [
    line(`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`, "var(--uh-accent)", 2),
    { ...name, fill: "var(--uh-ink)", weight: 600 },
  ];
}

function line(d: string, stroke: string, width = 1): Shape {
  return { kind: "path", d, stroke, width };
}

function words(x: number, y: number, text: string, anchor: "start" | "middle" | "end") {
  return {
    kind: "text",
    x: tenth(x),
    y: tenth(y),
    text,
    anchor,
    size: SIZE,
    font: "sans",
    fill: "var(--uh-ink-soft)",
  } as const;
}

function tick(value: number): string {
  return String(value).replace("-", "−");
}

/** Tenths of a unit are finer than any screen. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
