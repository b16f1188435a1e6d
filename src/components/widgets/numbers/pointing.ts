/** What a pointer means in a drawn plot, and how what is chosen is shown there. Works on a drawing from the build as on a new one. */
import { GRID_STEPS, pairAt, placeOfPair } from "../../plots/data.ts";

/** How far from a mark a pointer still means it, in pixels. */
const REACH = 22;

/** The drawing that the style sheet shows at this width. */
export function shownDrawing(root: Element): SVGSVGElement | null {
  const drawings = [...root.querySelectorAll<SVGSVGElement>("svg.uh-plot")];
  return drawings.find((svg) => svg.getBoundingClientRect().width > 0) ?? null;
}

/** The place in the data that a pointer is at; null for none. */
export function placeAt(root: Element, event: MouseEvent): number | null {
  const svg = shownDrawing(root);
  if (!svg) return null;
  if (svg.dataset.grid) return pairUnder(svg, event);
  const under = event.target instanceof Element ? event.target.closest("[data-at]") : null;
  return under ? Number(under.getAttribute("data-at")) : nearest(svg, event);
}

function pairUnder(svg: SVGSVGElement, event: MouseEvent): number | null {
  const grid = gridOf(svg);
  const box = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / box.width;
  const column = Math.floor(((event.clientX - box.left) * scale - grid.x) / grid.side);
  const row = Math.floor(((event.clientY - box.top) * scale - grid.y) / grid.side);
  const inside = column >= 0 && column < row && row < grid.heads;
  return inside ? placeOfPair({ row, column }) : null;
}

/** Where the matrix starts and how large a cell is, in the drawing's own pixels. */
function gridOf(svg: SVGSVGElement) {
  const [x = 0, y = 0, side = 1] = (svg.dataset.grid ?? "").split(" ").map((step) => Number(step) / GRID_STEPS);
  return { x, y, side, heads: Number(svg.dataset.heads) };
}

function nearest(svg: SVGSVGElement, event: MouseEvent): number | null {
  let found: number | null = null;
  let least = REACH;
  for (const mark of svg.querySelectorAll("[data-at]:not(text)")) {
    const box = mark.getBoundingClientRect();
    const far = Math.hypot(
      Math.max(box.left - event.clientX, 0, event.clientX - box.right),
      Math.max(box.top - event.clientY, 0, event.clientY - box.bottom),
    );
    if (far >= least) continue;
    least = far;
    found = Number(mark.getAttribute("data-at"));
  }
  return found;
}

/** Marks what is chosen in every drawing. */
export function showPlace(root: Element, at: number | null): void {
  for (const mark of root.querySelectorAll("[data-chosen]")) mark.removeAttribute("data-chosen");
  for (const svg of root.querySelectorAll<SVGSVGElement>("svg.uh-plot")) {
    if (svg.dataset.grid) showPair(svg, at);
    svg.toggleAttribute("data-choosing", at !== null);
  }
  if (at === null) return;
  for (const mark of root.querySelectorAll(`[data-at="${at}"]`)) mark.setAttribute("data-chosen", "");
}

/** A frame around the cell, with lines to both axes. */
function showPair(svg: SVGSVGElement, at: number | null): void {
  svg.querySelector(".uh-plot-here")?.remove();
  if (at === null) return;
  const { x, y, side } = gridOf(svg);
  const { row, column } = pairAt(at);
  const [left, top] = [x + column * side, y + row * side];
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("class", "uh-plot-here");
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", "var(--uh-ink)");
  const bottom = svg.viewBox.baseVal.height - gridMargin(svg);
  path.setAttribute(
    "d",
    `M${left},${top}h${side}v${side}h${-side}z M${x},${top + side / 2}H${left} M${left + side / 2},${top + side}V${bottom}`,
  );
  svg.append(path);
}

/** Room under the matrix. */
function gridMargin(svg: SVGSVGElement): number {
  const { y, side, heads } = gridOf(svg);
  return svg.viewBox.baseVal.height - y - side * heads;
}
