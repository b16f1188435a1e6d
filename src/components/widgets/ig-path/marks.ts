/** Marks that the two pictures share. */
import type { Axis } from "../../../lib/axis.ts";
import type { Shape } from "../../../lib/scene.ts";

export const SIZE = 12;
const TEXT = { kind: "text", fill: "var(--uh-ink-soft)", size: SIZE, font: "sans" } as const;

/** Words beside the marks. */
export function label(
  x: number,
  y: number,
  text: string,
  look: Partial<Omit<Extract<Shape, { kind: "text" }>, "kind">> = {},
): Shape {
  return { ...TEXT, x, y, text, ...look };
}

export function line(
  d: string,
  stroke: string,
  look: Partial<Omit<Extract<Shape, { kind: "path" }>, "kind">> = {},
): Shape {
  return { kind: "path", d, stroke, width: 1, ...look };
}

/** Lines across at the round numbers of an upright axis, with the numbers left of them; the one at 0 is strong. */
export function rules(axis: Axis, left: number, right: number): Shape[] {
  return axis.ticks.flatMap((value): Shape[] => [
    line(`M${left} ${axis.at(value)}H${right}`, value === 0 ? "var(--uh-ink-soft)" : "var(--uh-rule)"),
    label(left - 8, axis.at(value) + 4, tickText(value), { anchor: "end" }),
  ]);
}

/** A round dot around a place. */
export function dot(x: number, y: number, radius: number, look: Partial<Extract<Shape, { kind: "path" }>>): Shape {
  const d = `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  return { kind: "path", d, ...look };
}

/** A square on its tip around a place. */
export function diamond(x: number, y: number, half: number, look: Partial<Extract<Shape, { kind: "path" }>>): Shape {
  const d = `M${x} ${y - half}L${x + half} ${y}L${x} ${y + half}L${x - half} ${y}Z`;
  return { kind: "path", d, ...look };
}

/** Points joined by straight lines. */
export function joined(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${tenth(x)} ${tenth(y)}`).join("");
}

/** Tenths of a unit are finer than any screen. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function tickText(value: number): string {
  return String(value).replace("-", "−");
}
