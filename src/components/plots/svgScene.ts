import type { Scene, Shape } from "../../lib/scene.ts";

/** What a group hands down to what stands in it. */
interface Inherited {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly opacity: number;
  readonly size: number;
  readonly anchor: string;
  readonly weight: number;
}

const START: Inherited = {
  x: 0,
  y: 0,
  turn: 0,
  fill: "var(--uh-ink)",
  stroke: "none",
  width: 1,
  opacity: 1,
  size: 12,
  anchor: "middle",
  weight: 400,
};

/** A drawn plot as shapes, to be saved as SVG or PNG. Knows what Observable Plot draws here: groups, marks, lines, texts. */
export function svgScene(svg: Element, title: string, reading: string): Scene {
  const shapes = [...svg.children].flatMap((child) => shapesOf(child, START));
  return { title, reading, width: numberOf(svg, "width"), height: numberOf(svg, "height"), shapes };
}

function shapesOf(element: Element, from: Inherited): Shape[] {
  if (element.hasAttribute("data-quiet") && !element.hasAttribute("data-chosen")) return [];
  const own = inherit(element, from);
  switch (element.tagName.toLowerCase()) {
    case "g":
      return [...element.children].flatMap((child) => shapesOf(child, own));
    case "rect":
      return [rectOf(element, own)];
    case "circle":
      return [painted(circlePath(element, own), own)];
    case "line":
      return [painted(linePath(element, own), own)];
    case "path":
      return [{ ...painted(element.getAttribute("d") ?? "", own), at: { x: own.x, y: own.y, scale: 1 } }];
    case "text":
      return [textOf(element, own)];
    default:
      return [];
  }
}

function inherit(element: Element, from: Inherited): Inherited {
  const transform = element.getAttribute("transform") ?? "";
  const [, x = "0", y = "0"] = /translate\(([-\d.]+)[, ]?([-\d.]*)\)/.exec(transform) ?? [];
  const [, turn = "0"] = /rotate\(([-\d.]+)\)/.exec(transform) ?? [];
  const text = (name: string, otherwise: string): string => element.getAttribute(name) ?? otherwise;
  const number = (name: string, otherwise: number): number => Number(element.getAttribute(name) ?? otherwise);
  return {
    x: from.x + Number(x),
    y: from.y + Number(y || 0),
    turn: from.turn + Number(turn),
    fill: colour(text("fill", from.fill)),
    stroke: colour(text("stroke", from.stroke)),
    width: number("stroke-width", from.width),
    opacity: from.opacity * number("fill-opacity", 1) * number("stroke-opacity", 1) * number("opacity", 1),
    size: number("font-size", from.size),
    anchor: text("text-anchor", from.anchor),
    weight: number("font-weight", from.weight),
  };
}

function colour(text: string): string {
  return text === "currentColor" ? "var(--uh-ink)" : text;
}

function painted(d: string, { fill, stroke, width, opacity }: Inherited): Extract<Shape, { kind: "path" }> {
  return {
    kind: "path",
    d,
    width,
    opacity,
    ...(fill !== "none" && { fill }),
    ...(stroke !== "none" && { stroke }),
  };
}

function rectOf(element: Element, { x, y, fill, stroke, opacity }: Inherited): Shape {
  return {
    kind: "rect",
    x: x + numberOf(element, "x"),
    y: y + numberOf(element, "y"),
    width: numberOf(element, "width"),
    height: numberOf(element, "height"),
    fill: fill === "none" ? "transparent" : fill,
    opacity,
    ...(stroke !== "none" && { stroke }),
  };
}

function circlePath(element: Element, { x, y }: Inherited): string {
  const r = numberOf(element, "r");
  const left = x + numberOf(element, "cx") - r;
  const middle = y + numberOf(element, "cy");
  return `M${left},${middle}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
}

function linePath(element: Element, { x, y }: Inherited): string {
  const at = (name: string, shift: number): number => shift + numberOf(element, name);
  return `M${at("x1", x)},${at("y1", y)}L${at("x2", x)},${at("y2", y)}`;
}

function textOf(element: Element, own: Inherited): Shape {
  const drop = Number.parseFloat(element.getAttribute("y") ?? "0") || 0;
  return {
    kind: "text",
    x: own.x,
    y: own.y + drop * own.size,
    text: element.textContent ?? "",
    fill: own.fill,
    size: own.size,
    font: "sans",
    anchor: own.anchor === "end" ? "end" : own.anchor === "start" ? "start" : "middle",
    weight: own.weight,
    ...(own.turn !== 0 && { turn: own.turn }),
  };
}

function numberOf(element: Element, name: string): number {
  return Number(element.getAttribute(name) ?? 0);
}
