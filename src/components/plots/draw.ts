/**
 * From data to a finished drawing, in a browser or at build time. Observable Plot draws; what it leaves that does not go with
 * the page (its own style sheet, names on groups without a role) is taken off, and marks that can be chosen get their place.
 */
import { plot } from "@observablehq/plot";
import { alignmentPlot } from "./alignment.ts";
import { alikePlot } from "./alike.ts";
import { GRID_STEPS, type NumbersData, type PlotSize, SIZES } from "./data.ts";
import { CELLS, type Drawing, HEADS, NAMES } from "./frame.ts";
import { mapPlot } from "./map.ts";
import { relationsPlot } from "./relations.ts";
import { specialPlot } from "./special.ts";
import { spreadPlot } from "./spread.ts";

/** An attribute that is no opacity, and in it pixels with more decimals than are kept; names of heads are text, and stay. */
const ATTRIBUTE = /(?<!opacity=)"[^"<>]*"/g;
const DECIMALS = /-?\d+\.\d{2,}(?!\d*em)/g;

function drawingOf(data: NumbersData, size: PlotSize): Drawing {
  switch (data.plot) {
    case "spread":
      return spreadPlot(data, size);
    case "special":
      return specialPlot(data, size);
    case "alike":
      return alikePlot(data, size);
    case "map":
      return mapPlot(data, size);
    case "alignment":
      return alignmentPlot(data, size);
    case "relations":
      return relationsPlot(data, size);
  }
}

/** The plot for a wide column and for a phone, as SVG text; `data-size` tells the two apart. */
export function drawNumbers(data: NumbersData, document: Document): string {
  return SIZES.map((size) => drawOne(data, size, document)).join("");
}

function drawOne(data: NumbersData, size: PlotSize, document: Document): string {
  const { options, quiet } = drawingOf(data, size);
  const svg = plot({ ...options, document });
  svg.querySelector("style")?.remove();
  svg.setAttribute("font-size", "12");
  svg.setAttribute("data-size", size.narrow ? "narrow" : "wide");
  svg.setAttribute("aria-hidden", "true");
  number(svg, HEADS);
  number(svg, NAMES, quiet);
  if (data.plot === "alike") {
    joinCells(svg, document);
    svg.setAttribute("data-heads", String(data.layers * data.heads));
  }
  for (const name of ["aria-label", "aria-description"]) {
    for (const group of svg.querySelectorAll(`[${name}]`)) group.removeAttribute(name);
  }
  return svg.outerHTML.replaceAll(ATTRIBUTE, shortened);
}

function shortened(attribute: string): string {
  return attribute.replaceAll(DECIMALS, (pixels) => String(Number(Number(pixels).toFixed(1))));
}

/** Gives each mark of a group its place in the data. */
function number(svg: Element, group: string, quiet?: readonly boolean[]): void {
  for (const [at, mark] of [...(svg.querySelector(`[aria-description="${group}"]`)?.children ?? [])].entries()) {
    mark.setAttribute("data-at", String(at));
    if (quiet?.[at]) mark.setAttribute("data-quiet", "");
  }
}

/** Thousands of cells become one path for each shade, and the drawing says where a cell lies. */
function joinCells(svg: Element, document: Document): void {
  const group = svg.querySelector(`[aria-description="${CELLS}"]`);
  const first = group?.children[0];
  if (!group || !first) return;
  const read = (cell: Element, name: string): number => Number(cell.getAttribute(name));
  const side = read(first, "width");
  // The first cell lies in row 1, column 0.
  const [x, y] = [read(first, "x"), read(first, "y") - read(first, "height")];
  svg.setAttribute("data-grid", [x, y, side].map((value) => Math.round(value * GRID_STEPS)).join(" "));
  const shades = new Map<string, string>();
  for (const cell of [...group.children]) {
    const shade = Number(cell.getAttribute("fill-opacity")).toFixed(3);
    const [left, top] = [read(cell, "x").toFixed(1), read(cell, "y").toFixed(1)];
    const box = side.toFixed(1);
    shades.set(shade, `${shades.get(shade) ?? ""}M${left},${top}h${box}v${box}h-${box}z`);
    cell.remove();
  }
  for (const [shade, d] of shades) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("fill-opacity", String(Number(shade)));
    path.setAttribute("d", d);
    group.append(path);
  }
}
